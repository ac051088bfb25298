#include "universe_massive/status_text.hpp"

#include <fmt/format.h>

#include <string_view>  // string_view

#include "universe/check_text.hpp"
#include "universe_massive/ticker_page.hpp"
#include "universe_massive/without_key.hpp"

namespace feedmux::universe_massive {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kTooManyRequests = 429;

std::string_view Meaning(int status) {
  if (status == kUnauthorized) return "the api_key is refused";
  if (status == kForbidden) return "the account's plan does not include this";
  if (status == kTooManyRequests) return "too many requests for the account's plan";
  if (IsTemporary(status)) return "the server is in trouble";
  if (status >= 300 && status < 400) return "redirected, which is not followed with a key";
  return "the server does not know this request; is base_url right?";
}

}  // namespace

bool IsTemporary(int status) { return status == kTooManyRequests || status >= 500; }

std::string StatusText(const http::Response& response, const std::string& api_key) {
  std::string text = fmt::format("{} (HTTP {}", Meaning(response.status), response.status);
  if (!response.reason.empty()) text += ' ' + WithoutKey(response.reason, api_key);
  text += ')';
  if (!response.location.empty()) {
    // Without the query, which may hold a secret of the server's.
    const auto location = response.location.substr(0, response.location.find('?'));
    text += ", to " + WithoutKey(location, api_key);
  }
  const std::string message = WithoutKey(ServerMessage(response.body), api_key);
  if (!message.empty()) text += ": " + universe::Quoted(message);
  return text;
}

}  // namespace feedmux::universe_massive
