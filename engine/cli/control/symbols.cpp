#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>  // stdout, stderr

#include "cli/control/answers.hpp"
#include "cli/control/ask.hpp"
#include "cli/control/text.hpp"
#include "cli/exit_code.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

/// "added 2: AAPL, MSFT", or nothing if there are none. True if there were some.
bool PrintSome(std::FILE* out, const Json& result, const char* key, const char* what) {
  const auto tickers = result.value(key, std::vector<std::string>{});
  if (tickers.empty()) return false;
  fmt::print(out, "{} {}: {}\n", what, Grouped(tickers.size()),
             Printable(fmt::format("{}", fmt::join(tickers, ", "))));
  return true;
}

nlohmann::json ArgumentsOf(const SymbolsOptions& options) {
  return {{"tickers", options.tickers}, {"source", options.source}};
}

}  // namespace

int Subscribe(const SymbolsOptions& options) {
  const Json result = Ask(options, "subscribe", ArgumentsOf(options));
  if (options.json) {
    PrintJson(result);
    return result["no_room"].empty() ? exit_code::kOk : exit_code::kRuntime;
  }
  PrintSome(stdout, result, "added", "added");
  PrintSome(stdout, result, "already", "there already");
  const bool no_room =
      PrintSome(stderr, result, "no_room", "no room on any connection (max_symbols) for");
  return no_room ? exit_code::kRuntime : exit_code::kOk;
}

int Unsubscribe(const SymbolsOptions& options) {
  const Json result = Ask(options, "unsubscribe", ArgumentsOf(options));
  if (options.json) {
    PrintJson(result);
    return result["not_found"].empty() ? exit_code::kOk : exit_code::kRuntime;
  }
  PrintSome(stdout, result, "removed", "removed");
  return PrintSome(stderr, result, "not_found", "not found") ? exit_code::kRuntime : exit_code::kOk;
}

int Where(const SymbolsOptions& options) {
  const std::string& ticker = options.tickers.front();
  const Json connection = Ask(options, "where", {{"ticker", ticker}});
  if (options.json) {
    PrintJson(connection);
  } else if (connection.is_string()) {
    fmt::print("{}\n", Printable(connection.get<std::string>()));
  } else {
    fmt::print(stderr, "no connection carries {}\n", Printable(ticker));
  }
  return connection.is_string() ? exit_code::kOk : exit_code::kRuntime;
}

int Tickers(const ConnectionOptions& options) {
  nlohmann::json arguments = nlohmann::json::object();
  if (!options.connection.empty()) arguments["connection"] = options.connection;
  const Json result = Ask(options, "tickers", arguments);
  if (options.json) {
    PrintJson(result);
  } else if (options.connection.empty()) {
    fmt::print("{}", TickersText(result));
  } else {
    for (const Json& ticker : result) fmt::print("{}\n", Printable(ticker.get<std::string>()));
  }
  return exit_code::kOk;
}

}  // namespace feedmux
