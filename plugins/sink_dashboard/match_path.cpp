#include "sink_dashboard/match_path.hpp"

#include <utility>  // move

namespace feedmux::dashboard {

std::optional<std::vector<std::string>> MatchPath(std::string_view pattern,
                                                  const std::vector<std::string>& segments) {
  std::vector<std::string> captured;
  std::size_t next = 0;
  pattern.remove_prefix(1);
  while (!pattern.empty()) {
    const auto end = pattern.find('/');
    const std::string_view part = pattern.substr(0, end);
    pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end + 1);
    if (next == segments.size()) return std::nullopt;
    if (part == "*") {
      std::string rest;
      for (; next < segments.size(); ++next) rest += (rest.empty() ? "" : "/") + segments[next];
      captured.push_back(std::move(rest));
    } else if (part.starts_with('{')) {
      if (segments[next].empty()) return std::nullopt;
      captured.push_back(segments[next++]);
    } else if (segments[next++] != part) {
      return std::nullopt;
    }
  }
  if (next != segments.size()) return std::nullopt;
  return captured;
}

}  // namespace feedmux::dashboard
