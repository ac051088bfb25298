#pragma once

#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <optional>     // optional
#include <span>         // span
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::massive {

/// What we say to the vendor. Text frames, one JSON object each.

/// Holds the key: never log it.
std::string AuthMessage(std::string_view api_key);

/// The vendor refuses messages of 1 MB and more.
inline constexpr std::size_t kMaxMessageBytes = 256 * 1024;

/// Subscribes to every channel of every ticker ("T.AAPL,Q.AAPL,T.MSFT,..."), in as few messages of
/// at most `max_bytes` as it takes; none if there is nothing to subscribe to. A single parameter
/// that is longer gets a message of its own.
std::vector<std::string> SubscribeMessages(std::span<const std::string> channels,
                                           std::span<const std::string> tickers,
                                           std::size_t max_bytes = kMaxMessageBytes);
std::vector<std::string> UnsubscribeMessages(std::span<const std::string> channels,
                                             std::span<const std::string> tickers,
                                             std::size_t max_bytes = kMaxMessageBytes);

/// What the vendor says about the session rather than the market ("ev":"status"). Absent fields are
/// empty. The texts are the sender's, valid as long as it says.
struct StatusMessage {
  std::string_view status;
  std::string_view message;
};

enum class Status : std::uint8_t {
  Connected,    ///< the first message of a session
  AuthSuccess,  ///< the key was accepted
  AuthFailed,   ///< the key was refused, or its plan lacks this market: the message tells
  AuthTimeout,
  AuthRequired,
  Success,         ///< a subscription was accepted or ended: see ParseAck
  Error,           ///< a subscription was refused; the message names none
  MaxConnections,  ///< evicted: the account has too many connections
  SlowConsumer,
  ForceDisconnect,
  Other,  ///< anything that is not known today
};

/// The name of a status as the vendor spells it; "other" for Status::Other.
std::string_view Name(Status status);

/// Older servers answer everything with "success"; the message then tells Connected and AuthSuccess
/// from Success.
Status Classify(const StatusMessage& message);

/// The answer to one parameter of a subscribe or unsubscribe message.
struct Ack {
  bool subscribed = false;  ///< false: unsubscribed
  std::string_view param;   ///< "T.AAPL"; points into the message
};

/// Nothing if the message is no acknowledgement.
std::optional<Ack> ParseAck(const StatusMessage& message);

}  // namespace feedmux::massive
