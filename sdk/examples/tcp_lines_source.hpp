#pragma once

#include <arpa/inet.h>   // inet_pton, htons
#include <poll.h>        // poll
#include <sys/socket.h>  // socket, connect, recv, send
#include <unistd.h>      // close

#include <algorithm>  // min
#include <cerrno>     // errno
#include <charconv>   // from_chars
#include <cmath>      // isfinite
#include <cstring>    // strerror
#include <map>        // map
#include <mutex>      // mutex
#include <optional>   // optional
#include <utility>    // exchange

#include "feedmux/plugin.hpp"

namespace tcp_lines {

inline constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "address",
     .default_value = "127.0.0.1",
     .description = "IPv4 address of the vendor's server"},
    {.name = "port",
     .type = feedmux::OptionType::Integer,
     .required = true,
     .min = 1,
     .max = 65535,
     .description = "Its port"},
    {.name = "key", .required = true, .secret = true, .description = "The vendor's API key"},
    {.name = "login_timeout",
     .type = feedmux::OptionType::Duration,
     .default_value = "10s",
     .min = 1,
     .max = 3'600'000,
     .description = "How long the server may take to accept the key"},
};

struct Settings {
  sockaddr_in server = {};
  std::string key;
  std::chrono::nanoseconds login_timeout{};
};

inline Settings ReadSettings(const feedmux::Options& options) {
  Settings settings;
  feedmux::OptionErrors errors;
  errors.Collect([&] {
    const std::string& address = options.String("address");
    if (::inet_pton(AF_INET, address.c_str(), &settings.server.sin_addr) != 1) {
      throw feedmux::OptionError("address", "an IPv4 address such as 127.0.0.1");
    }
  });
  errors.Collect([&] {
    settings.key = options.String("key");
    if (settings.key.empty() || settings.key.find('\n') != std::string::npos) {
      throw feedmux::OptionError("key", "one line");  // what was found is secret
    }
  });
  errors.ThrowIfAny();
  settings.server.sin_family = AF_INET;
  settings.server.sin_port = htons(static_cast<std::uint16_t>(options.Integer("port")));
  settings.login_timeout = options.Duration("login_timeout");
  return settings;
}

class Socket {
 public:
  Socket() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  const int fd_;
};

/// One session. We say          the server says
///   login KEY                    welcome, denied, limit
///   subscribe AAPL               ok AAPL
///   unsubscribe AAPL             trade AAPL 187.5 100 1705853696123 (price, size, ms since 1970)
class LinesConnection final : public feedmux::Connection {
 public:
  LinesConnection(feedmux::Host& host, const Settings& settings,
                  const feedmux::ConnectionSpec& spec)
      : host_(host), settings_(settings) {
    Ask("subscribe", spec.tickers);
  }

  void Run(feedmux::Publisher& publisher, std::stop_token stop) override {
    const Socket socket;
    const auto* server = reinterpret_cast<const sockaddr*>(&settings_.server);
    if (::connect(socket.fd(), server, sizeof settings_.server) != 0 && errno != EINPROGRESS) {
      ThrowNetworkError();
    }
    out_ = "login " + settings_.key + "\n";
    const std::int64_t give_up_ns = host_.clock().MonotonicNs() + settings_.login_timeout.count();
    while (!stop.stop_requested()) {
      if (logged_in_) out_ += TakeRequests();
      if (!logged_in_ && host_.clock().MonotonicNs() > give_up_ns) {
        throw feedmux::FeedError(feedmux::FeedErrorKind::Network, "no answer to the login");
      }
      // Short enough to see a stop and new requests soon.
      constexpr int kWaitMs = 100;
      const short wanted = out_.empty() ? POLLIN : POLLIN | POLLOUT;
      pollfd event{.fd = socket.fd(), .events = wanted, .revents = 0};
      if (::poll(&event, 1, kWaitMs) <= 0) continue;
      if (event.revents & (POLLIN | POLLERR | POLLHUP)) Read(socket, publisher);
      if (event.revents & POLLOUT) Write(socket);
    }
  }

  void Subscribe(const std::vector<std::string>& tickers) override { Ask("subscribe", tickers); }
  void Unsubscribe(const std::vector<std::string>& tickers) override {
    Ask("unsubscribe", tickers);
  }

 private:
  [[noreturn]] static void ThrowNetworkError() {
    throw feedmux::FeedError(feedmux::FeedErrorKind::Network, std::strerror(errno));
  }

  // Any thread. Only notes what to send: Run sends it.
  void Ask(const std::string& what, const std::vector<std::string>& tickers) {
    const std::lock_guard lock{mutex_};
    for (const std::string& ticker : tickers) requests_ += what + ' ' + ticker + '\n';
  }

  std::string TakeRequests() {
    const std::lock_guard lock{mutex_};
    return std::exchange(requests_, {});
  }

  void Write(const Socket& socket) {
    const ssize_t sent = ::send(socket.fd(), out_.data(), out_.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      out_.erase(0, static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EINTR) {
      ThrowNetworkError();
    }
  }

  void Read(const Socket& socket, feedmux::Publisher& publisher) {
    char bytes[65536];
    const ssize_t size = ::recv(socket.fd(), bytes, sizeof bytes, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size < 0) ThrowNetworkError();
    if (size == 0) {
      throw feedmux::FeedError(feedmux::FeedErrorKind::Network, "the server hung up");
    }
    feedmux::Batch& batch = publisher.NewBatch();
    // The frame is all whole lines; the beginning of another one waits for its rest.
    batch.frame = std::exchange(rest_, {}).append(bytes, static_cast<std::size_t>(size));
    const std::size_t end = batch.frame.rfind('\n') + 1;  // 0 if there is none
    rest_ = batch.frame.substr(end);
    batch.frame.resize(end);
    if (rest_.size() > sizeof bytes) Lose(feedmux::FeedErrorKind::Protocol, "a line without end");

    const std::string_view frame = batch.frame;
    for (std::size_t from = 0; from < end && !lost_;) {
      const std::size_t line_end = frame.find('\n', from);
      OnLine(frame.substr(from, line_end - from), batch, publisher);
      from = line_end + 1;
    }
    publisher.Publish(batch);
    if (lost_) throw *lost_;  // only now, so that what came before it is not lost
  }

  // Each line is an event, and each event is counted once more: as a tick, as the vendor's own
  // message, or as rejected.
  void OnLine(std::string_view line, feedmux::Batch& batch, feedmux::Publisher& publisher) {
    ++batch.events;
    if (line == "denied" || line == "limit") {
      ++batch.status_events;
      if (line == "denied") Lose(feedmux::FeedErrorKind::Auth, "the server refuses the key");
      if (line == "limit") Lose(feedmux::FeedErrorKind::Evicted, "too many connections");
    } else if (!logged_in_ && line == "welcome") {
      ++batch.status_events;
      logged_in_ = true;
      publisher.Connected();
    } else if (!logged_in_) {
      batch.Reject(feedmux::RejectReason::Malformed);
      Lose(feedmux::FeedErrorKind::Protocol, "the server does not answer the login");
    } else if (line.starts_with("ok ")) {
      ++batch.status_events;
      publisher.Subscribed({std::string{line.substr(3)}});
    } else if (line.starts_with("trade ")) {
      OnTrade(line, batch);
    } else {
      batch.Reject(feedmux::RejectReason::Malformed);
    }
  }

  void OnTrade(std::string_view line, feedmux::Batch& batch) {
    std::string_view rest = line.substr(6);
    const std::string_view symbol = NextWord(rest);
    const auto price = Number<double>(NextWord(rest));
    const auto size = Number<double>(NextWord(rest));
    const auto time_ms = Number<std::int64_t>(NextWord(rest));
    if (symbol.empty() || !price || !size || !time_ms || !rest.empty()) {
      return batch.Reject(feedmux::RejectReason::Malformed);
    }
    constexpr std::int64_t kLatestMs = 4'102'444'800'000;  // 2100-01-01
    if (!std::isfinite(*price) || !std::isfinite(*size) || *time_ms < 0 || *time_ms > kLatestMs) {
      return batch.Reject(feedmux::RejectReason::OutOfRange);
    }
    const feedmux::SymbolId id = Intern(symbol);
    if (id == feedmux::kNoSymbol) return batch.Reject(feedmux::RejectReason::TooManySymbols);
    feedmux::Tick& tick = batch.Add(feedmux::Kind::Trade);
    tick.symbol = id;
    tick.price = *price;
    tick.size = *size;
    tick.ts_event_ns = *time_ms * 1'000'000;
    tick.raw_data = line.data();  // the vendor's own bytes, which are in the frame
    tick.raw_size = static_cast<std::uint32_t>(line.size());
  }

  static std::string_view NextWord(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    return word;
  }

  template <typename T>
  static std::optional<T> Number(std::string_view word) {
    T value;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return value;
  }

  // Symbols::Intern locks, so it is asked once a symbol.
  feedmux::SymbolId Intern(std::string_view symbol) {
    const auto known = ids_.find(symbol);
    if (known != ids_.end()) return known->second;
    const feedmux::SymbolId id = host_.symbols().Intern(symbol);
    ids_.emplace(symbol, id);
    return id;
  }

  void Lose(feedmux::FeedErrorKind kind, const char* why) { lost_.emplace(kind, why); }

  feedmux::Host& host_;
  const Settings& settings_;

  std::mutex mutex_;
  std::string requests_;  // guarded by mutex_

  // Only Run's thread:
  bool logged_in_ = false;
  std::string out_;
  std::string rest_;
  std::optional<feedmux::FeedError> lost_;
  std::map<std::string, feedmux::SymbolId, std::less<>> ids_;
};

class LinesSource final : public feedmux::Source {
 public:
  LinesSource(feedmux::Host& host, const feedmux::Options& options)
      : host_(host), settings_(ReadSettings(options)) {}

  std::unique_ptr<feedmux::Connection> NewConnection(const feedmux::ConnectionSpec& spec) override {
    return std::make_unique<LinesConnection>(host_, settings_, spec);
  }

 private:
  feedmux::Host& host_;
  const Settings settings_;
};

}  // namespace tcp_lines
