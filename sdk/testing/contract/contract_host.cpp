#include "contract_host.hpp"

#include <stdexcept>  // logic_error

#include "isolated.hpp"

namespace feedmux::contract {

namespace {

template <typename AnyClock>
std::int64_t NowNs() {
  const auto since = AnyClock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
}

}  // namespace

std::int64_t SystemClock::UtcNs() const { return NowNs<std::chrono::system_clock>(); }
std::int64_t SystemClock::MonotonicNs() const { return NowNs<std::chrono::steady_clock>(); }

ContractHost::ContractHost(bool has_timers, ConnectionIndex connections) : has_timers_(has_timers) {
  for (int i = 1; i <= connections; ++i) {
    const std::string number = std::to_string(i);
    connections_.push_back({"connection_" + number, "name_" + number, "contract"});
  }
}

Timers& ContractHost::timers() {
  if (!has_timers_) throw std::logic_error("only sinks have timers");
  return *this;
}

void ContractHost::Every(std::chrono::milliseconds interval, std::function<void()> callback) {
  if (std::this_thread::get_id() != sink_thread_) Fail("set a timer outside the sink thread");
  if (interval.count() <= 0) Fail("set a timer without an interval");
  callbacks_.push_back(std::move(callback));
}

void ContractHost::FireTimers() {
  const auto callbacks = callbacks_;
  for (const auto& callback : callbacks) callback();
}

void ContractHost::ReportFailed(std::uint64_t ticks, std::string_view) {
  if (!in_on_ticks_ || std::this_thread::get_id() != sink_thread_) {
    Fail("called Host::ReportFailed outside OnTicks");
  }
  if (ticks > may_fail_) Fail("reported more ticks as failed than it was offered");
  may_fail_ -= ticks;
}

void ContractHost::Linger(std::chrono::nanoseconds most) {
  if (std::this_thread::get_id() != sink_thread_)
    Fail("called Host::Linger outside the sink thread");
  if (most.count() < 0) Fail("called Host::Linger with a time below 0");
}

void ContractHost::BeginOnTicks(std::uint64_t offered) {
  in_on_ticks_ = true;
  may_fail_ = offered;
}

void ContractHost::EndOnTicks() { in_on_ticks_ = false; }

const ConnectionNames& ContractHost::connection(ConnectionIndex index) const {
  static const ConnectionNames kNone;
  return index >= 1 && index <= connections_.size() ? connections_[index - 1u] : kNone;
}

Health ContractHost::ReadHealth() const {
  Health health;
  for (const ConnectionNames& names : connections_) {
    ConnectionHealth& connection = health.connections.emplace_back();
    connection.connection_id = names.connection_id;
    connection.name = names.name;
    connection.source = names.source;
  }
  health.sinks.emplace_back().name = "contract";
  return health;
}

}  // namespace feedmux::contract
