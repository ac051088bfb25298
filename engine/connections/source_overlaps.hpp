#pragma once

#include <deque>   // deque
#include <map>     // map
#include <vector>  // vector

#include "connections/overlaps.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

/// Overlaps for each source: two of them may move a ticker of one name at the same time, and
/// neither waits for the other. Thread: any; fixed after construction.
class SourceOverlaps {
 public:
  SourceOverlaps(Bus& bus, const std::vector<ManagedConnection>& connections) {
    std::map<std::size_t, Overlaps*> of_source;
    for (const ManagedConnection& connection : connections) {
      Overlaps*& overlaps = of_source[connection.source];
      if (!overlaps) overlaps = &all_.emplace_back(bus);
      of_connection_[connection.index] = overlaps;
    }
  }

  Overlaps& Of(ConnectionIndex connection) const { return *of_connection_.at(connection); }

  void TryApply() {
    for (Overlaps& overlaps : all_) overlaps.TryApply();
  }
  void Finish() {
    for (Overlaps& overlaps : all_) overlaps.Finish();
  }

 private:
  std::deque<Overlaps> all_;
  std::map<ConnectionIndex, Overlaps*> of_connection_;
};

}  // namespace feedmux
