#pragma once

#include <chrono>              // milliseconds
#include <condition_variable>  // condition_variable
#include <cstdint>             // uint64_t
#include <mutex>               // mutex
#include <string>              // string
#include <string_view>         // string_view
#include <thread>              // thread::id
#include <vector>              // vector

#include "feedmux/host.hpp"
#include "feedmux/publisher.hpp"

namespace feedmux::contract {

/// A publisher that fails the test for a batch that breaks the rules, or a call in the wrong place.
class CheckingPublisher final : public Publisher {
 public:
  CheckingPublisher(Host& host, ConnectionIndex connection)
      : host_(host), connection_(connection) {}

  /// The calling thread is the one of Connection::Run.
  void BeConnectionThread() { connection_thread_ = std::this_thread::get_id(); }

  void Connected() override;
  void Subscribed(const std::vector<std::string>& tickers) override;
  Batch& NewBatch() override;
  void Publish(Batch& batch) override;
  void ReportError(std::string_view what) override;

  bool is_connected() const;
  std::uint64_t ticks() const;

  /// Waits until Connected() was called, or until as many ticks came. Any thread.
  bool WaitForConnected(std::chrono::milliseconds at_most) const;
  bool WaitForTicks(std::uint64_t count, std::chrono::milliseconds at_most) const;

 private:
  void CheckThread(const char* method) const;
  void CheckTick(const Tick& tick, const Batch& batch) const;

  Host& host_;
  const ConnectionIndex connection_;
  std::thread::id connection_thread_;
  Batch batch_;             // the connection thread's
  bool is_filled_ = false;  // the connection thread's: between NewBatch and Publish

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool is_connected_ = false;
  std::uint64_t ticks_ = 0;
};

}  // namespace feedmux::contract
