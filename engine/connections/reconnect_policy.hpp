#pragma once

#include <chrono>  // milliseconds

namespace feedmux {

/// When a lost connection is tried again.
struct ReconnectPolicy {
  std::chrono::milliseconds first = std::chrono::milliseconds{500};
  std::chrono::milliseconds max = std::chrono::seconds{30};
  /// A session that streamed this long ends the backoff; being let in does not, because a vendor
  /// that evicts lets everybody in first.
  std::chrono::milliseconds healthy_after = std::chrono::seconds{10};
  std::chrono::milliseconds auth_refused = std::chrono::seconds{60};
  std::chrono::milliseconds evicted = std::chrono::minutes{5};
};

}  // namespace feedmux
