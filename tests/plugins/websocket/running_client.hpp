#pragma once

#include <chrono>              // milliseconds, seconds
#include <condition_variable>  // condition_variable
#include <functional>          // function
#include <future>              // async, future
#include <mutex>               // mutex
#include <stdexcept>           // invalid_argument
#include <string>              // string
#include <utility>             // pair
#include <vector>              // vector

#include "websocket/client.hpp"

namespace feedmux::testing {

/// A client in a thread of its own, and what it was told.
class RunningClient final : public websocket::Handler {
 public:
  struct Received {
    std::string payload;
    bool text;
    std::size_t spare;  // capacity behind the payload
  };

  explicit RunningClient(const std::string& url, const websocket::ClientOptions& options = {}) {
    websocket::Url parsed;
    std::string expected;
    if (!ParseUrl(url, parsed, expected)) throw std::invalid_argument(expected);
    outcome_ = std::async(std::launch::async,
                          [this, parsed, options] { return client_.Run(parsed, options, *this); });
  }
  ~RunningClient() override { client_.Stop(); }

  websocket::Client& client() { return client_; }

  /// Waits for the end of the session.
  websocket::Outcome End() { return outcome_.get(); }
  bool EndsWithin(std::chrono::milliseconds time) {
    return outcome_.wait_for(time) == std::future_status::ready;
  }

  bool WaitForOpen() {
    return WaitFor([this] { return open_; });
  }
  bool WaitForMessages(std::size_t count) {
    return WaitFor([this, count] { return received_.size() >= count; });
  }
  bool WaitForPongs(std::size_t count) {
    return WaitFor([this, count] { return pongs_ >= count; });
  }
  std::vector<Received> Messages() {
    const std::lock_guard lock{mutex_};
    return received_;
  }

  /// Runs within OnMessage. Set before anything can arrive.
  std::function<void(std::string& payload)> on_message;

  void OnOpen() override {
    Change([this] { open_ = true; });
  }
  void OnMessage(std::string& payload, bool text) override {
    Change([&] { received_.push_back({payload, text, payload.capacity() - payload.size()}); });
    if (on_message) on_message(payload);
  }
  void OnPong() override {
    Change([this] { ++pongs_; });
  }

 private:
  void Change(const std::function<void()>& change) {
    const std::lock_guard lock{mutex_};
    change();
    changed_.notify_all();
  }
  bool WaitFor(const std::function<bool()>& condition) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::seconds{10}, condition);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  std::size_t pongs_ = 0;
  std::vector<Received> received_;

  websocket::Client client_;
  std::future<websocket::Outcome> outcome_;  // last, so that its thread ends first
};

}  // namespace feedmux::testing
