#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux {

/// Finds the symbols behind a key such as "market_leaders:top_500". The constructor checks options
/// and does nothing else. Thread: one call at a time.
class UniverseResolver {
 public:
  virtual ~UniverseResolver() = default;

  /// The key's symbols in the universe's own order; nothing if this resolver does not know the key.
  /// May block. Throws std::exception if it cannot tell (file unreadable, server away).
  virtual std::optional<std::vector<std::string>> Resolve(std::string_view key) = 0;

  /// The keys it knows, for hints and lists; may be incomplete. May block, may throw.
  virtual std::vector<std::string> Keys() = 0;

  /// True if Resolve needs no network, so that `feedmux check` may call it.
  virtual bool ResolvesOffline() const { return false; }
};

}  // namespace feedmux
