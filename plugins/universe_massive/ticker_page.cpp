#include "universe_massive/ticker_page.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>  // invalid_argument

#include "universe/check_text.hpp"

namespace feedmux::universe_massive {
namespace {

using nlohmann::json;
using universe::Quoted;

std::string TextOf(const json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// In the list of tickers a pair is X:BTCUSD, in the streams BTC-USD; only its two currencies tell
/// where the one ends and the other begins.
std::string PairOf(const json& result, char separator) {
  const std::string base = TextOf(result, "base_currency_symbol");
  const std::string quoted = TextOf(result, "currency_symbol");
  return base.empty() || quoted.empty() ? std::string{} : base + separator + quoted;
}

std::string SymbolOf(const json& result, std::string_view market) {
  if (market == "fx") return PairOf(result, '/');
  if (market == "crypto") return PairOf(result, '-');
  return TextOf(result, "ticker");
}

json Parsed(std::string_view body) {
  try {
    return json::parse(body);
  } catch (const json::parse_error& error) {
    throw std::invalid_argument("the answer is no JSON from byte " + std::to_string(error.byte) +
                                " on; it begins with " + Quoted(body));
  }
}

}  // namespace

TickerPage ParsePage(std::string_view body, std::string_view market) {
  const json root = Parsed(body);
  const auto results = root.is_object() ? root.find("results") : root.end();
  const bool is_list = root.is_object() && results != root.end() && results->is_array();
  const bool is_empty_list =
      root.is_object() && results == root.end() && TextOf(root, "status") == "OK";
  if (!is_list && !is_empty_list) {
    throw std::invalid_argument("expected an object with an array \"results\", found " +
                                Quoted(body));
  }
  TickerPage page;
  page.next_url = TextOf(root, "next_url");
  if (is_empty_list) return page;
  for (const json& result : *results) {
    std::string symbol = SymbolOf(result, market);
    const std::string problem = universe::SymbolProblem(symbol);
    if (problem.empty()) {
      page.symbols.push_back(std::move(symbol));
    } else if (page.unusable++ == 0) {
      page.first_unusable =
          problem + " in " + Quoted(result.dump(-1, ' ', true, json::error_handler_t::replace));
    }
  }
  return page;
}

std::string ServerMessage(std::string_view body) {
  const json root = json::parse(body, nullptr, false);
  for (const char* name : {"message", "error"}) {
    if (std::string text = TextOf(root, name); !text.empty()) return text;
  }
  return {};
}

}  // namespace feedmux::universe_massive
