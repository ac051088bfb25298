#include "config/problem.hpp"

#include <fmt/format.h>

#include <algorithm>  // any_of, stable_sort
#include <tuple>      // tie
#include <utility>    // exchange, move

#include "config/config.hpp"

namespace feedmux {

std::string ToString(const Problem& problem) {
  std::string line = problem.location.file;
  if (problem.location.line > 0) {
    line += fmt::format(":{}:{}", problem.location.line, problem.location.column);
  }
  for (const std::string& part :
       {std::string{problem.severity == Severity::Warning ? "warning" : ""}, problem.path,
        problem.message}) {
    if (part.empty()) continue;
    if (!line.empty()) line += ": ";
    line += part;
  }
  return line;
}

Problem ProblemWithOption(const InstanceConfig& instance, const std::string& option,
                          std::string message) {
  const auto found = instance.option_locations.find(option);
  return {Severity::Error,
          found == instance.option_locations.end() ? instance.location : found->second,
          instance.path + ".options." + option, std::move(message)};
}

void Problems::Error(Location location, std::string path, std::string message) {
  Add({Severity::Error, std::move(location), std::move(path), std::move(message)});
}

void Problems::Warning(Location location, std::string path, std::string message) {
  Add({Severity::Warning, std::move(location), std::move(path), std::move(message)});
}

void Problems::Add(Problem problem) {
  if (problems_.size() < kLimit) {
    problems_.push_back(std::move(problem));
    return;
  }
  ++not_kept_;
  if (problem.severity == Severity::Error) error_not_kept_ = true;
}

bool Problems::HasErrorAt(std::string_view path) const {
  return error_not_kept_ ||
         std::any_of(problems_.begin(), problems_.end(), [path](const Problem& problem) {
           const std::string_view at = problem.path;
           return problem.severity == Severity::Error && at.substr(0, path.size()) == path &&
                  (at.size() == path.size() || at[path.size()] == '.' || at[path.size()] == '[');
         });
}

std::vector<Problem> Problems::TakeSorted() {
  std::vector<Problem> sorted = std::exchange(problems_, {});
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.location.line, a.location.column) <
           std::tie(b.location.line, b.location.column);
  });
  if (const std::size_t more = std::exchange(not_kept_, 0)) {
    const bool error = std::exchange(error_not_kept_, false);
    sorted.push_back({error ? Severity::Error : Severity::Warning, sorted.back().location, "",
                      fmt::format("and {} more problems like these", more)});
  }
  return sorted;
}

}  // namespace feedmux
