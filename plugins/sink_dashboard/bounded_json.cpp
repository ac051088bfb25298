#include "sink_dashboard/bounded_json.hpp"

#include <nlohmann/json.hpp>

#include "sink_dashboard/json.hpp"

namespace feedmux::dashboard {
namespace {

constexpr int kMostDepth = 16;

}  // namespace

Json ParseObject(const std::string& text) {
  bool is_too_deep = false;
  const auto watch_depth = [&](int depth, Json::parse_event_t, Json&) {
    is_too_deep = is_too_deep || depth > kMostDepth;
    return depth <= kMostDepth;
  };
  Json json = Json::parse(text, watch_depth, false);
  if (is_too_deep || !json.is_object()) return Json(Json::value_t::discarded);
  return json;
}

}  // namespace feedmux::dashboard
