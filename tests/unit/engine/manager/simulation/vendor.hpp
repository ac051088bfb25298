#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "feedmux/errors.hpp"
#include "feedmux/tick.hpp"

namespace feedmux::simulation {

using Step = std::int64_t;  // a quarter of a second
constexpr std::int64_t kStepNs = 250'000'000;

/// One event of the tape.
struct Event {
  std::string ticker;
  std::uint64_t sequence = 0;
  Step emitted = 0;
};

/// What a session hears next.
struct Item {
  enum class What { Connected, Ack, Event, End } what = What::Event;
  Step arrives = 0;
  std::vector<std::string> tickers;  // of an Ack
  Event event;
  FeedErrorKind kind = FeedErrorKind::Network;  // of an End
  std::string why;
};

/// The vendor's side of all connections: accepts, refuses, evicts, drops, falls silent, and sends
/// every event to whoever is subscribed, from servers that are behind by different times, over
/// pipes of different delay.
class Vendor {
 public:
  Vendor(std::mt19937_64& random, std::vector<std::string> tape, std::size_t limit)
      : random_(random), limit_(limit) {
    for (std::string& ticker : tape) sequence_[std::move(ticker)] = 0;
  }

  void Open(ConnectionIndex connection, Step now);
  void Close(ConnectionIndex connection) { sessions_.erase(connection); }
  void Subscribe(ConnectionIndex connection, const std::vector<std::string>& tickers, Step now);
  void Unsubscribe(ConnectionIndex connection, const std::vector<std::string>& tickers, Step now);

  /// A quarter of a second of trading.
  void Trade(Step now);
  std::vector<Item> Arrived(ConnectionIndex connection, Step now);

  void Drop(ConnectionIndex connection, Step now);
  void Silence(ConnectionIndex connection);
  void RefuseKeysUntil(Step until) { refuse_until_ = until; }
  void BeSlowUntil(Step until) { slow_until_ = until; }
  void RaiseLimit() { limit_ = 1000; }
  /// Drops the sessions that are silent: without tickers nobody notices them.
  void EndSilence(Step now);

  bool IsSubscribed(ConnectionIndex connection, const std::string& ticker) const;
  bool IsOpen(ConnectionIndex connection) const { return sessions_.count(connection) != 0; }
  const std::vector<Event>& tape() const { return emitted_; }

 private:
  struct Session {
    Step opened = 0;
    Step delay = 0;         // from its server to us
    Step behind = 0;        // its server
    std::size_t heard = 0;  // events that its server has heard of
    bool accepted = false;
    bool silent = false;
    bool over = false;
    std::set<std::string> subscribed;
    std::deque<std::pair<Step, std::pair<bool, std::vector<std::string>>>> requests;
    std::deque<Item> pipe;
  };

  std::size_t Below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  void Answer(Session& session, Step now);
  void FanOut(Session& session, Step now);
  void Evict(Step now);

  std::mt19937_64& random_;
  std::size_t limit_;
  std::map<std::string, std::uint64_t> sequence_;
  std::vector<Event> emitted_;
  std::map<ConnectionIndex, Session> sessions_;
  Step refuse_until_ = 0;
  Step slow_until_ = 0;
};

}  // namespace feedmux::simulation
