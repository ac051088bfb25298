// Subscribes to a Redis channel and notes when each message arrived, until --ticks have come or
// none came for a while.
//
// Standard output, one JSON object a line: {"subscribed"} when Redis confirmed, {"received",
// "misplaced", "first", "last_ns"} at the end: how many came, how many of them were not the trade
// that was due (TradeCycle::SizeOfTrade), the first message, and when the last one arrived.

#include <hiredis/hiredis.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>   // from_chars
#include <cstdint>    // int64_t
#include <cstdio>     // fprintf
#include <exception>  // exception
#include <fstream>    // ofstream
#include <iostream>   // cout
#include <memory>     // unique_ptr
#include <nlohmann/json.hpp>
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "frame_sender.hpp"
#include "trade_cycle.hpp"

namespace feedmux::bench {
namespace {

using Json = nlohmann::ordered_json;

struct SubscriberOptions {
  int port = 6379;
  std::string channel = "tickstock:market:ticks";
  std::size_t ticks = 1'000'000;
  std::string receive_times;
  unsigned lifetime = 120;    // seconds
  unsigned quiet_after = 10;  // seconds
};

struct FreeContext {
  void operator()(redisContext* context) const { ::redisFree(context); }
};
struct FreeReply {
  void operator()(redisReply* reply) const { ::freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;
using Reply = std::unique_ptr<redisReply, FreeReply>;

void Say(const Json& what) { std::cout << what.dump() << std::endl; }

/// The number behind "volume":, or 0.
std::size_t VolumeOf(std::string_view message) {
  constexpr std::string_view kKey = "\"volume\":";
  const std::size_t at = message.find(kKey);
  std::size_t volume = 0;
  if (at == std::string_view::npos) return volume;
  const char* begin = message.data() + at + kKey.size();
  std::from_chars(begin, message.data() + message.size(), volume);
  return volume;
}

class Subscriber {
 public:
  explicit Subscriber(const SubscriberOptions& options) : options_(options) {
    received_ns_.reserve(options.ticks);
    context_.reset(::redisConnect("127.0.0.1", options.port));
    Check(context_ != nullptr && context_->err == 0);
    ::redisSetTimeout(context_.get(), {.tv_sec = options.quiet_after, .tv_usec = 0});
    const Reply confirmed{static_cast<redisReply*>(
        ::redisCommand(context_.get(), "SUBSCRIBE %s", options.channel.c_str()))};
    Check(confirmed != nullptr);
    Say({{"subscribed", options.channel}});
  }

  void Run() {
    while (received_ns_.size() < options_.ticks) {
      if (::redisBufferRead(context_.get()) != REDIS_OK) break;
      TakeMessages(MonotonicNs());
    }
    std::ofstream file{options_.receive_times, std::ios::binary};
    file.write(reinterpret_cast<const char*>(received_ns_.data()),
               static_cast<std::streamsize>(received_ns_.size() * sizeof received_ns_[0]));
    Say({{"received", received_ns_.size()},
         {"misplaced", misplaced_},
         {"first", first_},
         {"last_ns", received_ns_.empty() ? 0 : received_ns_.back()}});
  }

 private:
  void Check(bool good) const {
    if (!good) throw std::runtime_error(context_ ? context_->errstr : "out of memory");
  }

  void TakeMessages(std::int64_t now_ns) {
    for (;;) {
      void* parsed = nullptr;
      Check(::redisGetReplyFromReader(context_.get(), &parsed) == REDIS_OK);
      if (parsed == nullptr) return;
      const Reply reply{static_cast<redisReply*>(parsed)};
      if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 3) continue;
      Take({reply->element[2]->str, static_cast<std::size_t>(reply->element[2]->len)}, now_ns);
    }
  }

  void Take(std::string_view message, std::int64_t now_ns) {
    if (received_ns_.empty()) first_ = message;
    if (VolumeOf(message) != TradeCycle::SizeOfTrade(received_ns_.size())) ++misplaced_;
    received_ns_.push_back(now_ns);
  }

  const SubscriberOptions options_;
  Context context_;
  std::vector<std::int64_t> received_ns_;
  std::size_t misplaced_ = 0;
  std::string first_;
};

SubscriberOptions ReadOptions(int argc, char** argv) {
  SubscriberOptions options;
  CLI::App app{"Notes when each message of a Redis channel arrives"};
  app.add_option("--port", options.port, "Of Redis on this machine")->required();
  app.add_option("--channel", options.channel, "To subscribe to");
  app.add_option("--ticks", options.ticks, "How many messages to wait for")->required();
  app.add_option("--receive-times", options.receive_times,
                 "Where to write when each came: int64 nanoseconds of CLOCK_MONOTONIC")
      ->required();
  app.add_option("--lifetime", options.lifetime, "Seconds after which it ends in any case")
      ->check(CLI::Range(1, 3600));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  return options;
}

}  // namespace
}  // namespace feedmux::bench

int main(int argc, char** argv) {
  try {
    const auto options = feedmux::bench::ReadOptions(argc, argv);
    ::alarm(options.lifetime);
    feedmux::bench::Subscriber{options}.Run();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_subscriber: %s\n", error.what());
    return 1;
  }
}
