#include "redis/endpoint.hpp"

#include <fmt/format.h>

#include <charconv>      // from_chars
#include <limits>        // numeric_limits
#include <optional>      // optional
#include <system_error>  // errc

#include "feedmux/errors.hpp"

namespace feedmux::redis {
namespace {

constexpr const char* kForms =
    "redis://[user:password@]host[:port][/database] or unix://[user:password@]/path[?db=N]";

OptionError Invalid(std::string_view why) {
  return {"url", why.empty() ? kForms : fmt::format("{} ({})", kForms, why)};
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<int> ToNumber(std::string_view text, int max) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number < 0 || number > max) return std::nullopt;
  return number;
}

std::string PercentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned byte = 0;
    const char* const digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) {
      throw Invalid("a % in user or password is followed by two hexadecimal digits: %40 for @");
    }
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

/// Takes "user:password@" off the front of `rest`, which must end where the path begins.
void TakeUser(std::string_view& rest, std::string_view authority, Endpoint& endpoint) {
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return;
  const auto user = authority.substr(0, at);
  const auto colon = user.find(':');
  if (colon == std::string_view::npos) throw Invalid("before the @ stands user:password");
  endpoint.username = PercentDecoded(user.substr(0, colon));
  endpoint.password = PercentDecoded(user.substr(colon + 1));
  if (endpoint.password.empty()) throw Invalid("the password is empty");
  rest.remove_prefix(at + 1);
}

void SetDatabase(std::string_view text, Endpoint& endpoint) {
  const auto database = ToNumber(text, std::numeric_limits<int>::max());
  if (!database) throw Invalid("the database is a number");
  endpoint.database = *database;
}

void ParseHostAndPort(std::string_view text, Endpoint& endpoint) {
  std::string_view port;
  if (TakePrefix(text, "[")) {
    const auto bracket = text.find(']');
    if (bracket == std::string_view::npos) throw Invalid("there is a [ without its ]");
    endpoint.host = text.substr(0, bracket);
    port = text.substr(bracket + 1);
    if (!port.empty() && !TakePrefix(port, ":")) throw Invalid("after the ] comes :port");
  } else {
    const auto colon = text.find(':');
    endpoint.host = text.substr(0, colon);
    if (colon != std::string_view::npos) {
      port = text.substr(colon + 1);
      if (port.empty()) throw Invalid("the port is 1-65535");
    }
  }
  if (endpoint.host.empty()) throw Invalid("there is no host");
  if (port.empty()) return;
  endpoint.port = ToNumber(port, 65535).value_or(0);
  if (endpoint.port == 0) throw Invalid("the port is 1-65535");
}

}  // namespace

std::string Endpoint::Display() const {
  if (!unix_socket.empty()) {
    return fmt::format("unix://{}{}", unix_socket,
                       database == 0 ? "" : fmt::format("?db={}", database));
  }
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return fmt::format("redis://{}:{}{}", is_ipv6 ? "[" + host + "]" : host, port,
                     database == 0 ? "" : fmt::format("/{}", database));
}

Endpoint ParseUrl(std::string_view url) {
  Endpoint endpoint;
  if (TakePrefix(url, "rediss://")) {
    throw Invalid("rediss://, that is TLS, is not offered; a TLS tunnel such as stunnel helps");
  }
  if (TakePrefix(url, "unix://")) {
    const auto query = url.find('?');
    auto path = url.substr(0, query);
    // A password may hold a slash only in its encoded form, so the path begins at the first one.
    TakeUser(path, path.substr(0, path.find('/')), endpoint);
    if (path.empty() || path.front() != '/') throw Invalid("the path begins with /");
    endpoint.unix_socket = path;
    if (query != std::string_view::npos) {
      auto database = url.substr(query + 1);
      if (!TakePrefix(database, "db=")) throw Invalid("after the ? comes db=N");
      SetDatabase(database, endpoint);
    }
    return endpoint;
  }
  if (!TakePrefix(url, "redis://")) throw Invalid("");
  const auto slash = url.find('/');
  auto authority = url.substr(0, slash);
  TakeUser(authority, authority, endpoint);
  ParseHostAndPort(authority, endpoint);
  if (slash != std::string_view::npos && slash + 1 < url.size()) {
    SetDatabase(url.substr(slash + 1), endpoint);
  }
  return endpoint;
}

}  // namespace feedmux::redis
