#include "universe_massive/ticker_query.hpp"

#include <fmt/format.h>

#include <algorithm>  // all_of, count, find
#include <stdexcept>  // invalid_argument

#include "universe/check_text.hpp"

namespace feedmux::universe_massive {
namespace {

using universe::Quoted;

constexpr std::string_view kAny = "*";
constexpr std::size_t kLongestCode = 20;

/// Takes what stands before the next slash off the front.
std::string_view TakePart(std::string_view& rest) {
  const auto slash = rest.find('/');
  const auto part = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return part;
}

/// A type or an exchange; empty for any.
std::string ReadCode(std::string_view part, std::string_view what, std::string_view examples) {
  if (part == kAny) return {};
  const bool is_code = !part.empty() && part.size() <= kLongestCode &&
                       std::all_of(part.begin(), part.end(), [](char c) {
                         return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                       });
  if (is_code) return std::string{part};
  throw std::invalid_argument(fmt::format(
      "expected {} in capital letters, such as {}, or *; found {}", what, examples, Quoted(part)));
}

}  // namespace

std::string TickerQuery::Text() const {
  if (!exchange.empty())
    return fmt::format("{}/{}/{}", market, type.empty() ? kAny : type, exchange);
  return type.empty() ? market : fmt::format("{}/{}", market, type);
}

std::string TickerQuery::Target() const {
  std::string target = "/v3/reference/tickers?market=" + market + "&active=true";
  if (!type.empty()) target += "&type=" + type;
  if (!exchange.empty()) target += "&exchange=" + exchange;
  return target + "&order=asc&sort=ticker&limit=1000";
}

std::string TickerQuery::FileStem() const {
  std::string stem = market;
  if (!type.empty() || !exchange.empty()) stem += '-' + (type.empty() ? "any" : type);
  if (!exchange.empty()) stem += '-' + exchange;
  return stem;
}

TickerQuery ParseQuery(std::string_view text) {
  TickerQuery query;
  std::string_view rest = text;
  query.market = TakePart(rest);
  if (std::find(kMarkets.begin(), kMarkets.end(), query.market) == kMarkets.end()) {
    throw std::invalid_argument(
        fmt::format("expected market[/type[/exchange]] with a market of {}; found {}",
                    fmt::join(kMarkets, ", "), Quoted(text)));
  }
  if (text.find('/') == std::string_view::npos) return query;
  query.type = ReadCode(TakePart(rest), "a type", "CS, ETF or ADRC");
  if (std::count(text.begin(), text.end(), '/') == 1) return query;
  query.exchange = ReadCode(rest, "the code of an exchange", "XNYS or XNAS");
  return query;
}

}  // namespace feedmux::universe_massive
