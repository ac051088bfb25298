#pragma once

#include <exception>         // exception
#include <initializer_list>  // initializer_list
#include <string>            // string
#include <string_view>       // string_view
#include <utility>           // pair

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "universe_redis/options.hpp"
#include "universe_redis/redis_resolver.hpp"

namespace feedmux::universe_redis {

using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

/// A resolver with its host.
struct ResolverFixture {
  explicit ResolverFixture(Values values)
      : resolver(host, testing::MakeOptions(kOptions, values)) {}

  /// The text of the error that Resolve ends with; empty if it does not.
  std::string Error(std::string_view key) {
    try {
      resolver.Resolve(key);
    } catch (const std::exception& error) {
      return error.what();
    }
    return {};
  }

  testing::FakeHost host;
  RedisResolver resolver;
};

}  // namespace feedmux::universe_redis
