#include "sink_dashboard/client_address.hpp"

#include <arpa/inet.h>  // inet_pton, inet_ntop

#include <algorithm>  // fill, find
#include <array>      // array
#include <cstring>    // memcpy

#include "sink_dashboard/text.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::size_t kNetworkBytes = 8;  // of an IPv6 address

std::string AddressText(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family, address, text.data(), text.size());
  return text.data();
}

}  // namespace

std::optional<std::string> PlainAddress(std::string_view address) {
  const std::string text{address.substr(0, address.find('%'))};
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return AddressText(AF_INET, &v4);
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return std::nullopt;
  if (!IN6_IS_ADDR_V4MAPPED(&v6)) return AddressText(AF_INET6, &v6);
  std::memcpy(&v4, &v6.s6_addr[12], sizeof v4);
  return AddressText(AF_INET, &v4);
}

std::string ClientAddress(const std::string& peer, std::string_view forwarded_for,
                          const std::vector<std::string>& trusted_proxies) {
  const std::string plain_peer = PlainAddress(peer).value_or(peer);
  const auto is_trusted = [&](const std::string& address) {
    return std::find(trusted_proxies.begin(), trusted_proxies.end(), address) !=
           trusted_proxies.end();
  };
  if (forwarded_for.empty() || !is_trusted(plain_peer)) return plain_peer;
  while (true) {
    const auto comma = forwarded_for.rfind(',');
    const bool is_first = comma == std::string_view::npos;
    const auto client = PlainAddress(Trimmed(forwarded_for.substr(is_first ? 0 : comma + 1)));
    if (!client) return plain_peer;
    if (!is_trusted(*client)) return *client;
    if (is_first) return plain_peer;
    forwarded_for = forwarded_for.substr(0, comma);
  }
}

std::string NetworkOf(const std::string& address) {
  in6_addr v6{};
  if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return address;
  std::fill(v6.s6_addr + kNetworkBytes, v6.s6_addr + sizeof v6, std::uint8_t{0});
  return AddressText(AF_INET6, &v6) + "/64";
}

}  // namespace feedmux::dashboard
