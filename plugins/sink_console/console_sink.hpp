#pragma once

#include <chrono>       // milliseconds
#include <cstdint>      // int64_t
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/sink.hpp"
#include "summary_line.hpp"

namespace feedmux::console {

/// Writes lines to a terminal, file or pipe. A reader that went away makes it unavailable in mode
/// `ticks`, with what was written whole counted as delivered; in mode `summary` the ticks still
/// count, an error is logged once, and no more lines are written.
class ConsoleSink final : public Sink {
 public:
  ConsoleSink(Host& host, const Options& options);

  /// Writes to `file`, which stays the caller's.
  ConsoleSink(Host& host, const Options& options, int file);

  void Start() override;
  void OnTicks(std::span<const Tick> ticks) override;
  void Stop() override;

 private:
  void WriteTicks(std::span<const Tick> ticks);
  void WriteSummary();

  Host& host_;
  const bool is_summary_;
  const std::chrono::milliseconds interval_;
  const std::string target_;  // for messages
  const int file_;

  // The sink thread's.
  bool is_started_ = false;
  bool is_broken_ = false;
  bool colour_ = false;
  std::int64_t last_summary_ns_ = 0;  // monotonic
  CountByKind ticks_ = {};            // since the last summary
  CountByKind total_ = {};
  std::string buffer_;
  std::vector<std::size_t> line_ends_;  // in buffer_
};

}  // namespace feedmux::console
