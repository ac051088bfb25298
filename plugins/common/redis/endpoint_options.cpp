#include "redis/endpoint_options.hpp"

#include "feedmux/errors.hpp"

namespace feedmux::redis {

Endpoint ReadEndpoint(const Options& options) {
  Endpoint endpoint = ParseUrl(options.String("url"));
  if (options.Has("unix_socket")) endpoint.unix_socket = options.String("unix_socket");
  if (options.Has("username")) endpoint.username = options.String("username");
  if (options.Has("password")) endpoint.password = options.String("password");
  if (options.Has("database")) endpoint.database = static_cast<int>(options.Integer("database"));
  if (!endpoint.username.empty() && endpoint.password.empty()) {
    throw OptionError("password", "a password, because there is a username");
  }
  return endpoint;
}

}  // namespace feedmux::redis
