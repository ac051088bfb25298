#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::dashboard {

/// The address in the one form that it is compared and written down in: an IPv4 one that is written
/// as IPv6 as IPv4, without the zone of a link-local one. Nothing if it is none.
std::optional<std::string> PlainAddress(std::string_view address);

/// Who asks: the peer, or who a trusted proxy says that it asks for. That is the last entry of
/// X-Forwarded-For that is no trusted proxy itself; what stands before it anybody may have made up.
/// The peer if there is none, or if the header is malformed where it is read.
std::string ClientAddress(const std::string& peer, std::string_view forwarded_for,
                          const std::vector<std::string>& trusted_proxies);

/// What has one owner and is to be held up as one: an IPv4 address, or the /64 of an IPv6 one.
std::string NetworkOf(const std::string& address);

}  // namespace feedmux::dashboard
