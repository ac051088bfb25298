#include "websocket_peer.hpp"

namespace feedmux::testing {
namespace {

constexpr std::size_t kShort = 125;
constexpr std::size_t kMedium = 65535;
constexpr char kMask[4] = {0x11, 0x22, 0x33, 0x44};

void AppendNumber(std::string& bytes, std::size_t number, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(number >> shift & 0xff);
  }
}

std::size_t ToNumber(const std::string& bytes) {
  std::size_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

}  // namespace

int WebSocketPeer::Frame::close_code() const {
  return payload.size() < 2 ? 1005 : static_cast<int>(ToNumber(payload.substr(0, 2)));
}

WebSocketPeer::WebSocketPeer(std::uint16_t port, const std::string& target,
                             const std::vector<std::string>& headers, const std::string& ca_file)
    : client_(port, ca_file) {
  std::vector<std::string> all = {"Upgrade: websocket", "Connection: Upgrade",
                                  "Sec-WebSocket-Version: 13",
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="};
  all.insert(all.end(), headers.begin(), headers.end());
  answer_ = client_.Ask("GET", target, all);
}

void WebSocketPeer::SendFrame(int opcode, std::string_view payload, bool is_last, bool is_masked) {
  std::string frame(1, static_cast<char>((is_last ? 0x80 : 0) | opcode));
  const int mask_bit = is_masked ? 0x80 : 0;
  if (payload.size() <= kShort) {
    frame += static_cast<char>(mask_bit | static_cast<int>(payload.size()));
  } else if (payload.size() <= kMedium) {
    frame += static_cast<char>(mask_bit | 126);
    AppendNumber(frame, payload.size(), 2);
  } else {
    frame += static_cast<char>(mask_bit | 127);
    AppendNumber(frame, payload.size(), 8);
  }
  if (is_masked) frame.append(kMask, sizeof kMask);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ (is_masked ? kMask[i % 4] : 0));
  }
  client_.Send(frame);
}

WebSocketPeer::Frame WebSocketPeer::Read() {
  const std::string head = client_.ReadBytes(2);
  Frame frame;
  frame.opcode = head[0] & 0x0f;
  std::size_t size = head[1] & 0x7f;
  if (size == 126) size = ToNumber(client_.ReadBytes(2));
  if (size == 127) size = ToNumber(client_.ReadBytes(8));
  frame.payload = client_.ReadBytes(size);
  return frame;
}

WebSocketPeer::Frame WebSocketPeer::ReadClose() {
  Frame frame = Read();
  while (frame.opcode != kClose) frame = Read();
  return frame;
}

}  // namespace feedmux::testing
