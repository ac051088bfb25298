#pragma once

// The part of websocketpp that speaks RFC 6455, configured for reading at full speed. Compiles as
// C++17 only. Private to this library and feedmux_webserver.

#include <websocketpp/extensions/permessage_deflate/disabled.hpp>
#include <websocketpp/frame.hpp>
#include <websocketpp/http/request.hpp>
#include <websocketpp/http/response.hpp>
#include <websocketpp/processors/hybi13.hpp>
#include <websocketpp/random/random_device.hpp>
#include <websocketpp/uri.hpp>

#include <cstddef>  // size_t
#include <cstdint>  // uint32_t, uint8_t
#include <memory>   // shared_ptr, make_shared
#include <string>   // string

#include "websocket/client.hpp"

namespace feedmux::websocket {

/// A message as websocketpp's processor fills and reads it.
///
/// The processor checks UTF-8 byte by byte whatever it knows to be text. Received text is therefore
/// shown to it as binary, while is_text() keeps the truth: its reader validates it once, and fast.
class Message {
 public:
  using ptr = std::shared_ptr<Message>;

  bool is_text() const { return is_text_; }

  /// Makes it ready to receive `size` bytes or more.
  void Receive(websocketpp::frame::opcode::value opcode, std::size_t size) {
    is_text_ = opcode == websocketpp::frame::opcode::text;
    opcode_ = is_text_ ? websocketpp::frame::opcode::binary : opcode;
    payload_.clear();
    payload_.reserve(size + kMessagePadding);
  }

  // What the processor asks of a message.
  websocketpp::frame::opcode::value get_opcode() const { return opcode_; }
  void set_opcode(websocketpp::frame::opcode::value opcode) { opcode_ = opcode; }
  const std::string& get_payload() const { return payload_; }
  std::string& get_raw_payload() { return payload_; }
  const std::string& get_header() const { return header_; }
  void set_header(const std::string& header) { header_ = header; }
  bool get_fin() const { return true; }
  bool get_compressed() const { return false; }
  void set_compressed(bool) {}
  void set_prepared(bool) {}

 private:
  std::string header_;
  std::string payload_;
  websocketpp::frame::opcode::value opcode_ = websocketpp::frame::opcode::text;
  bool is_text_ = false;
};

/// The two messages that can be in reception at a time, a data message and a control message
/// between its fragments, used over and over.
class MessagePool {
 public:
  using ptr = std::shared_ptr<MessagePool>;

  Message::ptr get_message(websocketpp::frame::opcode::value opcode, std::size_t size) {
    const auto& message = websocketpp::frame::opcode::is_control(opcode) ? control_ : data_;
    message->Receive(opcode, size);
    return message;
  }

 private:
  const Message::ptr data_ = std::make_shared<Message>();
  const Message::ptr control_ = std::make_shared<Message>();
};

/// The session has one thread, so the library's locks lock nothing.
struct NoConcurrency {
  struct mutex_type {};
  struct scoped_lock_type {
    explicit scoped_lock_type(mutex_type&) {}
  };
};

struct ProtocolConfig {
  using request_type = websocketpp::http::parser::request;
  using response_type = websocketpp::http::parser::response;
  using message_type = Message;
  using con_msg_manager_type = MessagePool;
  using rng_type = websocketpp::random::random_device::int_generator<std::uint32_t, NoConcurrency>;
  struct permessage_deflate_config {
    using request_type = ProtocolConfig::request_type;
    static const bool allow_disabling_context_takeover = true;
    static const std::uint8_t minimum_outgoing_window_bits = 8;
  };
  using permessage_deflate_type =
      websocketpp::extensions::permessage_deflate::disabled<permessage_deflate_config>;
  static const bool enable_extensions = false;
  static const std::size_t max_message_size = std::size_t{16} << 20;
};

using Protocol = websocketpp::processor::hybi13<ProtocolConfig>;

}  // namespace feedmux::websocket
