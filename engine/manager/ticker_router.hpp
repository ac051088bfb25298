#pragma once

#include <cstdint>      // int64_t, uint16_t
#include <functional>   // function
#include <map>          // map
#include <optional>     // optional
#include <set>          // set
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/policy.hpp"
#include "feedmux/control.hpp"
#include "feedmux/host.hpp"
#include "manager/gap_log.hpp"
#include "manager/placement.hpp"
#include "manager/session_driver.hpp"

namespace feedmux {

/// Why a ticker is wanted. It goes when its last reason goes.
using Reason = std::uint16_t;
inline constexpr Reason kWantedBySource = 0;     ///< the source's own universe or symbols
inline constexpr Reason kWantedByHand = 0xFFFF;  ///< somebody subscribed it
/// Any other number is the connection whose universe or symbols name it.

/// The ticker that stands for all of a source's.
inline constexpr std::string_view kWildcard = "*";

/// Decides which connection of one source carries which ticker.
///
/// Invariants:
/// 1. A wanted ticker is carried by one connection, and during a move by two. By none only while no
///    connection has room for it.
/// 2. Only a connection that is up can be given a ticker that another one carries.
/// 3. A pinned ticker never moves.
/// 4. Where one connection carries the wildcard "*", all unpinned tickers are, or come, there.
/// 5. No connection is given more tickers than its capacity. What a wildcard on the same connection
///    covers takes no place.
///
/// Times are monotonic, unless said otherwise. Thread: the manager's.
class TickerRouter {
 public:
  TickerRouter(Routing routing, const FailoverPolicy& policy, bool one_tape, SessionDriver& driver,
               Symbols& symbols, GapLog& gaps, const Clock& clock, Log& log);

  void AddConnection(ConnectionIndex connection, std::string id, std::size_t capacity,
                     bool enabled);
  /// One that is paused is not: it is given no tickers as long as another one is.
  void SetAvailable(ConnectionIndex connection, bool available);
  /// One that is held up waits for a full sink: what it does not say proves nothing.
  void SetHeldUp(ConnectionIndex connection, bool held_up);

  /// Tickers that are at home on the connection; what another one has already stays there. `pinned`
  /// ones never leave it. Where it has no room, others have them meanwhile. Returns those for which
  /// none has room; they wait for it.
  std::vector<std::string> Assign(ConnectionIndex connection,
                                  const std::vector<std::string>& tickers, Reason reason,
                                  bool pinned);

  /// Places new tickers by the routing. Those without room wait for it, unless they are wanted by
  /// hand.
  SubscribeResult Add(const std::vector<std::string>& tickers, Reason reason);
  /// Takes the reason away.
  UnsubscribeResult Remove(const std::vector<std::string>& tickers, Reason reason);
  /// Takes every reason away.
  UnsubscribeResult RemoveWholly(const std::vector<std::string>& tickers);

  /// What a session of the connection has to subscribe.
  std::vector<std::string> TickersFor(ConnectionIndex connection) const;
  /// Those it carries, sorted.
  std::vector<std::string> TickersAt(ConnectionIndex connection) const;
  std::size_t CountOf(ConnectionIndex connection) const;
  std::size_t BorrowedCountOf(ConnectionIndex connection) const;
  std::optional<ConnectionIndex> ConnectionOf(std::string_view ticker) const;
  /// Wanted tickers that wait for room, and since when (UTC) some do.
  const std::set<std::string>& Waiting() const { return waiting_; }
  std::int64_t WaitingSinceNs() const { return waiting_since_ns_; }

  /// A session begins with what TickersFor said, is connected, is lost or asked to end, has ended.
  void OnStarted(ConnectionIndex connection);
  void OnConnected(ConnectionIndex connection);
  void OnDown(ConnectionIndex connection);
  void OnEnded(ConnectionIndex connection);
  /// The vendor confirmed the tickers.
  void OnSubscribed(ConnectionIndex connection, const std::vector<std::string>& tickers);

  /// Gives the unpinned tickers of a connection that is down to those that are up.
  void FailOver(ConnectionIndex connection);
  /// Begins to move what is at home on the connection back to it, without a hole.
  void BringHome(ConnectionIndex connection);
  /// Moves towards a connection that is to be paused are given up, and what was given up before
  /// does not hinder its tickers' going.
  void PrepareToLeave(ConnectionIndex connection);
  /// Begins to move the unpinned tickers of a connection that is up, and paused, to others that are
  /// up, without a hole. False once nothing is under way, and nothing that could go waits.
  bool Leave(ConnectionIndex connection, bool begin);

  /// Finishes and gives up moves, takes late confirmations for given. About ten times a second
  /// while busy().
  void Step();
  bool busy() const { return moving_ > 0 || !lingering_.empty() || unconfirmed_ > 0; }

  /// Whether a ticker other than the wildcard is pinned.
  bool HasPins() const;

  /// Connections that neither confirmed nor sent what they were asked for, since the last call.
  std::set<ConnectionIndex> TakeMute();

  /// Measures rates; about every ten seconds.
  void Sample(double seconds);
  RebalancePlan PlanRebalance() const;
  void Apply(const RebalancePlan& plan);

 private:
  struct Connection {
    std::string id;
    std::size_t capacity = 0;
    bool enabled = true;
    bool available = true;  ///< not paused
    bool running = false;   ///< a session runs, connected or not
    bool up = false;
    bool held_up = false;
    std::size_t tickers = 0;  ///< carried
    std::size_t coming = 0;   ///< moves towards it
  };

  struct Move {
    ConnectionIndex to = 0;
    std::int64_t since_ns = 0;
    std::int64_t confirmed_ns = 0;  ///< 0: not yet
  };

  /// After a move, late ticks of the connection that was let go are expected for a while.
  struct Lingering {
    std::int64_t until_ns = 0;
    std::int64_t stubborn_from_ns = 0;  ///< late ticks are no longer taken for late
    ConnectionIndex gone = 0;
    bool former_goes = true;  ///< false: the move was given up, and the new one goes
    std::uint64_t ticks = 0;  ///< it had sent when last looked at
    bool stubborn = false;    ///< it does not stop
  };

  struct Ticker {
    SymbolId symbol = kNoSymbol;  ///< of the wildcard: kNoSymbol
    std::vector<Reason> reasons;  ///< in the order in which they came up
    ConnectionIndex home = 0;
    ConnectionIndex at = 0;  ///< carries it; 0: none has room
    bool pinned = false;
    bool live = false;               ///< confirmed there
    std::int64_t asked_ns = 0;       ///< since when `at` is up and asked for it
    std::int64_t not_before_ns = 0;  ///< a move that was given up is not tried before
    std::optional<Move> move;
    std::uint64_t counted = 0;  ///< ticks at the last sample
    double rate = 0;            ///< ticks per second
  };
  using Tickers = std::map<std::string, Ticker, std::less<>>;
  using Entry = Tickers::value_type;
  using Names = std::map<ConnectionIndex, std::vector<std::string>>;

  /// Of those that may be given tickers. `only_up`: at once.
  std::vector<Seat> Seats(bool only_up) const;
  Entry& Want(const std::string& ticker, Reason reason, bool& is_new);
  void Place(const std::vector<Entry*>& entries);
  void PlaceWaiting();
  void Wait(const Entry& entry);
  void LeaveWildcard(ConnectionIndex connection);
  void GoHomeByReason(Ticker& ticker);
  std::size_t CapacityOf(ConnectionIndex connection) const;
  bool HasRoom(ConnectionIndex connection) const;
  UnsubscribeResult RemoveWhere(const std::vector<std::string>& tickers,
                                const std::function<bool(Ticker&)>& is_to_go);
  void Drop(Entry& entry, Names& unsubscribe);
  void SetLive(Entry& entry);
  void SetAt(Ticker& ticker, ConnectionIndex at);

  bool SomeAway();
  bool CanMove(const Ticker& ticker) const;
  void Hop(Entry& entry, ConnectionIndex to, Names& subscribe, Names& unsubscribe);
  void BeginMove(Entry& entry, ConnectionIndex to, Names& subscribe, Names& unsubscribe);
  void FinishMove(Entry& entry, Names& unsubscribe);
  std::int64_t SilenceOf(ConnectionIndex connection) const;
  void OwnUpToSilence(const Entry& entry);
  void GiveUpMove(Entry& entry, Names& unsubscribe);
  void EndMove(Entry& entry, bool former_goes);
  void BeginOverlap(const Entry& entry, ConnectionIndex to);
  void Linger(SymbolId symbol, ConnectionIndex gone, bool former_goes);
  bool Lingers(SymbolId symbol) const;
  std::uint64_t TicksOfGone(SymbolId symbol, ConnectionIndex gone, bool former_goes) const;
  void StepLingering();
  void TellOfStubborn(const Names& stubborn) const;
  void StepMove(Entry& entry, Names& unsubscribe);
  void StepUnconfirmed(Entry& entry);
  bool IsHeldUp(ConnectionIndex connection) const {
    return connection != 0 && connections_.at(connection).held_up;
  }
  void GatherAtWildcard();
  const Ticker* Wildcard() const;
  bool IsUp(ConnectionIndex connection) const {
    const auto found = connections_.find(connection);
    return found != connections_.end() && found->second.up;
  }

  void Send(const Names& names,
            void (SessionDriver::*say)(ConnectionIndex, const std::vector<std::string>&));
  std::int64_t Now() const { return clock_.MonotonicNs(); }

  const Routing routing_;
  const FailoverPolicy policy_;
  const bool one_tape_;  ///< all connections send the same events
  SessionDriver& driver_;
  Symbols& symbols_;
  GapLog& gaps_;
  const Clock& clock_;
  Log& log_;

  std::map<ConnectionIndex, Connection> connections_;
  Tickers tickers_;
  std::set<std::string> waiting_;  ///< those of tickers_ that no connection has room for
  std::int64_t waiting_since_ns_ = 0;
  std::map<SymbolId, Lingering> lingering_;
  std::set<ConnectionIndex> mute_;
  bool some_away_ = false;  ///< some ticker may not be at home
  std::size_t moving_ = 0;
  std::size_t unconfirmed_ = 0;  ///< on connections that are up
};

}  // namespace feedmux
