#include "websocket/session.hpp"

#include <algorithm>  // max, min
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>    // uint64_t
#include <stdexcept>  // runtime_error
#include <utility>    // move
#include <websocketpp/common/network.hpp>

#include "websocket/printable.hpp"

namespace feedmux::websocket {
namespace {

namespace asio = boost::asio;
namespace frame = websocketpp::frame;
namespace close_status = websocketpp::close::status;

using asio::ip::tcp;

constexpr std::size_t kReadBufferBytes = std::size_t{128} << 10;

// websocketpp finds the byte order out when it is first asked, and remembers it in a variable that
// no lock protects: asked here, before there are threads, it only reads it later.
[[maybe_unused]] const std::uint64_t kByteOrderIsKnown = websocketpp::lib::net::_htonll(1);

bool IsEndOfStream(const boost::system::error_code& error) {
  return error == asio::error::eof || error == asio::ssl::error::stream_truncated;
}

}  // namespace

Client::Session::Session()
    : io_(1),
      resolver_(io_),
      socket_(io_),
      phase_timer_(io_),
      attempt_timer_(io_),
      keepalive_timer_(io_),
      task_timer_(io_),
      protocol_(false, false, std::make_shared<MessagePool>(), random_),
      read_buffer_(kReadBufferBytes) {}

Outcome Client::Session::Run(const Url& url, const ClientOptions& options, Handler& handler) {
  url_ = url;
  options_ = options;
  handler_ = &handler;
  protocol_.set_max_message_size(options_.max_message_bytes);

  asio::post(io_, [this] {
    if (phase_ == Phase::Idle) Resolve();
  });
  try {
    const auto keep_running = asio::make_work_guard(io_);
    io_.run();
  } catch (...) {
    Finish(End::Stopped, "stopped by an exception");
    throw;
  }
  return outcome_;
}

void Client::Session::Stop() {
  if (stop_requested_.exchange(true)) return;
  asio::post(io_, [this] {
    Outcome stopped;
    stopped.text = "stopped";
    if (phase_ == Phase::Open) {
      BeginClose(close_status::normal, stopped);
    } else if (phase_ != Phase::Closing) {
      Finish(stopped);
    }
  });
}

void Client::Session::Post(std::function<void()> task) { asio::post(io_, std::move(task)); }

void Client::Session::After(std::chrono::milliseconds delay, std::function<void()> task) {
  const auto added = tasks_.emplace(Clock::now() + delay, std::move(task));
  if (added == tasks_.begin()) WaitForTasks();
}

void Client::Session::RunDueTasks() {
  const auto now = Clock::now();
  while (!tasks_.empty() && tasks_.begin()->first <= now && phase_ != Phase::Over) {
    const auto task = tasks_.extract(tasks_.begin());
    task.mapped()();
  }
  WaitForTasks();
}

void Client::Session::WaitForTasks() {
  if (tasks_.empty()) return;
  task_timer_.expires_at(tasks_.begin()->first);
  task_timer_.async_wait([this](const Error& error) {
    if (!error) RunDueTasks();
  });
}

void Client::Session::Open() {
  phase_ = Phase::Open;
  phase_timer_.cancel();
  last_heard_ = Clock::now();
  next_ping_ = last_heard_ + options_.ping_interval;
  StartKeepalive();
  handler_->OnOpen();
}

void Client::Session::Read() {
  if (phase_ == Phase::Over) return;
  const auto buffer = asio::buffer(read_buffer_);
  auto on_read = [this](const Error& error, std::size_t size) { OnRead(error, size); };
  if (tls_) {
    tls_->stream().async_read_some(buffer, std::move(on_read));
  } else {
    socket_.async_read_some(buffer, std::move(on_read));
  }
}

void Client::Session::OnRead(const Error& error, std::size_t size) {
  if (phase_ == Phase::Over) return;
  if (error) {
    if (phase_ == Phase::Closing) {
      Finish(outcome_);
    } else {
      Finish(LostOutcome(error));
    }
    return;
  }
  if (phase_ == Phase::Upgrading) {
    OnUpgradeBytes(size);
    return;
  }
  // After a breach of protocol nothing can be read as frames any more.
  if (outcome_.end != End::Protocol) Consume(read_buffer_.data(), size);
  // Taken after the messages: a handler that blocked must not make the peer look dead.
  last_heard_ = Clock::now();
  Read();
}

void Client::Session::Consume(std::uint8_t* data, std::size_t size) {
  std::size_t done = 0;
  while (done < size && phase_ != Phase::Over) {
    websocketpp::lib::error_code error;
    done += protocol_.consume(data + done, size - done, error);
    // The library adds up the sizes of fragments without looking for an overflow.
    if (!error && protocol_.get_bytes_needed() > options_.max_message_bytes) {
      error = websocketpp::processor::error::make_error_code(
          websocketpp::processor::error::message_too_big);
    }
    if (error) {
      if (phase_ == Phase::Closing) {
        Finish(outcome_);
        return;
      }
      const bool too_big = error == websocketpp::processor::error::message_too_big;
      Outcome outcome;
      outcome.end = End::Protocol;
      outcome.text =
          url_.HostAndPort() + (too_big ? " sent a message of more than " +
                                              std::to_string(options_.max_message_bytes) + " bytes"
                                        : " broke the WebSocket protocol: " + error.message());
      BeginClose(websocketpp::processor::error::to_ws(error), std::move(outcome));
      return;
    }
    if (!protocol_.ready()) continue;
    const Message::ptr message = protocol_.get_message();
    if (frame::opcode::is_control(message->get_opcode())) {
      OnControl(*message);
    } else if (phase_ == Phase::Open) {
      OnMessage(*message);
    }
  }
}

void Client::Session::OnMessage(Message& message) {
  std::string& payload = message.get_raw_payload();
  payload.reserve(payload.size() + kMessagePadding);
  handler_->OnMessage(payload, message.is_text());
}

void Client::Session::OnControl(const Message& message) {
  switch (message.get_opcode()) {
    case frame::opcode::ping:
      if (phase_ == Phase::Open) SendPong(message.get_payload());
      break;
    case frame::opcode::pong:
      if (phase_ == Phase::Open) handler_->OnPong();
      break;
    default:
      OnCloseFrame(message.get_payload());
  }
}

void Client::Session::OnCloseFrame(const std::string& payload) {
  if (phase_ == Phase::Closing) {
    Finish(outcome_);
    return;
  }
  websocketpp::lib::error_code error;
  const close_status::value code = websocketpp::close::extract_code(payload, error);
  Outcome outcome;
  outcome.end = End::Closed;
  outcome.code = code;
  if (payload.size() > 2) outcome.reason = Printable(payload.substr(2));
  outcome.text = url_.HostAndPort() + " closed the connection: ";
  outcome.text += code == close_status::no_status ? "no code" : "code " + std::to_string(code);
  if (!outcome.reason.empty()) outcome.text += ", \"" + outcome.reason + '"';
  const bool can_be_echoed = !error && code != close_status::no_status;
  BeginClose(can_be_echoed ? code : close_status::normal, std::move(outcome));
}

void Client::Session::SendText(const std::string& payload) {
  if (phase_ != Phase::Open) return;
  const auto in = std::make_shared<Message>();
  const auto out = std::make_shared<Message>();
  in->set_opcode(frame::opcode::text);
  in->get_raw_payload() = payload;
  if (protocol_.prepare_data_frame(in, out)) return;
  Send(*out);
}

void Client::Session::Send(const Message& out) {
  unsent_.push_back(out.get_header() + out.get_payload());
  if (!is_writing_) Write();
}

void Client::Session::SendPong(const std::string& payload) {
  const auto out = std::make_shared<Message>();
  if (protocol_.prepare_pong(payload, out)) return;
  pong_ = out->get_header() + out->get_payload();
  if (!is_writing_) Write();
}

void Client::Session::Write() {
  if (!pong_.empty()) {
    writing_ = std::move(pong_);
    pong_.clear();
  } else if (!unsent_.empty()) {
    writing_ = std::move(unsent_.front());
    unsent_.pop_front();
  } else {
    return;
  }
  is_writing_ = true;
  auto on_written = [this](const Error& error, std::size_t) { OnWritten(error); };
  if (tls_) {
    asio::async_write(tls_->stream(), asio::buffer(writing_), std::move(on_written));
  } else {
    asio::async_write(socket_, asio::buffer(writing_), std::move(on_written));
  }
}

void Client::Session::OnWritten(const Error& error) {
  is_writing_ = false;
  if (phase_ == Phase::Over) return;
  // A broken pipe is left to the read: what the peer sent before it may say why.
  if (error) return;
  Write();
  const bool answered = phase_ == Phase::Closing && outcome_.end == End::Closed;
  if (answered && !is_writing_) Finish(outcome_);
}

void Client::Session::StartKeepalive() {
  keepalive_timer_.expires_at(std::min(next_ping_, last_heard_ + options_.dead_after));
  keepalive_timer_.async_wait([this](const Error& error) {
    if (!error && phase_ == Phase::Open) CheckKeepalive();
  });
}

void Client::Session::CheckKeepalive() {
  const auto now = Clock::now();
  Error ignored;
  if (now - last_heard_ >= options_.dead_after && socket_.available(ignored) == 0) {
    Finish(End::Dead, url_.HostAndPort() + " sent nothing for " +
                          std::to_string(options_.dead_after.count()) +
                          " ms and did not answer pings");
    return;
  }
  if (now >= next_ping_) {
    next_ping_ = now + options_.ping_interval;
    const auto out = std::make_shared<Message>();
    if (!protocol_.prepare_ping("", out)) Send(*out);
    handler_->OnPingSent();
  }
  StartKeepalive();
}

void Client::Session::BeginClose(int code, Outcome outcome) {
  phase_ = Phase::Closing;
  outcome_ = std::move(outcome);
  keepalive_timer_.cancel();
  phase_timer_.expires_after(options_.close_timeout);
  phase_timer_.async_wait([this](const Error& error) {
    if (!error) Finish(outcome_);
  });
  const auto out = std::make_shared<Message>();
  if (protocol_.prepare_close(static_cast<close_status::value>(code), "", out)) {
    Finish(outcome_);
    return;
  }
  Send(*out);
}

void Client::Session::Finish(End end, std::string text, int code, std::string reason) {
  Outcome outcome;
  outcome.end = end;
  outcome.code = code;
  outcome.reason = std::move(reason);
  outcome.text = std::move(text);
  Finish(std::move(outcome));
}

void Client::Session::Finish(Outcome outcome) {
  if (phase_ == Phase::Over) return;
  phase_ = Phase::Over;
  outcome_ = std::move(outcome);
  resolver_.Cancel();
  Error ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  socket_.close(ignored);
  io_.stop();
}

std::string Client::Session::PhaseText() const {
  switch (phase_) {
    case Phase::Resolving:
      return "the name look-up took too long";
    case Phase::Connecting:
      return "no answer to TCP";
    case Phase::Securing:
      return "no answer to the TLS handshake";
    default:
      return "no answer to the WebSocket upgrade";
  }
}

Outcome Client::Session::LostOutcome(const Error& error) const {
  Outcome outcome;
  outcome.end = End::Lost;
  if (phase_ == Phase::Upgrading) {
    outcome.end = End::Upgrade;
    outcome.text = url_.HostAndPort() + " hung up instead of answering the WebSocket upgrade";
  } else if (IsEndOfStream(error)) {
    outcome.text = url_.HostAndPort() + " hung up without a close frame";
  } else {
    outcome.text = "connection to " + url_.HostAndPort() + " lost: " + error.message();
  }
  return outcome;
}

}  // namespace feedmux::websocket
