#include "nearest_keys.hpp"

#include <algorithm>  // min, max, stable_sort
#include <cstddef>    // size_t
#include <numeric>    // iota
#include <utility>    // pair, swap

namespace feedmux::universe_file {

namespace {

constexpr std::size_t kMostShown = 3;

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    current[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = previous[j] + (a[i] == b[j] ? 0 : 1);
      current[j + 1] = std::min({previous[j + 1] + 1, current[j] + 1, replaced});
    }
    std::swap(previous, current);
  }
  return previous.back();
}

}  // namespace

std::vector<std::string> NearestKeys(std::string_view key, const std::vector<std::string>& keys) {
  constexpr std::size_t kLongestCompared = 200;
  key = key.substr(0, kLongestCompared);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string& candidate : keys) {
    const std::size_t distance = EditDistance(key, candidate);
    const bool is_part = !key.empty() && candidate.find(key) != std::string::npos;
    if (is_part || distance <= std::max(key.size(), candidate.size()) / 3 + 1) {
      near.emplace_back(distance, candidate);
    }
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> nearest;
  for (std::size_t i = 0; i < std::min(near.size(), kMostShown); ++i) {
    nearest.emplace_back(near[i].second);
  }
  return nearest;
}

}  // namespace feedmux::universe_file
