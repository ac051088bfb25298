#pragma once

#include <cstdint>      // uint64_t
#include <map>          // map
#include <optional>     // optional
#include <stop_token>   // stop_token
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/errors.hpp"
#include "feedmux/host.hpp"
#include "feedmux/publisher.hpp"
#include "feedmux/source.hpp"
#include "massive/decoder.hpp"
#include "massive/messages.hpp"
#include "source_massive/acks.hpp"
#include "source_massive/options.hpp"
#include "source_massive/subscriptions.hpp"
#include "websocket/client.hpp"

namespace feedmux::massive {

/// One session: the server greets, the key is sent, and once it is accepted the subscriptions
/// follow.
class MassiveConnection final : public Connection, private websocket::Handler {
 public:
  /// `host` and `options` must outlive it.
  MassiveConnection(Host& host, const SourceOptions& options, const ConnectionSpec& spec);

  void Run(Publisher& publisher, std::stop_token stop) override;
  void Subscribe(const std::vector<std::string>& tickers) override;
  void Unsubscribe(const std::vector<std::string>& tickers) override;

 private:
  enum class Phase { Connecting, AwaitingGreeting, AwaitingAuth, Streaming };

  struct Counters {
    explicit Counters(Metrics& metrics);
    Counter& pings_sent;
    Counter& pongs_received;
    Counter& requested;
    Counter& confirmed;
    Counter& unconfirmed;
    Counter& refused;
  };

  void OnOpen() override;
  void OnMessage(std::string& payload, bool text) override;
  void OnPingSent() override { counters_.pings_sent.Add(); }
  void OnPong() override { counters_.pongs_received.Add(); }

  void OnStatus(const StatusMessage& message);
  void OnSuccess(const StatusMessage& message);
  void Authenticate();
  void BeginStreaming();
  void FailUnlessPast(Phase phase, const std::string& what);

  void ApplyChanges();
  void Ask(const std::vector<std::string>& tickers);
  void ReportMissing(std::uint64_t request);
  void ReportRefusals();

  /// Ends the session: Run throws this.
  void Fail(FeedErrorKind kind, const std::string& what);
  FeedError ErrorOf(const websocket::Outcome& outcome) const;
  std::string WithoutKey(std::string text) const;

  Host& host_;
  const SourceOptions& options_;
  const std::string label_;  // for the log: "connection_1 (primary)"
  Counters counters_;
  Subscriptions subscriptions_;  // any thread's

  // The rest belongs to the thread that is in Run.
  Publisher* publisher_ = nullptr;
  Phase phase_ = Phase::Connecting;
  Decoder decoder_;
  const StatusHandler on_status_;
  PendingAcks pending_acks_;
  std::map<std::string, std::uint64_t> refusals_;  // texts of this frame, how often
  std::vector<std::string> subscribed_;            // tickers that this frame confirmed
  std::optional<FeedError> failure_;

  // Last, so that the tasks that wait in it go first.
  websocket::Client client_;
};

}  // namespace feedmux::massive
