#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/universe.hpp"
#include "redis/connect.hpp"
#include "universe_redis/key_template.hpp"
#include "universe_redis/redis_session.hpp"

namespace feedmux::universe_redis {

/// Resolves a universe's key with a key of Redis: a set (its members sorted, because Redis has no
/// order for them), a list (in its order), or a string of JSON, see ReadJsonSymbols. Asks anew at
/// each call, on a connection of its own.
class RedisResolver final : public UniverseResolver {
 public:
  /// Throws OptionError.
  RedisResolver(Host& host, const Options& options);

  /// Nothing if Redis has no such key. Throws std::exception, which names server and key, if Redis
  /// cannot be asked or the key holds something else.
  std::optional<std::vector<std::string>> Resolve(std::string_view key) override;

  /// Keys of the template's form that seem to hold symbols, sorted; not all of a large database.
  std::vector<std::string> Keys() override;

 private:
  std::optional<std::vector<std::string>> Read(const std::string& redis_key) const;
  std::vector<std::string> Scan(RedisSession& session) const;

  const redis::Endpoint endpoint_;
  const redis::Timeouts timeouts_;
  const KeyTemplate key_template_;
};

}  // namespace feedmux::universe_redis
