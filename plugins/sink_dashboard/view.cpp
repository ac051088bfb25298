#include "sink_dashboard/view.hpp"

#include <stdexcept>  // invalid_argument

#include <nlohmann/json.hpp>

#include "sink_dashboard/json.hpp"

namespace feedmux::dashboard {
namespace {

std::unordered_set<std::string> ReadTexts(const Json& data, const char* key, std::size_t most) {
  std::unordered_set<std::string> texts;
  const auto found = data.find(key);
  if (found == data.end() || found->is_null()) return texts;
  const std::string name{key};
  if (!found->is_array() || found->size() > most) {
    throw std::invalid_argument(name + " must be a list of at most " + std::to_string(most) +
                                " texts");
  }
  for (const Json& text : *found) {
    if (!text.is_string()) {
      throw std::invalid_argument(name + " has a " + text.type_name() + "; it must hold texts");
    }
    const auto& value = text.get_ref<const std::string&>();
    if (value.size() > View::kMostTextBytes) {
      throw std::invalid_argument(name + " has a text of " + std::to_string(value.size()) +
                                  " bytes; at most " + std::to_string(View::kMostTextBytes) +
                                  " are allowed");
    }
    texts.insert(value);
  }
  return texts;
}

std::string KindNames() {
  std::string names;
  for (const auto name : kKindNames) names += (names.empty() ? "" : ", ") + std::string{name};
  return names;
}

KindMask ReadKinds(const Json& data) {
  KindMask kinds = 0;
  for (const std::string& name : ReadTexts(data, "kinds", kKindCount)) {
    const auto kind = KindFromName(name);
    if (!kind) throw std::invalid_argument("'" + name + "' is no kind; there are " + KindNames());
    kinds |= MaskOf(*kind);
  }
  return kinds == 0 ? kAllKinds : kinds;
}

}  // namespace

View ReadView(const Json& data) {
  if (!data.is_object()) throw std::invalid_argument("a view's data must be an object");
  View view;
  view.connections = ReadTexts(data, "connections", View::kMostConnections);
  view.symbols = ReadTexts(data, "symbols", View::kMostSymbols);
  view.kinds = ReadKinds(data);
  if (const auto ticks = data.find("ticks"); ticks != data.end()) {
    if (!ticks->is_boolean()) throw std::invalid_argument("ticks must be true or false");
    view.ticks = ticks->get<bool>();
  }
  return view;
}

}  // namespace feedmux::dashboard
