// Any text as what a client sends in its request line and headers: it is taken apart or refused,
// and what was taken apart finds its route or none.
#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <cstdlib>      // abort
#include <string>       // string
#include <string_view>  // string_view

#include "sink_dashboard/client_address.hpp"
#include "sink_dashboard/match_path.hpp"
#include "sink_dashboard/request_parts.hpp"

using feedmux::dashboard::BearerToken;
using feedmux::dashboard::ClientAddress;
using feedmux::dashboard::CookieValue;
using feedmux::dashboard::HostName;
using feedmux::dashboard::IsSameOrigin;
using feedmux::dashboard::MatchPath;
using feedmux::dashboard::ParseTarget;
using feedmux::dashboard::PlainAddress;

namespace {

constexpr std::string_view kPatterns[] = {"/", "/assets/*", "/api/admin/symbols/{symbol}",
                                          "/api/admin/connections/{connection_id}/tickers"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto target = ParseTarget(text)) {
    for (const std::string& segment : target->segments) {
      if (segment.find('\0') != std::string::npos) std::abort();
    }
    for (const auto pattern : kPatterns) MatchPath(pattern, target->segments);
  }
  const auto cookie = CookieValue(text, "feedmux_session");
  if (cookie.find(';') != std::string_view::npos) std::abort();
  BearerToken(text);
  if (!PlainAddress(ClientAddress("127.0.0.1", text, {"127.0.0.1", "10.0.0.1"}))) std::abort();
  const std::string host = HostName(text);
  if (IsSameOrigin("http://" + std::string{text}, text, false) != !text.empty()) std::abort();
  if (IsSameOrigin("http://" + std::string{text}, text, true)) std::abort();
  return host.size() > size ? 1 : 0;
}
