#include "universe_massive/ticker_fetcher.hpp"

#include <fmt/format.h>

#include <algorithm>  // min
#include <set>        // set
#include <utility>    // move

#include "http/retry_after.hpp"
#include "universe/symbol_list.hpp"
#include "universe_massive/status_text.hpp"
#include "universe_massive/ticker_page.hpp"
#include "universe_massive/without_key.hpp"

namespace feedmux::universe_massive {
namespace {

using std::chrono::milliseconds;

constexpr int kOk = 200;
constexpr milliseconds kFirstWait{1'000};
constexpr int kMostDoublings = 16;

}  // namespace

TickerFetcher::TickerFetcher(const FetchSettings& settings, Log& log, Pause pause)
    : settings_(settings), log_(log), pause_(std::move(pause)) {}

std::vector<std::string> TickerFetcher::Fetch(const TickerQuery& query) const {
  const auto deadline = Clock::now() + settings_.timeout;
  universe::SymbolList list;
  std::size_t unusable = 0;
  std::string first_unusable;

  net::Url url = settings_.base_url;
  url.resource += query.Target();
  std::set<std::string> visited;
  while (true) {
    if (!visited.insert(url.resource).second) Fail("next_url leads back to a page already read");
    if (visited.size() > static_cast<std::size_t>(settings_.max_pages)) {
      Fail(fmt::format("more than {} pages (max_pages)", settings_.max_pages));
    }
    TickerPage page;
    try {
      page = ParsePage(GetPage(url, deadline), query.market);
    } catch (const std::invalid_argument& content) {
      Fail(fmt::format("page {}: {}", visited.size(), content.what()));
    }
    for (const std::string& symbol : page.symbols) list.Add(symbol);
    if (unusable == 0) first_unusable = page.first_unusable;
    unusable += page.unusable;
    if (page.next_url.empty()) break;
    url = NextUrl(page.next_url);
  }
  if (unusable > 0) {
    log_.Warning(fmt::format("{} of the vendor's {} are left out; the first: {}", unusable,
                             query.Text(), WithoutKey(first_unusable, settings_.api_key)));
  }
  if (list.symbols().empty()) Fail("there are no active tickers of " + query.Text());
  return std::move(list).Take();
}

std::string TickerFetcher::GetPage(const net::Url& url, Clock::time_point deadline) const {
  const http::Request request{.url = url,
                              .bearer_token = settings_.api_key,
                              .ca_file = settings_.ca_file,
                              .max_body_bytes = settings_.max_response_bytes,
                              .deadline = deadline};
  for (int attempt = 1;; ++attempt) {
    http::Response response;
    try {
      response = http::Get(request);
    } catch (const http::Error& error) {
      if (Clock::now() < deadline) throw FetchError(error.what());
      throw FetchError(fmt::format("{} (timeout for all pages: {} ms)", error.what(),
                                   settings_.timeout.count()));
    }
    if (response.status == kOk) return std::move(response.body);
    const std::string problem = StatusText(response, settings_.api_key);
    if (!IsTemporary(response.status)) Fail(problem);
    const milliseconds wait = WaitAfter(response, attempt, deadline, problem);
    log_.Debug(fmt::format("{}; asked again in {} ms", problem, wait.count()));
    pause_(wait);
  }
}

milliseconds TickerFetcher::WaitAfter(const http::Response& response, int attempt,
                                      Clock::time_point deadline,
                                      const std::string& problem) const {
  if (attempt > settings_.retries) {
    Fail(attempt == 1 ? problem : fmt::format("{}, at {} attempts", problem, attempt));
  }
  const auto asked = http::ParseRetryAfter(response.retry_after, std::chrono::system_clock::now());
  const milliseconds wait =
      asked ? *asked
            : std::min(kFirstWait * (1 << std::min(attempt - 1, kMostDoublings)),
                       settings_.max_retry_wait);
  if (wait > settings_.max_retry_wait) {
    Fail(
        fmt::format("{}; it asks to wait {} s, more than max_retry_wait", problem, asked->count()));
  }
  if (Clock::now() + wait >= deadline) {
    Fail(fmt::format("{}; there is no time left for another attempt", problem));
  }
  return wait;
}

net::Url TickerFetcher::NextUrl(const std::string& text) const {
  net::Url url;
  std::string expected;
  // The text itself may hold a key in its query.
  if (!ParseHttpUrl(text, url, expected)) Fail("next_url is no URL: expected " + expected);
  const net::Url& base = settings_.base_url;
  if (url.scheme != base.scheme || url.host != base.host || url.port != base.port) {
    Fail(fmt::format("next_url leads to {}://{}, and the key goes to no other server", url.scheme,
                     url.HostAndPort()));
  }
  return url;
}

void TickerFetcher::Fail(const std::string& why) const {
  throw FetchError(settings_.base_url.ForPeople() + ": " + WithoutKey(why, settings_.api_key));
}

}  // namespace feedmux::universe_massive
