#include "source_massive/massive_connection.hpp"

#include <algorithm>  // min, search
#include <cctype>     // tolower
#include <utility>    // exchange

namespace feedmux::massive {
namespace {

constexpr std::size_t kNamesInAReport = 10;
constexpr int kPolicyViolation = 1008;

std::string Listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesInAReport); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kNamesInAReport) {
    text += " and " + std::to_string(names.size() - kNamesInAReport) + " more";
  }
  return text;
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return quoted + '"';
}

/// "Maximum number of websocket connections exceeded", "connection limit", ...
bool SpeaksOfConnectionLimit(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
  return has("connection") && (has("max") || has("limit") || has("exceed") || has("too many"));
}

/// Of "T.BRK.B" it is "BRK.B".
std::string_view TickerOf(std::string_view topic) { return topic.substr(topic.find('.') + 1); }

/// Puts *** in the place of a secret.
void Mask(std::string& text, std::string_view secret) {
  if (secret.empty()) return;
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3)) {
    text.replace(at, secret.size(), "***");
  }
}

std::string Seconds(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

}  // namespace

MassiveConnection::Counters::Counters(Metrics& metrics)
    : pings_sent(metrics.GetCounter("pings_sent", "WebSocket pings sent to the server")),
      pongs_received(metrics.GetCounter("pongs_received", "Pings that the server answered")),
      requested(metrics.GetCounter("subscriptions_requested", "Channel.symbol pairs asked for")),
      confirmed(metrics.GetCounter("subscriptions_confirmed", "Channel.symbol pairs confirmed")),
      unconfirmed(metrics.GetCounter("subscriptions_unconfirmed",
                                     "Channel.symbol pairs not confirmed within ack_timeout")),
      refused(metrics.GetCounter("subscription_errors", "Errors that the server answered")) {}

MassiveConnection::MassiveConnection(Host& host, const SourceOptions& options,
                                     const ConnectionSpec& spec)
    : host_(host),
      options_(options),
      label_(spec.connection_id + " (" + spec.name + ')'),
      counters_(host.metrics()),
      decoder_(host.symbols(), options.market.value_or(Market::Stocks)),
      on_status_([this](const StatusMessage& message) { OnStatus(message); }) {
  subscriptions_.Add(spec.tickers);
}

void MassiveConnection::Run(Publisher& publisher, std::stop_token stop) {
  publisher_ = &publisher;
  const std::stop_callback on_stop{stop, [this] { client_.Stop(); }};
  const websocket::Outcome outcome = client_.Run(options_.url, options_.client, *this);
  if (stop.stop_requested()) return;
  if (failure_) throw *failure_;
  throw ErrorOf(outcome);
}

void MassiveConnection::Subscribe(const std::vector<std::string>& tickers) {
  if (subscriptions_.Add(tickers)) client_.Post([this] { ApplyChanges(); });
}

void MassiveConnection::Unsubscribe(const std::vector<std::string>& tickers) {
  if (subscriptions_.Remove(tickers)) client_.Post([this] { ApplyChanges(); });
}

void MassiveConnection::OnOpen() {
  phase_ = Phase::AwaitingGreeting;
  FailUnlessPast(Phase::AwaitingGreeting, "did not greet");
}

void MassiveConnection::OnMessage(std::string& payload, bool) {
  Batch& batch = publisher_->NewBatch();
  batch.frame.swap(payload);
  decoder_.Decode(batch, on_status_);
  publisher_->Publish(batch);
  if (!refusals_.empty()) ReportRefusals();
  if (!subscribed_.empty()) publisher_->Subscribed(std::exchange(subscribed_, {}));
}

void MassiveConnection::OnStatus(const StatusMessage& message) {
  const Status status = Classify(message);
  const std::string said = Quoted(message.message);
  switch (status) {
    case Status::Connected:
    case Status::AuthRequired:
      if (phase_ == Phase::AwaitingGreeting) Authenticate();
      break;
    case Status::AuthSuccess:
      if (phase_ != Phase::Streaming) BeginStreaming();
      break;
    case Status::AuthFailed:
      Fail(FeedErrorKind::Auth, "the server refused the API key: " + said);
      break;
    case Status::AuthTimeout:
      Fail(FeedErrorKind::Auth, "the server did not get the API key in time: " + said);
      break;
    case Status::Success:
      OnSuccess(message);
      break;
    case Status::Error:
      counters_.refused.Add();
      ++refusals_["the server answered with an error: " + said];
      break;
    case Status::MaxConnections:
      Fail(FeedErrorKind::Evicted, "the account's connection limit is exceeded: " + said);
      break;
    case Status::SlowConsumer:
      Fail(FeedErrorKind::Network, "the server finds this consumer too slow: " + said);
      break;
    case Status::ForceDisconnect:
      Fail(FeedErrorKind::Network, "the server ends the connection: " + said);
      break;
    case Status::Other:
      host_.log().Info(
          WithoutKey(label_ + ": the server says " + Quoted(message.status) + ": " + said));
      break;
  }
}

void MassiveConnection::OnSuccess(const StatusMessage& message) {
  const auto ack = ParseAck(message);
  if (!ack || !ack->subscribed || !pending_acks_.Confirm(ack->param)) return;
  counters_.confirmed.Add();
  const std::string_view ticker = TickerOf(ack->param);
  if (!pending_acks_.IsDue(options_.channels, ticker)) subscribed_.emplace_back(ticker);
}

void MassiveConnection::Authenticate() {
  phase_ = Phase::AwaitingAuth;
  client_.SendText(AuthMessage(options_.api_key));
  FailUnlessPast(Phase::AwaitingAuth, "did not answer to the API key");
}

void MassiveConnection::BeginStreaming() {
  phase_ = Phase::Streaming;
  publisher_->Connected();
  host_.log().Info(label_ + ": connected to " + options_.url.ForPeople() + ", " +
                   std::to_string(subscriptions_.size()) +
                   (subscriptions_.size() == 1 ? " ticker on " : " tickers on ") +
                   Listed(options_.channels));
  ApplyChanges();
}

void MassiveConnection::FailUnlessPast(Phase phase, const std::string& what) {
  client_.After(options_.auth_timeout, [this, phase, what] {
    if (phase_ > phase) return;
    Fail(FeedErrorKind::Network,
         options_.url.HostAndPort() + ' ' + what + " within " + Seconds(options_.auth_timeout));
  });
}

void MassiveConnection::ApplyChanges() {
  if (phase_ != Phase::Streaming) return;
  const SubscriptionChanges changes = subscriptions_.TakeChanges();
  Ask(changes.subscribe);
  const auto send = [this](const std::vector<std::string>& messages) {
    for (const std::string& message : messages) client_.SendText(message);
  };
  send(UnsubscribeMessages(options_.channels, changes.unsubscribe, options_.subscribe_bytes));
  pending_acks_.Forget(options_.channels, changes.unsubscribe);
  send(SubscribeMessages(options_.channels, changes.restore, options_.subscribe_bytes));
  if (!changes.impossible.empty()) {
    std::vector<std::string> quoted;
    for (const std::string& ticker : changes.impossible) quoted.push_back(Quoted(ticker));
    publisher_->ReportError("these can be no tickers, which have no space or comma: " +
                            Listed(quoted));
  }
}

void MassiveConnection::Ask(const std::vector<std::string>& tickers) {
  if (tickers.empty()) return;
  for (const std::string& message :
       SubscribeMessages(options_.channels, tickers, options_.subscribe_bytes)) {
    client_.SendText(message);
  }
  counters_.requested.Add(tickers.size() * options_.channels.size());
  const std::uint64_t request = pending_acks_.Expect(options_.channels, tickers);
  client_.After(options_.ack_timeout, [this, request] { ReportMissing(request); });
}

void MassiveConnection::ReportMissing(std::uint64_t request) {
  const std::vector<std::string> missing = pending_acks_.TakeMissing(request);
  if (missing.empty()) return;
  counters_.unconfirmed.Add(missing.size());
  publisher_->ReportError("the server did not confirm " + std::to_string(missing.size()) +
                          " subscriptions within " + Seconds(options_.ack_timeout) + ": " +
                          Listed(missing));
}

void MassiveConnection::ReportRefusals() {
  for (const auto& [text, count] : refusals_) {
    publisher_->ReportError(
        WithoutKey(count == 1 ? text : text + " (" + std::to_string(count) + " times)"));
  }
  refusals_.clear();
}

void MassiveConnection::Fail(FeedErrorKind kind, const std::string& what) {
  if (!failure_) failure_.emplace(kind, WithoutKey(what));
  client_.Stop();
}

FeedError MassiveConnection::ErrorOf(const websocket::Outcome& outcome) const {
  FeedErrorKind kind = FeedErrorKind::Network;
  switch (outcome.end) {
    case websocket::End::Protocol:
      kind = FeedErrorKind::Protocol;
      break;
    case websocket::End::Upgrade:
      // Anything but an answer in HTTP that says no.
      if (outcome.code == 0 || outcome.code == 101) kind = FeedErrorKind::Protocol;
      break;
    case websocket::End::Closed:
      if (outcome.code == kPolicyViolation && SpeaksOfConnectionLimit(outcome.reason)) {
        kind = FeedErrorKind::Evicted;
      }
      break;
    default:
      break;
  }
  return {kind, WithoutKey(outcome.text)};
}

std::string MassiveConnection::WithoutKey(std::string text) const {
  Mask(text, options_.api_key);
  // Some keys stand in the URL, and a server may repeat it: in a redirect, for instance.
  const std::string& resource = options_.url.resource;
  const auto query = resource.find('?');
  if (query != std::string::npos) Mask(text, std::string_view{resource}.substr(query + 1));
  return text;
}

}  // namespace feedmux::massive
