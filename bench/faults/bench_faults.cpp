// A vendor that trades two symbols a thousand times a second each, over two connections → the
// feedmux binary with its default settings → a real Redis server. Each fault strikes the connection
// of the first symbol; every trade has a number, so that what is missing or repeated in Redis
// shows.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <thread>

#include "feedmux_process.hpp"
#include "redis_server.hpp"
#include "redis_subscriber.hpp"
#include "scripted_massive_server.hpp"

namespace feedmux::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr milliseconds kFrameEvery{5};
constexpr int kTradesAFrame = 5;
constexpr std::uint64_t kUnderWay = 50;  // trades

std::string Yaml(const ScriptedMassiveServer& vendor, const RedisServer& redis,
                 std::string_view extra) {
  return fmt::format(R"(
sources:
  - name: massive
    plugin: massive
    calendar: always
    {}
    options: {{url: "{}", api_key: "test-key", channels: [T]}}
    connections:
      - {{name: primary, symbols: [AAPL]}}
      - {{name: secondary, symbols: [MSFT]}}
sinks:
  - {{name: redis, plugin: redis, options: {{url: "{}", channels: [ticks]}}}}
)",
                     extra, vendor.url(), redis.url());
}

/// Feeds both symbols until it goes.
class Tape {
 public:
  explicit Tape(ScriptedMassiveServer& vendor) : vendor_(vendor) {}
  /// From now on nothing of AAPL is sent to the sessions that there are, though trading goes on.
  void Silence() { silent_sessions_ = vendor_.Sessions().size(); }

 private:
  bool IsSilent() const { return vendor_.Sessions().size() == silent_sessions_; }

  void Run(const std::stop_token& stop) {
    auto due = steady_clock::now();
    while (!stop.stop_requested()) {
      for (const char* symbol : {"AAPL", "MSFT"}) {
        std::vector<std::string> trades;
        for (int i = 1; i <= kTradesAFrame; ++i) {
          const std::uint64_t number = last_ + static_cast<std::uint64_t>(i);
          trades.push_back(TradeEvent(symbol, static_cast<double>(number), 1, number));
        }
        if (symbol[0] == 'A' && IsSilent()) continue;
        vendor_.FeedTopic(std::string{"T."} + symbol, FrameOf(trades));
      }
      last_ += kTradesAFrame;
      std::this_thread::sleep_until(due += kFrameEvery);
    }
  }

  ScriptedMassiveServer& vendor_;
  std::uint64_t last_ = 0;
  std::atomic<std::size_t> silent_sessions_{0};
  std::jthread thread_{[this](const std::stop_token& stop) { Run(stop); }};
};

/// What arrives of AAPL, and when.
class Arrivals {
 public:
  explicit Arrivals(std::uint16_t port) : subscriber_(port, "ticks") {}

  std::uint64_t last() const { return last_; }
  /// Of those that had the time to arrive.
  std::uint64_t lost(std::uint64_t from, std::uint64_t to) const {
    std::uint64_t lost = 0;
    for (std::uint64_t i = from; i + kUnderWay <= to; ++i) lost += seen_.count(i) == 0 ? 1 : 0;
    return lost;
  }
  std::uint64_t repeated() const { return repeated_; }
  std::uint64_t out_of_order() const { return out_of_order_; }

  /// Takes in what is there, for at most `time`.
  void Read(milliseconds time) {
    const auto until = steady_clock::now() + time;
    while (steady_clock::now() < until) {
      const auto message = subscriber_.Next(milliseconds{20});
      if (!message || message->payload.find("\"AAPL\"") == std::string::npos) continue;
      const auto price = nlohmann::json::parse(message->payload)["price"].get<double>();
      const auto number = static_cast<std::uint64_t>(price);
      if (!seen_.insert(number).second) ++repeated_;
      if (number < last_) ++out_of_order_;
      last_ = std::max(last_.load(), number);
    }
  }

 private:
  RedisSubscriber subscriber_;
  std::set<std::uint64_t> seen_;
  std::atomic<std::uint64_t> last_{0};
  std::uint64_t repeated_ = 0;
  std::uint64_t out_of_order_ = 0;
};

struct Fault {
  std::string name;
  std::function<void(ScriptedMassiveServer&, Tape&, std::size_t session)> strike;
  seconds at_most{30};     ///< until ticks arrive again
  seconds warm_up{5};      ///< the feed's own rhythm is learned first
  seconds aftermath{18};   ///< homecoming included: it follows ten healthy seconds
  std::string extra = {};  ///< of the source, in YAML
};

class Bench {
 public:
  /// Runs faults whose name contains `only`.
  explicit Bench(std::string only) : only_(std::move(only)) {}

  /// One row of the table, and what the engine said of itself at the end of it.
  nlohmann::json Run(const Fault& fault) {
    if (fault.name.find(only_) == std::string::npos) return {};
    ScriptedMassiveServer vendor;
    RedisServer redis;
    Arrivals arrivals{redis.port()};
    RunningEngine engine{Yaml(vendor, redis, fault.extra)};
    vendor.WaitForSubscription("T.AAPL");
    vendor.WaitForSubscription("T.MSFT");
    Tape tape{vendor};
    arrivals.Read(fault.warm_up);

    const std::uint64_t before = arrivals.last();
    const auto struck = steady_clock::now();
    fault.strike(vendor, tape, SessionOf(vendor, "T.AAPL"));
    std::optional<double> detected;
    double outage = 0;  // the longest time without a tick
    auto last_at = struck;
    std::uint64_t last = before;
    while (steady_clock::now() - struck < fault.at_most) {
      arrivals.Read(milliseconds{20});
      const auto now = steady_clock::now();
      if (arrivals.last() != last) {
        outage = std::max(outage, std::chrono::duration<double>(now - last_at).count());
        last = arrivals.last();
        last_at = now;
      }
      if (!detected && !Look(engine)["connections"]["connection_1"]["gaps"].empty()) {
        detected = std::chrono::duration<double>(now - struck).count();
      }
      if (detected && std::chrono::duration<double>(now - struck).count() > *detected + 8 &&
          now - last_at < milliseconds{100}) {
        break;
      }
    }
    arrivals.Read(fault.aftermath);
    const std::uint64_t to = arrivals.last();
    nlohmann::json seen = Look(engine);
    watched_ = std::chrono::duration<double>(steady_clock::now() - struck).count();
    attempts_ = vendor.Sessions().size() - 2;
    const auto report = engine.StopAndReport();
    fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", fault.name, Seconds(detected),
               Seconds(outage), arrivals.lost(before, to), arrivals.repeated(),
               arrivals.out_of_order(), report["ledger"]["imbalance"].get<int>());
    std::fflush(stdout);
    return seen;
  }

  /// Connections that the engine opened after the last fault, in so many seconds.
  std::size_t attempts() const { return attempts_; }
  double watched() const { return watched_; }

 private:
  static std::string Seconds(std::optional<double> time) {
    return time ? fmt::format("{:.1f} s", *time) : "-";
  }

  static std::size_t SessionOf(const ScriptedMassiveServer& vendor, std::string_view topic) {
    const auto sessions = vendor.Sessions();
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      if (!sessions[i].ended && sessions[i].Subscribes(topic)) return i;
    }
    return 0;
  }

  /// What the engine says of itself at this moment.
  static nlohmann::json Look(RunningEngine& engine) {
    const double asked =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    const auto report = engine.WaitForReport(
        [asked](const auto& json) { return json["written_at"].template get<double>() >= asked; });
    return report.value();
  }

  const std::string only_;
  std::size_t attempts_ = 0;
  double watched_ = 0;
};

void Reset(ScriptedMassiveServer& vendor, std::size_t session) {
  vendor.Do(session, [](MassiveSession& client) { client.Reset(); });
}

/// The vendor's answer to a key that is no longer good.
void RefuseKey(MassiveSession& client) {
  client.Upgrade();
  client.Greet();
  client.Read();
  client.SendStatus("auth_failed", "authentication failed");
  client.HangUp();
}

int Main(const std::string& only) {
  Bench bench{only};
  fmt::print(
      "| fault | detected after | longest silence | lost | twice | out of order | imbalance |\n");
  fmt::print("|---|---|---|---|---|---|---|\n");
  bench.Run(
      {"TCP reset", [](auto& vendor, auto&, std::size_t session) { Reset(vendor, session); }});
  bench.Run({"close 1011", [](auto& vendor, auto&, std::size_t session) {
               vendor.Do(session,
                         [](MassiveSession& client) { client.Close(1011, "internal error"); });
             }});
  bench.Run({"server gone for 8 s", [](auto& vendor, auto&, std::size_t session) {
               vendor.Next([](MassiveSession& client) {
                 std::this_thread::sleep_for(seconds{8});
                 client.Welcome();
                 client.Serve();
               });
               Reset(vendor, session);
             }});
  bench.Run({.name = "silent socket",
             .strike = [](auto&, Tape& tape, std::size_t) { tape.Silence(); },
             .at_most = seconds{60},
             .warm_up = seconds{80}});
  // Silence is not watched for here, so that it is left to the pings.
  bench.Run({.name = "half-open TCP",
             .strike =
                 [](auto& vendor, Tape& tape, std::size_t session) {
                   tape.Silence();
                   vendor.Do(session, [](MassiveSession& client) { client.StayDeaf(); });
                 },
             .at_most = seconds{60},
             .extra = "stale_after: 0s"});
  bench.Run({"evicted", [](auto& vendor, auto&, std::size_t session) {
               vendor.Do(session, [](MassiveSession& client) { client.Evict(); });
             }});
  const auto report = bench.Run({.name = "key refused",
                                 .strike =
                                     [](auto& vendor, auto&, std::size_t session) {
                                       vendor.Always(RefuseKey);
                                       Reset(vendor, session);
                                     },
                                 .aftermath = seconds{130}});
  if (report.is_null()) return 0;
  const auto& refused = report["connections"]["connection_1"];
  fmt::print("\nKey refused: status {}, {} attempts in {:.0f} s, the reason: {}\n",
             refused["status"].get<std::string>(), bench.attempts(), bench.watched(),
             refused["last_error"].get<std::string>());
  return 0;
}

}  // namespace
}  // namespace feedmux::testing

/// Takes a part of the names of faults; nothing: all of them.
int main(int argc, char** argv) { return feedmux::testing::Main(argc > 1 ? argv[1] : ""); }
