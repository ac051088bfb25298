#pragma once

#include <cstdint>  // uint64_t
#include <memory>   // shared_ptr
#include <string>   // string

#include "bus/sink_queue.hpp"
#include "control/commands.hpp"

namespace feedmux {

/// What one client sees of the bus, as lines; on the bus for as long as it lives.
class TapStream {
 public:
  TapStream(const TapRequest& request, const ControlServices& services);
  TapStream(const TapStream&) = delete;
  ~TapStream();

  /// Appends some thousand ticks at most of those that wait, and how many were lost before them.
  void AppendNews(std::string& out);

 private:
  const ControlServices& services_;
  const std::shared_ptr<SinkQueue> queue_;
  std::uint64_t told_dropped_ = 0;
};

}  // namespace feedmux
