#pragma once

#include <algorithm>    // find, sort
#include <functional>   // function
#include <map>          // map
#include <mutex>        // mutex
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/control.hpp"

namespace feedmux::testing {

/// Keeps every change that was asked for as a line, "alice: pause connection_2", and answers from
/// what the test assigned. Thread: any; OnRefresh before the first.
class FakeControl final : public Control {
 public:
  /// Answers of TickerAssignment and ConnectionTickers. A connection is known once it is named
  /// here.
  void Assign(const std::string& connection, const std::vector<std::string>& tickers) {
    const std::lock_guard lock{mutex_};
    auto& assigned = tickers_[connection];
    assigned.insert(assigned.end(), tickers.begin(), tickers.end());
    std::sort(assigned.begin(), assigned.end());
  }
  /// The sources that run; one of them must be named if they are several. None: any may be.
  void SetSources(std::vector<std::string> sources) {
    const std::lock_guard lock{mutex_};
    sources_ = std::move(sources);
  }
  void SetPlans(std::vector<RebalancePlan> plans) {
    const std::lock_guard lock{mutex_};
    plans_ = std::move(plans);
  }
  void SetUniverses(std::vector<UniverseHealth> universes) {
    const std::lock_guard lock{mutex_};
    universes_ = std::move(universes);
  }
  /// Called by RefreshUniverses first: a resolver that takes its time.
  void OnRefresh(std::function<void()> callback) { on_refresh_ = std::move(callback); }

  std::vector<std::string> Changes() const {
    const std::lock_guard lock{mutex_};
    return changes_;
  }

  std::optional<std::string> TickerAssignment(std::string_view ticker) const override {
    const std::lock_guard lock{mutex_};
    for (const auto& [connection, tickers] : tickers_) {
      if (std::find(tickers.begin(), tickers.end(), ticker) != tickers.end()) return connection;
    }
    return std::nullopt;
  }
  std::vector<std::string> ConnectionTickers(std::string_view connection) const override {
    const std::lock_guard lock{mutex_};
    return Known(connection);
  }
  SubscribeResult Subscribe(std::string_view who, const std::vector<std::string>& tickers,
                            std::string_view source) override {
    CheckSource(source);
    Note(who, "subscribe", Joined(tickers) + " " + std::string{source});
    return {tickers, {}, {}};
  }
  UnsubscribeResult Unsubscribe(std::string_view who, const std::vector<std::string>& tickers,
                                std::string_view source) override {
    CheckSource(source);
    Note(who, "unsubscribe", Joined(tickers) + " " + std::string{source});
    UnsubscribeResult result;
    for (const std::string& ticker : tickers) {
      (TickerAssignment(ticker) ? result.removed : result.not_found).push_back(ticker);
    }
    return result;
  }
  void Reconnect(std::string_view who, std::string_view connection) override {
    Change(who, "reconnect", connection);
  }
  void Pause(std::string_view who, std::string_view connection) override {
    Change(who, "pause", connection);
  }
  void Resume(std::string_view who, std::string_view connection) override {
    Change(who, "resume", connection);
  }
  std::vector<RebalancePlan> PlanRebalance() const override {
    const std::lock_guard lock{mutex_};
    return plans_;
  }
  std::vector<RebalancePlan> Rebalance(std::string_view who) override {
    Note(who, "rebalance", "");
    return PlanRebalance();
  }
  std::vector<UniverseHealth> Universes() const override {
    const std::lock_guard lock{mutex_};
    return universes_;
  }
  std::vector<UniverseHealth> RefreshUniverses(std::string_view who) override {
    if (on_refresh_) on_refresh_();
    Note(who, "refresh", "");
    return Universes();
  }
  std::string LogLevelName() const override {
    const std::lock_guard lock{mutex_};
    return log_level_;
  }
  void SetLogLevel(std::string_view who, std::string_view level) override {
    Note(who, "log-level", level);
    const std::lock_guard lock{mutex_};
    log_level_ = level;
  }

 private:
  static std::string Joined(const std::vector<std::string>& tickers) {
    std::string text;
    for (const std::string& ticker : tickers) text += (text.empty() ? "" : ",") + ticker;
    return text;
  }
  void CheckSource(std::string_view source) const {
    const std::lock_guard lock{mutex_};
    if (sources_.empty() || (source.empty() && sources_.size() == 1)) return;
    if (source.empty()) throw ControlError("say which source: " + Joined(sources_));
    if (std::find(sources_.begin(), sources_.end(), source) != sources_.end()) return;
    throw ControlError("there is no source '" + std::string{source} + "'");
  }
  const std::vector<std::string>& Known(std::string_view connection) const {
    const auto found = tickers_.find(connection);
    if (found == tickers_.end()) {
      throw ControlError("there is no connection '" + std::string{connection} + "'");
    }
    return found->second;
  }
  void Change(std::string_view who, const char* what, std::string_view connection) {
    {
      const std::lock_guard lock{mutex_};
      Known(connection);
    }
    Note(who, what, connection);
  }
  void Note(std::string_view who, const char* what, std::string_view with) {
    const std::lock_guard lock{mutex_};
    std::string line = std::string{who} + ": " + what + " " + std::string{with};
    while (line.back() == ' ') line.pop_back();
    changes_.push_back(std::move(line));
  }

  std::map<std::string, std::vector<std::string>, std::less<>> tickers_;
  std::vector<std::string> sources_;
  std::vector<RebalancePlan> plans_;
  std::vector<UniverseHealth> universes_;
  std::function<void()> on_refresh_;
  mutable std::mutex mutex_;
  std::vector<std::string> changes_;
  std::string log_level_ = "info";
};

}  // namespace feedmux::testing
