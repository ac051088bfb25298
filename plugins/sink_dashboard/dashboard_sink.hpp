#pragma once

#include <memory>  // unique_ptr
#include <span>    // span

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/sink.hpp"
#include "sink_dashboard/settings.hpp"
#include "sink_dashboard/tick_board.hpp"

namespace feedmux::dashboard {

/// The dashboard as the engine sees it: a sink whose thread only writes on a board. The server has
/// a thread of its own, between Start and Stop.
class DashboardSink final : public Sink {
 public:
  DashboardSink(Host& host, const Options& options);
  ~DashboardSink() override;

  void Start() override;
  void OnTicks(std::span<const Tick> ticks) override;
  void Stop() override;

  /// Between Start and Stop.
  std::uint16_t port() const;

 private:
  class Running;

  Host& host_;
  const Settings settings_;
  TickBoard board_;
  std::unique_ptr<Running> running_;
};

}  // namespace feedmux::dashboard
