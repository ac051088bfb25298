#pragma once

#include "connections/connection_supervisor.hpp"
#include "core/logging.hpp"
#include "feedmux/control.hpp"
#include "universes/universe_watcher.hpp"

namespace feedmux {

/// Control of a running engine: passes requests on to whoever carries them out, and logs each
/// change with who asked for it.
class EngineControl final : public Control {
 public:
  /// Both outlive it.
  EngineControl(ConnectionSupervisor& supervisor, UniverseWatcher& universes)
      : supervisor_(supervisor), universes_(universes) {}

  std::optional<std::string> TickerAssignment(std::string_view ticker) const override;
  std::vector<std::string> ConnectionTickers(std::string_view connection) const override;
  SubscribeResult Subscribe(std::string_view who, const std::vector<std::string>& tickers,
                            std::string_view source) override;
  UnsubscribeResult Unsubscribe(std::string_view who, const std::vector<std::string>& tickers,
                                std::string_view source) override;
  void Reconnect(std::string_view who, std::string_view connection) override;
  void Pause(std::string_view who, std::string_view connection) override;
  void Resume(std::string_view who, std::string_view connection) override;
  std::vector<RebalancePlan> PlanRebalance() const override;
  std::vector<RebalancePlan> Rebalance(std::string_view who) override;
  std::vector<UniverseHealth> Universes() const override { return universes_.Read(); }
  std::vector<UniverseHealth> RefreshUniverses(std::string_view who) override;
  std::string LogLevelName() const override;
  void SetLogLevel(std::string_view who, std::string_view level) override;

 private:
  void LogChange(std::string_view who, const std::string& what);

  ConnectionSupervisor& supervisor_;
  UniverseWatcher& universes_;
  NamedLog log_{"control"};
};

}  // namespace feedmux
