#pragma once

// One client of the server once it speaks WebSocket. Compiles as C++17 only; private to this
// library.

#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>  // uint8_t
#include <deque>    // deque
#include <memory>   // shared_ptr, enable_shared_from_this
#include <utility>  // move
#include <vector>   // vector

#include "webserver/core.hpp"
#include "websocket/protocol.hpp"

namespace feedmux::webserver {

template <typename Stream>
class WebSocketSession final : public Connection,
                               public Socket,
                               public std::enable_shared_from_this<WebSocketSession<Stream>> {
 public:
  /// `received` came behind the handshake.
  WebSocketSession(Core& core, std::unique_ptr<Stream> stream, std::shared_ptr<Listener> listener,
                   std::string received)
      : Connection(core),
        stream_(std::move(stream)),
        listener_(std::move(listener)),
        received_(std::move(received)),
        timer_(core.io),
        protocol_(false, true, std::make_shared<websocket::MessagePool>(), random_),
        read_buffer_(kReadBufferBytes) {
    protocol_.set_max_message_size(core.options.max_message_bytes);
    Error ignored;
    // What the system buffers for a reader who does not read is old when it is read, and hides that
    // he is slow.
    socket().set_option(boost::asio::socket_base::send_buffer_size(kSendBufferBytes), ignored);
    socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  }

  void Run() {
    last_heard_ = Clock::now();
    next_ping_ = last_heard_ + core_.options.ping_interval;
    StartKeepalive();
    Guarded([this] { listener_->OnOpen(*this); });
    if (!received_.empty()) {
      Consume(reinterpret_cast<std::uint8_t*>(received_.data()), received_.size());
    }
    Read();
  }

  void Leave() override { Close(1001, "the server stops", Waiting::Drop); }

  void SendText(std::string text) override {
    if (phase_ != Phase::Open) return;
    const auto in = std::make_shared<websocket::Message>();
    const auto out = std::make_shared<websocket::Message>();
    // Shown as binary, so that the library does not check it byte by byte; the bit of text is set
    // in the finished header.
    in->set_opcode(websocketpp::frame::opcode::binary);
    in->get_raw_payload() = std::move(text);
    if (protocol_.prepare_data_frame(in, out)) return;
    std::string header = out->get_header();
    header[0] = static_cast<char>((header[0] & ~kOpcodeBits) | websocketpp::frame::opcode::text);
    Send(std::move(header) + out->get_payload());
  }

  std::size_t unsent() const override { return unsent_bytes_; }

  void Close(int code, const std::string& reason, Waiting waiting) override {
    BeginClose(code, reason.substr(0, kMostReasonBytes), waiting, false);
  }

 private:
  using Error = boost::system::error_code;
  using Clock = std::chrono::steady_clock;

  enum class Phase { Open, Closing, Over };

  static constexpr std::size_t kReadBufferBytes = 4096;
  static constexpr int kSendBufferBytes = 256 << 10;
  static constexpr int kOpcodeBits = 0x0f;
  static constexpr std::size_t kMostReasonBytes = 120;  // beside a code, in a control frame

  boost::asio::ip::tcp::socket& socket() { return SocketOf(*stream_); }

  template <typename Call>
  void Guarded(Call call) {
    try {
      call();
    } catch (const std::exception& failure) {
      core_.handler.OnError(std::string{"WebSocket: "} + failure.what());
      Close(1011, "", Waiting::Drop);
    }
  }

  void Read() {
    if (phase_ == Phase::Over) return;
    stream_->async_read_some(
        boost::asio::buffer(read_buffer_),
        [self = this->shared_from_this()](const Error& error, std::size_t size) {
          if (self->phase_ == Phase::Over) return;
          if (error) return self->Finish();
          self->last_heard_ = Clock::now();
          // After a breach of protocol nothing can be read as frames any more.
          if (!self->is_garbled_) self->Consume(self->read_buffer_.data(), size);
          self->Read();
        });
  }

  void Consume(std::uint8_t* data, std::size_t size) {
    namespace processor = websocketpp::processor;
    std::size_t done = 0;
    while (done < size && phase_ != Phase::Over) {
      websocketpp::lib::error_code error;
      done += protocol_.consume(data + done, size - done, error);
      // The library adds up the sizes of fragments without looking for an overflow.
      if (!error && protocol_.get_bytes_needed() > core_.options.max_message_bytes) {
        error = processor::error::make_error_code(processor::error::message_too_big);
      }
      if (error) {
        is_garbled_ = true;
        BeginClose(processor::error::to_ws(error), "", Waiting::Drop, false);
        return;
      }
      if (protocol_.ready()) OnMessage(*protocol_.get_message());
    }
  }

  void OnMessage(const websocket::Message& message) {
    namespace opcode = websocketpp::frame::opcode;
    switch (message.get_opcode()) {
      case opcode::ping:
        if (phase_ == Phase::Open) SendPong(message.get_payload());
        break;
      case opcode::pong:
        break;
      case opcode::close:
        OnCloseFrame(message.get_payload());
        break;
      default:
        if (phase_ != Phase::Open) break;
        Guarded([&] { listener_->OnMessage(message.get_payload()); });
    }
  }

  void OnCloseFrame(const std::string& payload) {
    namespace status = websocketpp::close::status;
    if (phase_ == Phase::Closing) return Finish();
    websocketpp::lib::error_code error;
    const status::value code = websocketpp::close::extract_code(payload, error);
    const bool can_be_echoed = !error && code != status::no_status;
    BeginClose(can_be_echoed ? code : status::normal, "", Waiting::Drop, true);
  }

  void BeginClose(int code, const std::string& reason, Waiting waiting, bool is_answer) {
    if (phase_ != Phase::Open) return;
    phase_ = Phase::Closing;
    is_answer_ = is_answer;
    if (waiting == Waiting::Drop) {
      for (const std::string& frame : waiting_) unsent_bytes_ -= frame.size();
      waiting_.clear();
    }
    pong_.clear();
    timer_.expires_after(core_.options.close_timeout);
    timer_.async_wait([weak = this->weak_from_this()](const Error& error) {
      const auto self = weak.lock();
      if (!error && self) self->Finish();
    });
    const auto out = std::make_shared<websocket::Message>();
    if (protocol_.prepare_close(static_cast<websocketpp::close::status::value>(code), reason,
                                out)) {
      boost::asio::post(core_.io, [self = this->shared_from_this()] { self->Finish(); });
      return;
    }
    Send(out->get_header() + out->get_payload());
  }

  void Send(std::string frame) {
    unsent_bytes_ += frame.size();
    waiting_.push_back(std::move(frame));
    if (!is_writing_) Write();
  }

  /// Only the newest is answered: nobody can make the server remember many.
  void SendPong(const std::string& payload) {
    const auto out = std::make_shared<websocket::Message>();
    if (protocol_.prepare_pong(payload, out)) return;
    pong_ = out->get_header() + out->get_payload();
    if (!is_writing_) Write();
  }

  void Write() {
    if (phase_ == Phase::Over) return;
    if (!pong_.empty()) {
      writing_ = std::move(pong_);
      pong_.clear();
      unsent_bytes_ += writing_.size();
    } else if (!waiting_.empty()) {
      writing_ = std::move(waiting_.front());
      waiting_.pop_front();
    } else {
      return;
    }
    is_writing_ = true;
    boost::asio::async_write(*stream_, boost::asio::buffer(writing_),
                             [self = this->shared_from_this()](const Error& error, std::size_t) {
                               self->OnWritten(error);
                             });
  }

  void OnWritten(const Error& error) {
    is_writing_ = false;
    unsent_bytes_ -= writing_.size();
    if (error) return Finish();
    Write();
    if (phase_ == Phase::Closing && is_answer_ && !is_writing_) Finish();
  }

  void StartKeepalive() {
    timer_.expires_at(std::min(next_ping_, last_heard_ + core_.options.dead_after));
    timer_.async_wait([weak = this->weak_from_this()](const Error& error) {
      const auto self = weak.lock();
      if (!error && self && self->phase_ == Phase::Open) self->CheckKeepalive();
    });
  }

  void CheckKeepalive() {
    const auto now = Clock::now();
    if (now - last_heard_ >= core_.options.dead_after) return Finish();
    if (now >= next_ping_) {
      next_ping_ = now + core_.options.ping_interval;
      const auto out = std::make_shared<websocket::Message>();
      if (!protocol_.prepare_ping("", out)) Send(out->get_header() + out->get_payload());
    }
    StartKeepalive();
  }

  void Finish() {
    if (phase_ == Phase::Over) return;
    phase_ = Phase::Over;
    timer_.cancel();
    Error ignored;
    socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    socket().close(ignored);
    const auto listener = std::move(listener_);
    try {
      listener->OnClosed();
    } catch (const std::exception& failure) {
      core_.handler.OnError(std::string{"WebSocket: "} + failure.what());
    }
  }

  std::unique_ptr<Stream> stream_;
  std::shared_ptr<Listener> listener_;
  std::string received_;
  boost::asio::steady_timer timer_;  // the next ping; later the polite close
  Phase phase_ = Phase::Open;
  Clock::time_point last_heard_;
  Clock::time_point next_ping_;
  websocket::ProtocolConfig::rng_type random_;
  websocket::Protocol protocol_;
  std::vector<std::uint8_t> read_buffer_;
  bool is_garbled_ = false;
  std::deque<std::string> waiting_;
  std::string pong_;
  std::string writing_;
  bool is_writing_ = false;
  bool is_answer_ = false;  // the close frame answers the peer's
  std::size_t unsent_bytes_ = 0;
};

}  // namespace feedmux::webserver
