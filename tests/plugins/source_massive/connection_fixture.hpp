#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>            // async, future
#include <initializer_list>  // initializer_list
#include <memory>            // unique_ptr
#include <optional>          // optional
#include <stop_token>        // stop_source
#include <string>            // string
#include <thread>            // jthread
#include <utility>           // pair
#include <vector>            // vector

#include "feedmux/errors.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "feedmux/testing/recording_publisher.hpp"
#include "scripted_massive_server.hpp"
#include "source_massive/massive_source.hpp"
#include "source_massive/option_table.hpp"

namespace feedmux::testing {

using OptionTexts = std::vector<std::pair<std::string_view, std::string>>;

/// A connection of the source in a thread of its own, against a scripted server.
class RunningConnection {
 public:
  RunningConnection(const std::string& url, std::vector<std::string> tickers,
                    const OptionTexts& options = {}, const std::string& key = "test-key")
      : source_(host, Options(url, key, options)),
        connection_(source_.NewConnection({1, "connection_1", "primary", std::move(tickers)})),
        publisher(host.clock()) {}

  ~RunningConnection() {
    Stop();
    if (result_.valid()) result_.wait();
    EXPECT_EQ(publisher.Imbalance(), 0);
    EXPECT_THAT(host.log().UnexpectedLines(), ::testing::IsEmpty());
    EXPECT_FALSE(host.log().Contains("test-key"));
  }

  RunningConnection& Start() {
    result_ =
        std::async(std::launch::async, [this] { connection_->Run(publisher, stop_.get_token()); });
    return *this;
  }

  Connection& operator*() { return *connection_; }
  Connection* operator->() { return connection_.get(); }

  void Stop() { stop_.request_stop(); }

  bool EndsWithin(std::chrono::milliseconds time) {
    return result_.wait_for(time) == std::future_status::ready;
  }

  /// Waits for the session's end; nothing if Run returned.
  std::optional<FeedError> Error() {
    try {
      result_.get();
    } catch (const FeedError& error) {
      return error;
    }
    return std::nullopt;
  }

  bool WaitForErrors(std::size_t count) {
    return publisher.WaitFor([count](const auto& self) { return self.Errors().size() >= count; });
  }

  FakeHost host;

 private:
  static feedmux::Options Options(const std::string& url, const std::string& key,
                                  const OptionTexts& more) {
    feedmux::Options options =
        MakeOptions(massive::kSourceOptions, {{"url", url}, {"api_key", key}});
    for (const auto& [name, text] : more) {
      for (const OptionSpec& spec : massive::kSourceOptions) {
        if (name == spec.name) options.Set(spec.name, ParseOption(spec.type, text));
      }
    }
    return options;
  }

  massive::MassiveSource source_;
  std::unique_ptr<Connection> connection_;
  std::stop_source stop_;

 public:
  RecordingPublisher publisher;

 private:
  std::future<void> result_;
};

}  // namespace feedmux::testing
