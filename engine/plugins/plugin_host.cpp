#include "plugins/plugin_host.hpp"

#include <fmt/format.h>

#include <stdexcept>  // logic_error

#include "core/counted.hpp"

namespace feedmux {

Timers& PluginHost::timers() {
  if (role_ != Role::Sink) throw std::logic_error("only a sink has timers");
  return timers_;
}

void PluginHost::ReportFailed(std::uint64_t ticks, std::string_view why) {
  if (role_ != Role::Sink) throw std::logic_error("only a sink reports failed ticks");
  failed_ += ticks;
  failure_ = PluginText(fmt::format("gave up on {}: {}", Counted(ticks, "tick"), why));
  failed_log_.Write(LogLevel::Error, failure_);
}

const ConnectionNames& PluginHost::connection(ConnectionIndex index) const {
  static const ConnectionNames kNone;
  if (index == 0 || index > services_.connections.size()) return kNone;
  return services_.connections[index - 1u];
}

std::vector<LogLine> PluginHost::RecentLog(std::uint64_t after) const {
  return RecentLogLines(after);
}

Health PluginHost::ReadHealth() const {
  return services_.read_health ? services_.read_health() : Health{};
}

Control& PluginHost::control() {
  if (!services_.control) throw std::logic_error("there is no control before the engine starts");
  return *services_.control;
}

void PluginHost::Linger(std::chrono::nanoseconds most) {
  if (role_ != Role::Sink) throw std::logic_error("only a sink lets its ticks linger");
  linger_ = most;
}

}  // namespace feedmux
