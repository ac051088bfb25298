#include "control/arguments.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>  // any_of, find

#include "config/shown.hpp"
#include "control/protocol.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kLongestTicker = 64;

[[noreturn]] void Expected(const char* name, std::string_view what) {
  throw BadRequest(fmt::format("{}: expected {}", name, what));
}

std::string CheckedTicker(const char* name, const nlohmann::json& value) {
  if (!value.is_string()) Expected(name, "a symbol");
  std::string ticker = value.get<std::string>();
  const bool is_odd = std::any_of(ticker.begin(), ticker.end(),
                                  [](unsigned char c) { return c <= ' ' || c == 0x7f; });
  if (ticker.empty() || ticker.size() > kLongestTicker || is_odd) {
    Expected(name, fmt::format("a symbol of 1 to {} bytes without blanks, found {}", kLongestTicker,
                               Shown(ticker)));
  }
  return ticker;
}

}  // namespace

const nlohmann::json* Arguments::Find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

std::string Arguments::Text(const char* name) const {
  const nlohmann::json* value = Find(name);
  if (!value || !value->is_string() || value->get_ref<const std::string&>().empty()) {
    Expected(name, "text");
  }
  return value->get<std::string>();
}

std::string Arguments::TextOr(const char* name, std::string otherwise) const {
  const nlohmann::json* value = Find(name);
  if (!value) return otherwise;
  if (!value->is_string()) Expected(name, "text");
  return value->get<std::string>();
}

bool Arguments::FlagOr(const char* name, bool otherwise) const {
  const nlohmann::json* value = Find(name);
  if (!value) return otherwise;
  if (!value->is_boolean()) Expected(name, "true or false");
  return value->get<bool>();
}

std::string Arguments::Ticker(const char* name) const {
  const nlohmann::json* value = Find(name);
  if (!value) Expected(name, "a symbol");
  return CheckedTicker(name, *value);
}

std::vector<std::string> Arguments::Tickers(const char* name) const {
  const nlohmann::json* value = Find(name);
  if (!value || !value->is_array() || value->empty()) Expected(name, "a list of symbols");
  std::vector<std::string> tickers;
  for (const nlohmann::json& item : *value) tickers.push_back(CheckedTicker(name, item));
  return tickers;
}

std::vector<std::string> Arguments::Texts(const char* name) const {
  const nlohmann::json* value = Find(name);
  if (!value) return {};
  if (!value->is_array()) Expected(name, "a list of text");
  std::vector<std::string> texts;
  for (const nlohmann::json& item : *value) {
    if (!item.is_string()) Expected(name, "a list of text");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

void Arguments::RejectAllBut(const std::vector<std::string_view>& names) const {
  for (const auto& [name, value] : object_.items()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string valid = names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
    throw BadRequest(fmt::format("unknown argument {} (valid: {})", Shown(name), valid));
  }
}

}  // namespace feedmux
