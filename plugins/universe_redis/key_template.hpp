#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::universe_redis {

/// How universes are called in Redis: "universe:{key}". Braces other than {key}'s are Redis' hash
/// tags and stay.
class KeyTemplate {
 public:
  /// Throws OptionError for the option "key" if {key} is not there exactly once.
  explicit KeyTemplate(std::string_view text);

  std::string RedisKey(std::string_view universe_key) const;

  /// The reverse; nothing for a Redis key that is not of this form.
  std::optional<std::string> UniverseKey(std::string_view redis_key) const;

  /// Matches the Redis keys of this form, as SCAN takes it.
  std::string Pattern() const;

 private:
  std::string before_;
  std::string after_;
};

}  // namespace feedmux::universe_redis
