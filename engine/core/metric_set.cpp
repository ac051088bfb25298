#include "core/metric_set.hpp"

namespace feedmux {

Counter& MetricSet::GetCounter(std::string_view name, std::string_view description) {
  const std::lock_guard lock{mutex_};
  auto found = counters_.find(name);
  if (found == counters_.end()) {
    found = counters_.try_emplace(std::string{name}).first;
    found->second.description = description;
  }
  return found->second.counter;
}

std::map<std::string, std::uint64_t> MetricSet::Read() const {
  const std::lock_guard lock{mutex_};
  std::map<std::string, std::uint64_t> values;
  for (const auto& [name, entry] : counters_) values.emplace(name, entry.counter.value());
  return values;
}

}  // namespace feedmux
