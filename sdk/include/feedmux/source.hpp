#pragma once

#include <memory>      // unique_ptr
#include <stop_token>  // stop_token
#include <string>      // string
#include <vector>      // vector

#include "feedmux/market_calendar.hpp"
#include "feedmux/publisher.hpp"

namespace feedmux {

struct ConnectionSpec {
  ConnectionIndex index = 0;
  std::string connection_id;
  std::string name;
  std::vector<std::string> tickers;  ///< to subscribe once connected
};

/// One session with the vendor. It is made anew for every attempt, so it never reconnects and has
/// no state to reset.
class Connection {
 public:
  virtual ~Connection() = default;

  /// [connection thread] Connects, calls publisher.Connected() once ticks may flow, and publishes
  /// until `stop` is requested (then it returns within a second) or the feed is lost (then it
  /// throws FeedError). Called once.
  virtual void Run(Publisher& publisher, std::stop_token stop) = 0;

  /// Thread: any, at any time, also before and after Run. Never blocks.
  virtual void Subscribe(const std::vector<std::string>& tickers) = 0;
  virtual void Unsubscribe(const std::vector<std::string>& tickers) = 0;
};

/// A configured feed. The constructor checks options and does nothing else: no socket, file or
/// thread.
class Source {
 public:
  virtual ~Source() = default;

  /// Thread: any; several connections may be made at once.
  virtual std::unique_ptr<Connection> NewConnection(const ConnectionSpec& spec) = 0;

  /// What a connection gets for which the YAML names neither universe nor symbols.
  virtual std::vector<std::string> DefaultTickers() const { return {}; }

  /// When its ticks are due, for telling a silent connection from a quiet market.
  virtual Calendar MarketCalendar() const { return Calendar::Always; }

  /// True if all connections that subscribe to a ticker are sent the same events of it, so that a
  /// ticker can change its connection without a hole: what comes over both passes once.
  virtual bool SendsOneTape() const { return true; }

  /// True if, in regular session, it sends ticks of a liquid symbol every few minutes at least, and
  /// of a whole market all the time: trades, quotes, second bars. Minute bars alone are not busy.
  virtual bool IsBusy() const { return false; }

  /// How its ticks spell a ticker, where the vendor takes several spellings of it. The engine knows
  /// the ticker, and has it subscribed, by this one. Thread: any.
  virtual std::string TickSpelling(const std::string& ticker) const { return ticker; }
};

}  // namespace feedmux
