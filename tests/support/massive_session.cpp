#include "massive_session.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>          // search
#include <nlohmann/json.hpp>  // json

#include "scripted_massive_server.hpp"

namespace feedmux::testing {
namespace {

using nlohmann::json;

constexpr std::string_view kHandshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string AcceptKey(const std::string& key) {
  const std::string text = key + std::string{kHandshakeGuid};
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  unsigned char encoded[32];
  const int size = EVP_EncodeBlock(encoded, digest, sizeof digest);
  return std::string(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
}

std::string HeaderValue(const std::string& request, std::string name) {
  const auto lower = [](unsigned char c) { return static_cast<char>(std::tolower(c)); };
  const std::string wanted = "\r\n" + name + ":";
  const auto found = std::search(
      request.begin(), request.end(), wanted.begin(), wanted.end(), [&](char a, char b) {
        return lower(static_cast<unsigned char>(a)) == lower(static_cast<unsigned char>(b));
      });
  if (found == request.end()) return {};
  const auto from = static_cast<std::size_t>(found - request.begin()) + wanted.size();
  const std::string value = request.substr(from, request.find("\r\n", from) - from);
  const auto first = value.find_first_not_of(' ');
  return first == std::string::npos ? "" : value.substr(first);
}

std::vector<std::string> SplitTopics(std::string_view params) {
  std::vector<std::string> topics;
  while (!params.empty()) {
    const auto comma = std::min(params.find(','), params.size());
    std::string_view topic = params.substr(0, comma);
    while (!topic.empty() && topic.front() == ' ') topic.remove_prefix(1);
    while (!topic.empty() && topic.back() == ' ') topic.remove_suffix(1);
    if (!topic.empty()) topics.emplace_back(topic);
    params.remove_prefix(std::min(comma + 1, params.size()));
  }
  return topics;
}

json StatusEvent(std::string_view status, std::string_view message) {
  return {{"ev", "status"}, {"status", status}, {"message", message}};
}

}  // namespace

bool SessionLog::Subscribes(std::string_view topic) const {
  const std::string channel{topic.substr(0, topic.find('.'))};
  return subscriptions.contains(std::string{topic}) || subscriptions.contains(channel + ".*");
}

std::string RawFrame::Bytes() const {
  std::string bytes;
  bytes += static_cast<char>((fin ? 0x80 : 0) | (rsv << 4) | opcode);
  const std::uint64_t size = claimed_size.value_or(payload.size());
  const int mask_bit = masked ? 0x80 : 0;
  int size_bytes = 0;
  if (size < 126) {
    bytes += static_cast<char>(mask_bit | static_cast<int>(size));
  } else {
    size_bytes = size <= 0xffff ? 2 : 8;
    bytes += static_cast<char>(mask_bit | (size_bytes == 2 ? 126 : 127));
  }
  for (int i = size_bytes - 1; i >= 0; --i) bytes += static_cast<char>(size >> (8 * i));
  if (masked) bytes.append(4, '\0');
  return bytes + payload;
}

std::string TextFrame(std::string_view payload) {
  RawFrame frame;
  frame.payload = payload;
  return frame.Bytes();
}

MassiveSession::MassiveSession(ScriptedMassiveServer& server, int socket,
                               const TestIdentity* identity)
    : server_(server), socket_(socket, identity) {}

void MassiveSession::Upgrade() {
  socket_.Handshake();
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) FillBuffer();
  const std::string request = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  Change([&](SessionLog& log) {
    log.request = request;
    const auto path_from = request.find(' ') + 1;
    log.path = request.substr(path_from, request.find(' ', path_from) - path_from);
  });
  SendBytes(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      AcceptKey(HeaderValue(request, "Sec-WebSocket-Key")) + "\r\n\r\n");
  Change([](SessionLog& log) { log.upgraded = true; });
}

void MassiveSession::Greet() { SendStatus("connected", "Connected Successfully"); }

bool MassiveSession::Authenticate() {
  const json message = json::parse(Read());
  if (message.at("action") != "auth") {
    throw std::runtime_error("expected an auth message, found " + message.dump());
  }
  const bool accepted = message.at("params") == server_.api_key();
  Change([&](SessionLog& log) {
    log.api_key = message.at("params").get<std::string>();
    log.authenticated = accepted;
  });
  if (accepted) {
    SendStatus("auth_success", "authenticated");
    server_.EnforceLimit(*this);
  } else {
    SendStatus("auth_failed", "authentication failed");
  }
  return accepted;
}

void MassiveSession::Welcome() {
  Upgrade();
  Greet();
  if (!Authenticate()) {
    HangUp();
    throw PeerGone("wrong key");
  }
}

void MassiveSession::Serve(AckPolicy policy) {
  if (!policy) policy = [](const std::string&) { return Ack::Confirm; };
  while (true) {
    RunActions();
    while (const auto message = TakeMessage()) OnRequest(*message, policy);
    if (socket_.WaitForBytes()) FillBuffer();
  }
}

void MassiveSession::OnRequest(const std::string& message, const AckPolicy& policy) {
  const json request = json::parse(message);
  const std::string action = request.at("action");
  if (action != "subscribe" && action != "unsubscribe") {
    throw std::runtime_error("expected a subscribe or unsubscribe message, found " + message);
  }
  json answers = json::array();
  for (const std::string& topic : SplitTopics(request.at("params").get<std::string>())) {
    const Ack ack = policy(topic);
    if (ack == Ack::Refuse) answers.push_back(StatusEvent("error", "not authorized"));
    if (ack != Ack::Confirm) continue;
    bool changed = false;
    Change([&](SessionLog& log) {
      changed = action == "subscribe" ? log.subscriptions.insert(topic).second
                                      : log.subscriptions.erase(topic) > 0;
    });
    if (changed) answers.push_back(StatusEvent("success", action + "d to: " + topic));
  }
  if (!answers.empty()) Send(answers.dump());
}

void MassiveSession::Evict() {
  SendStatus("max_connections", "Maximum number of connections exceeded.");
  Close(1008, "connection limit");
}

void MassiveSession::Send(std::string_view text) { SendBytes(TextFrame(text)); }

void MassiveSession::SendBinary(std::string_view bytes) {
  RawFrame frame;
  frame.opcode = RawFrame::kBinary;
  frame.payload = bytes;
  SendFrame(frame);
}

void MassiveSession::SendStatus(std::string_view status, std::string_view message) {
  Send(json::array({StatusEvent(status, message)}).dump());
}

void MassiveSession::SendFragments(const std::vector<std::string>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    RawFrame frame;
    frame.opcode = i == 0 ? RawFrame::kText : RawFrame::kContinuation;
    frame.fin = i + 1 == parts.size();
    frame.payload = parts[i];
    SendFrame(frame);
  }
}

void MassiveSession::SendFrame(const RawFrame& frame) { SendBytes(frame.Bytes()); }

void MassiveSession::Ping(std::string_view payload) {
  RawFrame frame;
  frame.opcode = RawFrame::kPing;
  frame.payload = payload;
  SendFrame(frame);
}

void MassiveSession::SendBytes(std::string_view bytes) { socket_.Write(bytes); }

void MassiveSession::SendInPieces(std::string_view bytes, std::size_t piece) {
  while (!bytes.empty()) {
    SendBytes(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
}

void MassiveSession::Flood(const std::string& bytes, std::size_t times) {
  constexpr std::size_t kBytesPerWrite = std::size_t{1} << 20;
  const std::size_t repeats = std::clamp<std::size_t>(kBytesPerWrite / bytes.size(), 1, times);
  std::string block;
  for (std::size_t i = 0; i < repeats; ++i) block += bytes;
  while (times > 0) {
    const std::size_t now = std::min(times, repeats);
    SendBytes(std::string_view{block}.substr(0, now * bytes.size()));
    times -= now;
    while (socket_.HasBytes()) {
      FillBuffer();
      while (TakeMessage()) {
      }
    }
  }
}

void MassiveSession::FillBuffer() { buffer_ += socket_.Read(); }

std::optional<RawFrame> MassiveSession::TakeFrame() {
  const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(buffer_[at]); };
  if (buffer_.size() < 2) return std::nullopt;
  std::size_t header = 2;
  std::uint64_t size = byte(1) & 0x7f;
  if (size >= 126) {
    const std::size_t size_bytes = size == 126 ? 2 : 8;
    if (buffer_.size() < header + size_bytes) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < size_bytes; ++i) size = size << 8 | byte(header + i);
    header += size_bytes;
  }
  RawFrame frame;
  frame.fin = (byte(0) & 0x80) != 0;
  frame.opcode = byte(0) & 0x0f;
  frame.masked = (byte(1) & 0x80) != 0;
  if (!frame.masked) throw std::runtime_error("the client sent an unmasked frame");
  const std::size_t mask_at = header;
  header += 4;
  if (buffer_.size() < header + size) return std::nullopt;
  frame.payload = buffer_.substr(header, size);
  for (std::size_t i = 0; i < size; ++i) frame.payload[i] ^= buffer_[mask_at + i % 4];
  buffer_.erase(0, header + size);
  return frame;
}

std::optional<std::string> MassiveSession::TakeMessage() {
  while (const auto frame = TakeFrame()) {
    switch (frame->opcode) {
      case RawFrame::kPing:
        Change([](SessionLog& log) { ++log.pings; });
        if (answers_pings_) {
          RawFrame pong;
          pong.opcode = RawFrame::kPong;
          pong.payload = frame->payload;
          SendFrame(pong);
        }
        break;
      case RawFrame::kPong:
        Change([](SessionLog& log) { ++log.pongs; });
        break;
      case RawFrame::kClose: {
        int code = 1005;
        if (frame->payload.size() >= 2) {
          code = static_cast<unsigned char>(frame->payload[0]) << 8 |
                 static_cast<unsigned char>(frame->payload[1]);
        }
        Change([&](SessionLog& log) { log.close_code = code; });
        RawFrame answer;
        answer.opcode = RawFrame::kClose;
        answer.payload = frame->payload;
        SendFrame(answer);
        throw PeerGone("the client closed with code " + std::to_string(code));
      }
      default:
        fragments_ += frame->payload;
        if (!frame->fin) break;
        Change([&](SessionLog& log) { log.messages.push_back(fragments_); });
        return std::exchange(fragments_, {});
    }
  }
  return std::nullopt;
}

std::string MassiveSession::Read() {
  while (true) {
    if (auto message = TakeMessage()) return *std::move(message);
    FillBuffer();
  }
}

void MassiveSession::ReadPing() { ReadUntilMore(&SessionLog::pings); }

void MassiveSession::ReadPong() { ReadUntilMore(&SessionLog::pongs); }

void MassiveSession::ReadUntilMore(std::size_t SessionLog::*count) {
  const std::size_t before = Log().*count;
  while (Log().*count == before) {
    FillBuffer();
    while (TakeMessage()) {
    }
  }
}

void MassiveSession::RefuseUpgrade(int status, std::string_view reason, std::string_view headers) {
  socket_.Handshake();
  while (buffer_.find("\r\n\r\n") == std::string::npos) FillBuffer();
  SendBytes("HTTP/1.1 " + std::to_string(status) + ' ' + std::string{reason} +
            "\r\nContent-Length: 0\r\n" + std::string{headers} + "\r\n");
  Drain();
}

void MassiveSession::Close(int code, std::string_view reason) {
  RawFrame frame;
  frame.opcode = RawFrame::kClose;
  frame.payload += static_cast<char>(code >> 8);
  frame.payload += static_cast<char>(code & 0xff);
  frame.payload += reason;
  SendFrame(frame);
  while (true) {
    while (const auto answer = TakeFrame()) {
      if (answer->opcode == RawFrame::kClose) throw PeerGone("closed by the script");
    }
    FillBuffer();
  }
}

void MassiveSession::HangUp() {
  socket_.HangUp();
  Drain();
}

void MassiveSession::Drain() {
  while (true) socket_.Read();
}

void MassiveSession::StayDeaf() {
  while (true) {
    RunActions();
    socket_.WaitForWake();
  }
}

void MassiveSession::Do(std::function<void(MassiveSession&)> action) {
  {
    const std::lock_guard lock{mutex_};
    actions_.push_back(std::move(action));
  }
  socket_.Wake();
}

void MassiveSession::RunActions() {
  std::deque<std::function<void(MassiveSession&)>> actions;
  {
    const std::lock_guard lock{mutex_};
    actions.swap(actions_);
  }
  for (const auto& action : actions) action(*this);
}

SessionLog MassiveSession::Log() const {
  const std::lock_guard lock{mutex_};
  return log_;
}

void MassiveSession::Change(const std::function<void(SessionLog&)>& change) {
  {
    const std::lock_guard lock{mutex_};
    change(log_);
  }
  server_.NoteChange();
}

}  // namespace feedmux::testing
