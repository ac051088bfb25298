#pragma once

#include <chrono>    // milliseconds
#include <optional>  // optional

namespace feedmux {

/// When a lost connection is tried again.
struct ReconnectPolicy {
  std::chrono::milliseconds first = std::chrono::milliseconds{500};
  std::chrono::milliseconds max = std::chrono::seconds{30};
  /// A session that streamed this long ends the backoff, and its tickers come home; being let in
  /// does not, because a vendor that evicts lets everybody in first.
  std::chrono::milliseconds healthy_after = std::chrono::seconds{10};
  std::chrono::milliseconds auth_refused = std::chrono::seconds{60};
  /// Doubled at each further eviction, up to evicted_max.
  std::chrono::milliseconds evicted = std::chrono::minutes{5};
  std::chrono::milliseconds evicted_max = std::chrono::hours{1};
};

/// How the tickers of a source change connections.
struct FailoverPolicy {
  /// A connection that is down for longer gives its tickers to the others; nothing: never.
  std::optional<std::chrono::milliseconds> after = std::chrono::seconds{5};
  /// A subscription that the vendor has not confirmed by then is taken for confirmed.
  std::chrono::milliseconds confirm_timeout = std::chrono::seconds{15};
  /// A ticker that is quiet on both connections is let go by the former one after this.
  std::chrono::milliseconds quiet_handover = std::chrono::seconds{3};
  /// A move that cannot be finished by then is given up where the new connection stays mute.
  std::chrono::milliseconds handover_timeout = std::chrono::seconds{20};
  /// How long after a move late ticks of the former connection are still expected.
  std::chrono::milliseconds linger = std::chrono::seconds{5};
  /// One that sends for longer ignores that it was let go; the ticker may move again meanwhile.
  std::chrono::milliseconds linger_max = std::chrono::minutes{1};
  /// A move that was given up is tried again after this.
  std::chrono::milliseconds retry_home = std::chrono::minutes{5};
};

}  // namespace feedmux
