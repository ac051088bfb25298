#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "feedmux/testing/fake_host.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

class SilentLog final : public Log {
 public:
  bool Enabled(LogLevel) const override { return false; }
  void Write(LogLevel, std::string_view) override {}
};

/// Does what it is asked at once, and keeps account of it.
class FakeDriver final : public SessionDriver {
 public:
  void StartSession(ConnectionIndex c, std::vector<std::string> tickers) override {
    ++starts[c];
    subscribed[c] = {tickers.begin(), tickers.end()};
  }
  void StopSession(ConnectionIndex c) override { stopped.push_back(c); }
  void Subscribe(ConnectionIndex c, const std::vector<std::string>& tickers) override {
    subscribed[c].insert(tickers.begin(), tickers.end());
  }
  void Unsubscribe(ConnectionIndex c, const std::vector<std::string>& tickers) override {
    for (const std::string& ticker : tickers) subscribed[c].erase(ticker);
  }
  void BeginOverlap(SymbolId, ConnectionIndex, ConnectionIndex,
                    const std::vector<SymbolId>& names) override {
    overlap = {};
    named = names;
    ++begun;
  }
  void ReleaseOverlap(SymbolId, ConnectionIndex) override {}
  void TurnOverlap(SymbolId, ConnectionIndex, ConnectionIndex) override {}
  void EndOverlap(SymbolId, ConnectionIndex) override { ++ended; }
  OverlapState ReadOverlap(SymbolId, ConnectionIndex) const override { return overlap; }
  std::uint64_t TickCount(ConnectionIndex) const override { return ticks; }
  std::uint64_t PublishMark(ConnectionIndex) const override { return publish_mark; }
  std::int64_t LastTickNs(ConnectionIndex) const override { return last_tick_ns; }
  std::uint64_t TickCountOf(SymbolId) const override { return 0; }
  void PublishGap(ConnectionIndex, const GapRecord& gap) override { gaps.push_back(gap); }

  std::map<ConnectionIndex, int> starts;
  std::map<ConnectionIndex, std::set<std::string>> subscribed;
  std::vector<ConnectionIndex> stopped;
  std::vector<GapRecord> gaps;
  OverlapState overlap;
  std::vector<SymbolId> named;  // in the last BeginOverlap
  int begun = 0;
  int ended = 0;
  std::int64_t last_tick_ns = 0;
  std::uint64_t ticks = 0;
  std::uint64_t publish_mark = 0;  // odd: all connections are publishing
};

/// Two connections of one source: connection_1 ("primary", AAPL and IBM) and connection_2
/// ("secondary", MSFT).
class ConnectionManagerTest : public ::testing::Test {
 protected:
  ConnectionManagerTest() {
    source_.name = "massive";
    for (ConnectionIndex c = 1; c <= 2; ++c) {
      ManagedConnection connection;
      connection.index = c;
      connection.connection_id = "connection_" + std::to_string(c);
      connection.name = c == 1 ? "primary" : "secondary";
      connection.tickers =
          c == 1 ? std::vector<std::string>{"AAPL", "IBM"} : std::vector<std::string>{"MSFT"};
      connections_.push_back(std::move(connection));
    }
  }

  void Make() {
    SessionDriver& driver = driver_;
    manager_.emplace(
        std::vector{source_}, connections_, driver, symbols_, clock_,
        [](const std::string&) { return std::make_unique<SilentLog>(); }, 1);
    manager_->Step();
  }
  void MakeConnected() {
    Make();
    for (ConnectionIndex c = 1; c <= 2; ++c) Connect(c);
  }
  void Connect(ConnectionIndex c) {
    manager_->OnConnected(c);
    Confirm(c);
  }
  void Confirm(ConnectionIndex c) {
    manager_->OnSubscribed(c, {driver_.subscribed[c].begin(), driver_.subscribed[c].end()});
    manager_->Step();
  }
  void Lose(ConnectionIndex c, FeedErrorKind kind = FeedErrorKind::Network) {
    manager_->OnEnded(c, {"lost", kind});
    manager_->Step();
  }
  void Pass(std::chrono::milliseconds time) {
    for (std::chrono::milliseconds passed{}; passed < time;
         passed += std::chrono::milliseconds{100}) {
      clock_.Advance(std::chrono::milliseconds{100});
      manager_->Step();
    }
  }
  ConnectionHealth Health(ConnectionIndex c) {
    ConnectionHealth health;
    manager_->Describe(c, health);
    return health;
  }

  testing::ManualClock clock_;
  testing::FakeSymbols symbols_;
  FakeDriver driver_;
  ManagedSource source_;
  std::vector<ManagedConnection> connections_;
  std::optional<ConnectionManager> manager_;
};

}  // namespace feedmux
