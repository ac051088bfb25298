#pragma once

#include <cstdint>      // uint16_t
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "http_client.hpp"

namespace feedmux::testing {

/// A client of a WebSocket server that can also send what no client should.
class WebSocketPeer {
 public:
  struct Frame {
    int opcode = 0;  ///< 1 text, 8 close, 9 ping, 10 pong
    std::string payload;

    /// Of a close frame; 1005 if it has none.
    int close_code() const;
  };

  static constexpr int kText = 1;
  static constexpr int kClose = 8;
  static constexpr int kPing = 9;

  /// Sends the handshake; see answer() for what came of it.
  WebSocketPeer(std::uint16_t port, const std::string& target,
                const std::vector<std::string>& headers = {}, const std::string& ca_file = {});

  const HttpAnswer& answer() const { return answer_; }
  bool is_open() const { return answer_.status == 101; }

  void SendText(std::string_view text) { SendFrame(kText, text); }
  void SendFrame(int opcode, std::string_view payload, bool is_last = true, bool is_masked = true);
  HttpClient& raw() { return client_; }

  /// The next frame; pings are not answered. Throws NoAnswer.
  Frame Read();

  /// The close frame, or the next one; everything before it is passed over.
  Frame ReadClose();

 private:
  HttpClient client_;
  HttpAnswer answer_;
};

}  // namespace feedmux::testing
