#include "running_connection.hpp"

#include <exception>  // exception
#include <utility>    // move

#include "isolated.hpp"

namespace feedmux::contract {

namespace {

// One second is promised; the other is for a busy machine.
constexpr std::chrono::seconds kStopLimit{2};

}  // namespace

RunningConnection::RunningConnection(Host& host, Connection& connection, ConnectionIndex index,
                                     std::stop_source stop)
    : connection_(connection),
      publisher_(host, index),
      stop_(std::move(stop)),
      thread_([this] { Run(); }) {}

RunningConnection::~RunningConnection() {
  StopInTime();
  thread_.join();
}

void RunningConnection::Run() {
  publisher_.BeConnectionThread();
  try {
    connection_.Run(publisher_, stop_.get_token());
    if (!stop_.stop_requested()) {
      Fail("Run returned though nobody asked it to stop; it throws FeedError if the feed is lost");
    }
  } catch (const FeedError& error) {
    if (*error.what() == 0) Fail("Run threw a FeedError that says nothing");
    error_ = error;
  } catch (const std::exception& error) {
    Fail(std::string{"Run threw something else than a FeedError: "} + error.what());
  } catch (...) {
    Fail("Run threw something that is no std::exception");
  }
  const std::lock_guard lock{mutex_};
  has_ended_ = true;
  changed_.notify_all();
}

void RunningConnection::StopInTime() {
  RequestStop();
  if (!WaitForEnd(kStopLimit)) Fail("Run did not return within 2 s of the request to stop");
}

bool RunningConnection::WaitForEnd(std::chrono::milliseconds at_most) const {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, at_most, [this] { return has_ended_; });
}

}  // namespace feedmux::contract
