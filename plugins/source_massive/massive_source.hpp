#pragma once

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/source.hpp"
#include "source_massive/options.hpp"

namespace feedmux::massive {

/// The real-time WebSocket feed of Massive, formerly Polygon.io.
class MassiveSource final : public Source {
 public:
  MassiveSource(Host& host, const Options& options);

  std::unique_ptr<Connection> NewConnection(const ConnectionSpec& spec) override;
  Calendar MarketCalendar() const override;
  bool IsBusy() const override;
  std::string TickSpelling(const std::string& ticker) const override;

 private:
  Host& host_;
  const SourceOptions options_;
};

}  // namespace feedmux::massive
