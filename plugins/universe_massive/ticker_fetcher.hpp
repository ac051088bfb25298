#pragma once

#include <chrono>      // milliseconds, steady_clock
#include <functional>  // function
#include <optional>    // optional
#include <stdexcept>   // runtime_error
#include <string>      // string
#include <vector>      // vector

#include "feedmux/host.hpp"
#include "http/get.hpp"
#include "universe_massive/settings.hpp"
#include "universe_massive/ticker_query.hpp"

namespace feedmux::universe_massive {

/// The vendor gave no whole list. The text names the server, and no secret.
class FetchError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Gets lists of tickers from the vendor, page by page. The key travels in a header, and only to
/// the host of base_url.
class TickerFetcher {
 public:
  using Pause = std::function<void(std::chrono::milliseconds)>;

  /// `pause` waits between two attempts. `settings` and `log` outlive the fetcher.
  TickerFetcher(const FetchSettings& settings, Log& log, Pause pause);

  /// All symbols of the query in the vendor's order, each once, at least one. Blocks for
  /// settings.timeout at most. Throws FetchError.
  std::vector<std::string> Fetch(const TickerQuery& query) const;

 private:
  using Clock = std::chrono::steady_clock;

  /// The body of the page, after as many attempts as are allowed.
  std::string GetPage(const net::Url& url, Clock::time_point deadline) const;

  /// How long to wait before attempt number `attempt` + 1. Throws FetchError if that makes no
  /// sense.
  std::chrono::milliseconds WaitAfter(const http::Response& response, int attempt,
                                      Clock::time_point deadline, const std::string& problem) const;

  net::Url NextUrl(const std::string& text) const;
  [[noreturn]] void Fail(const std::string& why) const;

  const FetchSettings& settings_;
  Log& log_;
  const Pause pause_;
};

}  // namespace feedmux::universe_massive
