#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "bus/bus.hpp"
#include "connections/overlaps.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "manager/connection_manager.hpp"
#include "manager/simulation/vendor.hpp"

namespace feedmux::simulation {

/// The connection manager among simulated connections on a clock of its own: one random schedule of
/// faults, changes and commands, which its seed repeats to the letter.
class World final : private SessionDriver {
 public:
  explicit World(std::uint64_t seed);
  ~World() override;

  /// A minute of anything that may happen.
  void Chaos();
  /// No more faults; long enough for every wait to end.
  void Calm();

  /// Ten minutes without any fault but an account that allows less than is enabled.
  void LiveWithinTheLimit();

  /// Pauses one connection after the other and resumes it, while nothing else is amiss.
  void PauseEach();

  /// Everything that is not as it should be, one line each.
  const std::vector<std::string>& Complaints() const { return complaints_; }
  /// All that can only be said at rest.
  void CheckAtRest();

 private:
  struct Observed {  // of one connection
    bool runs = false;
    bool stopping = false;
    bool connected = false;
    std::set<std::string> asked_early;  // what to subscribe once connected
    std::int64_t may_start_ns = 0;      // by the policy, unless somebody asks
    std::uint64_t publish_mark = 0;
    std::uint64_t ticks = 0;
    std::int64_t last_tick_ns = 0;
  };

  // SessionDriver
  void StartSession(ConnectionIndex connection, std::vector<std::string> tickers) override;
  void StopSession(ConnectionIndex connection) override;
  void Subscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) override;
  void Unsubscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) override;
  void BeginOverlap(SymbolId symbol, ConnectionIndex from, ConnectionIndex to,
                    const std::vector<SymbolId>& named) override {
    overlaps_.Begin(symbol, from, to, named);
  }
  void ReleaseOverlap(SymbolId symbol, ConnectionIndex) override { overlaps_.Release(symbol); }
  void TurnOverlap(SymbolId symbol, ConnectionIndex gone, ConnectionIndex to) override {
    overlaps_.Turn(symbol, gone, to);
  }
  void EndOverlap(SymbolId symbol, ConnectionIndex) override { overlaps_.End(symbol); }
  OverlapState ReadOverlap(SymbolId symbol, ConnectionIndex) const override {
    return overlaps_.Read(symbol);
  }
  std::uint64_t TickCount(ConnectionIndex c) const override { return Of(c).ticks; }
  std::int64_t LastTickNs(ConnectionIndex c) const override { return Of(c).last_tick_ns; }
  std::uint64_t PublishMark(ConnectionIndex c) const override { return Of(c).publish_mark; }
  std::uint64_t TickCountOf(SymbolId symbol) const override;
  void PublishGap(ConnectionIndex connection, const GapRecord& gap) override;

  ConnectionHealth Describe(ConnectionIndex connection) const;
  void PauseAndResume(ConnectionIndex connection);
  void Advance();
  void Deliver(ConnectionIndex connection, const Event& event);
  void End(ConnectionIndex connection, FeedErrorKind kind, const std::string& why);
  void ResumeAll();
  void HoldUp(Step steps);
  void Disturb();
  void Command();
  void ChangeUniverse();
  void CheckAlways();
  void CheckTape();
  void CheckOrder(const std::string& ticker, const std::vector<Step>& emitted);
  void CheckWhole(const std::string& ticker, const std::vector<Step>& emitted);
  bool IsInGap(const std::string& ticker, Step emitted) const;
  void CheckSubscriptions();
  void CheckLedger();

  const Observed& Of(ConnectionIndex c) const { return observed_.at(c); }
  ConnectionIndex AnyConnection() {
    return static_cast<ConnectionIndex>(1 + random_() % observed_.size());
  }
  static std::string Id(ConnectionIndex c) { return "connection_" + std::to_string(c); }
  std::size_t Below(std::size_t n) { return random_() % n; }
  void Complain(const std::string& what);
  template <typename... Args>
  void Trace(fmt::format_string<Args...> format, Args&&... args) const;

  std::mt19937_64 random_;
  testing::ManualClock clock_;
  testing::FakeSymbols symbols_;
  std::map<ConnectionIndex, Observed> observed_;
  Bus bus_;
  SinkQueue* sink_ = nullptr;
  Lot lot_;
  Overlaps overlaps_{bus_};
  std::vector<std::string> stable_;    // wanted from the first to the last moment
  std::vector<std::string> volatile_;  // come and go
  std::set<std::string> wanted_;       // of all
  std::map<ConnectionIndex, std::set<std::string>> universe_;  // of each connection
  Vendor vendor_;
  ReconnectPolicy reconnect_;
  std::map<std::string, std::vector<std::uint64_t>> delivered_;
  std::map<SymbolId, std::uint64_t> symbol_ticks_;
  std::vector<GapRecord> gaps_;  // closed
  std::size_t gaps_begun_ = 0;
  std::size_t evictions_ = 0;
  Step held_up_until_ = 0;  // by a full sink
  std::map<std::string, Step> first_delivered_;
  std::unique_ptr<ConnectionManager> manager_;
  Step now_ = 0;
  std::int64_t start_ns_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace feedmux::simulation
