#include "config/nearest.hpp"

#include <algorithm>  // min, max, stable_sort
#include <utility>    // pair, swap

#include "config/shown.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kLongestSlip = 64;  // a longer name is nobody's slip of the finger
constexpr std::size_t kShortest = 3;      // a shorter start may be that of anything

std::string Fold(std::string_view text) {
  std::string folded{text};
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c == '-') c = '_';
  }
  return folded;
}

/// Optimal string alignment distance.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last = std::move(last);
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string> NearestNames(std::string_view name,
                                      const std::vector<std::string>& candidates,
                                      std::size_t at_most) {
  if (name.empty() || name.size() > kLongestSlip) return {};
  const std::string folded = Fold(name);
  std::vector<std::pair<std::size_t, const std::string*>> near;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestSlip) continue;
    const std::string other = Fold(candidate);
    const bool shortened =
        folded.size() >= kShortest && other.compare(0, folded.size(), folded) == 0;
    const std::size_t distance = shortened ? 1 : Distance(folded, other);
    const std::size_t longer = std::max(name.size(), candidate.size());
    if (distance <= std::max<std::size_t>(1, longer / 3) && distance < longer) {
      near.emplace_back(distance, &candidate);
    }
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(at_most, near.size()); ++i) names.push_back(*near[i].second);
  return names;
}

std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string> nearest = NearestNames(name, candidates, 1);
  return nearest.empty() ? "" : "; did you mean " + Shown(nearest.front()) + "?";
}

}  // namespace feedmux
