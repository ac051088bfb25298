#pragma once

#include <cstdint>      // uint64_t
#include <map>          // map
#include <mutex>        // mutex
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/host.hpp"

namespace feedmux {

/// The counters of one plugin instance. Thread: any.
class MetricSet final : public Metrics {
 public:
  Counter& GetCounter(std::string_view name, std::string_view description) override;

  /// Every counter's value by name.
  std::map<std::string, std::uint64_t> Read() const;

 private:
  struct Entry {
    Counter counter;
    std::string description;
  };

  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> counters_;  // a map's nodes never move
};

}  // namespace feedmux
