#include "net/url.hpp"

#include <algorithm>  // any_of, all_of
#include <charconv>   // from_chars

namespace feedmux::net {
namespace {

constexpr std::uint16_t kPlainPort = 80;
constexpr std::uint16_t kSecurePort = 443;

std::string Lower(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsHostName(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

bool IsIpv6Text(std::string_view host) {
  return host.find(':') != std::string_view::npos &&
         host.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

bool ParsePort(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

}  // namespace

std::string Url::HostAndPort() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

std::string Url::ForPeople() const {
  return scheme + "://" + HostAndPort() + resource.substr(0, resource.find('?'));
}

bool ParseUrl(std::string_view text, const Schemes& schemes, Url& url, std::string& expected) {
  url = {};
  expected = std::string{schemes.plain} + ":// or " + std::string{schemes.secure} +
             ":// and a host, such as " + std::string{schemes.example};
  const bool has_space =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; });
  if (has_space) {
    expected += ", without spaces";
    return false;
  }
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return false;
  url.scheme = Lower(text.substr(0, scheme_end));
  if (url.scheme != schemes.plain && url.scheme != schemes.secure) return false;
  url.secure = url.scheme == schemes.secure;

  std::string_view rest = text.substr(scheme_end + 3);
  if (rest.find('#') != std::string_view::npos) {
    expected = "a URL without a fragment (#)";
    return false;
  }
  const auto authority_end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, authority_end);
  url.resource = rest.substr(authority_end);
  if (url.resource.empty() || url.resource.front() == '?') url.resource.insert(0, 1, '/');
  if (authority.find('@') != std::string_view::npos) {
    expected = "a URL without user name and password";
    return false;
  }

  std::string_view port;
  if (!authority.empty() && authority.front() == '[') {
    const auto bracket = authority.find(']');
    if (bracket == std::string_view::npos) return false;
    url.host = Lower(authority.substr(1, bracket - 1));
    port = authority.substr(bracket + 1);
    if (!IsIpv6Text(url.host)) return false;
  } else {
    const auto colon = std::min(authority.find(':'), authority.size());
    url.host = Lower(authority.substr(0, colon));
    port = authority.substr(colon);
    if (!IsHostName(url.host)) return false;
  }
  if (port.empty()) {
    url.port = url.secure ? kSecurePort : kPlainPort;
  } else if (port.front() != ':' || !ParsePort(port.substr(1), url.port)) {
    expected = "a port of 1-65535 behind the host";
    return false;
  }
  expected.clear();
  return true;
}

}  // namespace feedmux::net
