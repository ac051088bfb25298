#pragma once

#include <chrono>              // milliseconds
#include <condition_variable>  // condition_variable
#include <mutex>               // mutex
#include <optional>            // optional
#include <stop_token>          // stop_source
#include <string>              // string
#include <thread>              // thread

#include "checking_publisher.hpp"
#include "feedmux/errors.hpp"
#include "feedmux/source.hpp"

namespace feedmux::contract {

/// A connection in Run on a thread of its own. What Run throws beside FeedError fails the test, and
/// so does returning before stop is requested, or being destroyed while Run has not returned within
/// the time for it.
class RunningConnection {
 public:
  RunningConnection(Host& host, Connection& connection, ConnectionIndex index,
                    std::stop_source stop = {});
  ~RunningConnection();
  RunningConnection(const RunningConnection&) = delete;
  RunningConnection& operator=(const RunningConnection&) = delete;

  const CheckingPublisher& publisher() const { return publisher_; }

  void RequestStop() { stop_.request_stop(); }

  /// Requests stop, and fails the test unless Run then ends in the time that the contract gives.
  void StopInTime();

  bool WaitForEnd(std::chrono::milliseconds at_most) const;
  bool has_ended() const { return WaitForEnd(std::chrono::milliseconds{0}); }

  /// Once ended: nothing if Run returned.
  const std::optional<FeedError>& error() const { return error_; }

 private:
  void Run();

  Connection& connection_;
  CheckingPublisher publisher_;
  std::stop_source stop_;

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool has_ended_ = false;
  std::optional<FeedError> error_;
  std::thread thread_;  // last: uses the others
};

}  // namespace feedmux::contract
