#pragma once

#include <cstddef>      // size_t
#include <stdexcept>    // runtime_error, invalid_argument
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // forward, move
#include <vector>       // vector

namespace feedmux {

/// Why a connection was lost; the engine's answer depends on it.
enum class FeedErrorKind {
  Network,   ///< refused, reset, timed out, closed: tried again with backoff
  Auth,      ///< the vendor refuses the key: tried again once a minute at most
  Evicted,   ///< the vendor's connection limit: held off long, the slot is not fought for
  Protocol,  ///< the peer does not speak as it should: tried again with backoff
};

constexpr std::string_view Name(FeedErrorKind kind) {
  switch (kind) {
    case FeedErrorKind::Network:
      return "network";
    case FeedErrorKind::Auth:
      return "auth";
    case FeedErrorKind::Evicted:
      return "evicted";
    case FeedErrorKind::Protocol:
      return "protocol";
  }
  return "unknown";
}

/// Thrown by Connection::Run when the feed is lost.
class FeedError : public std::runtime_error {
 public:
  FeedError(FeedErrorKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  FeedErrorKind kind() const { return kind_; }

 private:
  FeedErrorKind kind_;
};

/// Thrown by Sink::Start and Sink::OnTicks when the consumer cannot be reached or refuses for now.
/// The engine keeps the ticks from `delivered` on, backs off and calls again with them first.
class SinkUnavailable : public std::runtime_error {
 public:
  explicit SinkUnavailable(const std::string& what, std::size_t delivered = 0)
      : std::runtime_error(what), delivered_(delivered) {}

  /// How many ticks, from the front of the span, need not be offered again.
  std::size_t delivered() const { return delivered_; }

 private:
  std::size_t delivered_;
};

/// Thrown by a plugin's constructor for an option value that its table could not rule out. The
/// engine adds file, line and path.
class OptionError : public std::invalid_argument {
 public:
  /// `expected` says what would be valid: "ws:// or wss:// and a host".
  OptionError(std::string option, const std::string& expected)
      : std::invalid_argument(expected), option_(std::move(option)) {}

  const std::string& option() const { return option_; }

  /// What else is wrong, where it was found in the same go (see OptionErrors).
  const std::vector<OptionError>& others() const { return others_; }

 private:
  friend class OptionErrors;

  std::string option_;
  std::vector<OptionError> others_;
};

/// For constructors that check several options, so that an operator hears of all that is wrong at
/// once:
///     OptionErrors errors;
///     errors.Collect([&] { url_ = ParseUrl(options.String("url")); });
///     errors.Collect([&] { channels_ = ReadChannels(options); });
///     errors.ThrowIfAny();
class OptionErrors {
 public:
  /// Calls `check`, and keeps the OptionError that it may throw.
  template <typename F>
  void Collect(F&& check) {
    try {
      std::forward<F>(check)();
    } catch (const OptionError& error) {
      errors_.push_back(error);
    }
  }

  /// Throws the first, which has the others with it.
  void ThrowIfAny() const {
    if (errors_.empty()) return;
    OptionError first = errors_.front();
    first.others_.insert(first.others_.end(), errors_.begin() + 1, errors_.end());
    throw first;
  }

 private:
  std::vector<OptionError> errors_;
};

}  // namespace feedmux
