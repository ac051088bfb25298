#include "universe_redis/json_symbols.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>  // invalid_argument

#include "universe/check_text.hpp"
#include "universe/symbol_list.hpp"

namespace feedmux::universe_redis {
namespace {

using nlohmann::json;
using universe::Quoted;

constexpr const char* kForms =
    R"(expected JSON of symbols: ["AAPL"], {"symbols": ["AAPL"]} or {"stocks": [{"ticker": "AAPL"}]})";

/// What stands there, for messages; a text is no longer than Quoted makes it.
std::string Described(const json& value) {
  if (value.is_string()) return Quoted(value.get_ref<const std::string&>());
  if (value.is_structured()) return value.is_array() ? "an array" : "an object";
  return value.dump();
}

json Parsed(std::string_view text) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    throw std::invalid_argument(std::string{kForms} + ", found " + Quoted(text) +
                                ", which is no JSON from byte " + std::to_string(error.byte) +
                                " on");
  }
}

const std::string* SymbolIn(const json& item) {
  if (item.is_string()) return item.get_ptr<const std::string*>();
  if (!item.is_object()) return nullptr;
  for (const char* name : {"ticker", "symbol"}) {
    const auto found = item.find(name);
    if (found != item.end() && found->is_string()) return found->get_ptr<const std::string*>();
  }
  return nullptr;
}

std::vector<std::string> ReadArray(const json& array, const std::string& name) {
  universe::SymbolList list;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const auto fail = [&](const std::string& problem) {
      throw std::invalid_argument(name + '[' + std::to_string(i) + "]: " + problem);
    };
    const std::string* const symbol = SymbolIn(array[i]);
    if (!symbol) {
      fail("expected a symbol or an object with its \"ticker\", found " + Described(array[i]));
    }
    if (const auto problem = list.Add(*symbol); !problem.empty()) fail(problem);
  }
  return std::move(list).Take();
}

}  // namespace

std::vector<std::string> ReadJsonSymbols(std::string_view text) {
  const json root = Parsed(text);
  if (root.is_array()) return ReadArray(root, "");
  if (root.is_object()) {
    for (const char* name : {"symbols", "stocks"}) {
      const auto found = root.find(name);
      if (found != root.end() && found->is_array()) return ReadArray(*found, name);
    }
    throw std::invalid_argument(std::string{kForms} +
                                R"(, found an object without an array "symbols" or "stocks")");
  }
  throw std::invalid_argument(std::string{kForms} + ", found " + Described(root));
}

}  // namespace feedmux::universe_redis
