#include "universes/universe_watcher.hpp"

#include <fmt/format.h>

#include <algorithm>  // min, set_difference
#include <iterator>   // back_inserter
#include <set>        // set
#include <utility>    // move

#include "core/counted.hpp"
#include "core/nanoseconds.hpp"
#include "feedmux/control.hpp"

namespace feedmux {
namespace {

constexpr std::int64_t kIdleNs = 3'600'000'000'000;

std::vector<std::string> Without(const std::vector<std::string>& symbols,
                                 const std::vector<std::string>& others) {
  const std::set<std::string> left_out{others.begin(), others.end()};
  std::vector<std::string> rest;
  std::copy_if(symbols.begin(), symbols.end(), std::back_inserter(rest),
               [&](const std::string& symbol) { return left_out.count(symbol) == 0; });
  return rest;
}

}  // namespace

UniverseWatcher::UniverseWatcher(UniverseSet& universes, std::vector<UniverseUse> uses,
                                 const Clock& clock, OnChange on_change)
    : universes_(universes), clock_(clock), on_change_(std::move(on_change)) {
  const std::int64_t now = clock_.MonotonicNs();
  for (UniverseUse& use : uses) {
    Watched watched;
    watched.health.key = use.key;
    watched.health.resolver = use.resolver;
    watched.health.count = use.symbols.size();
    watched.health.content_hash = ContentHash(use.symbols);
    watched.health.stale = !use.error.empty();
    watched.health.last_error = use.error;
    if (use.error.empty()) watched.health.resolved_ns = clock_.UtcNs();
    if (use.refresh.count() > 0) watched.due_ns = now + Ns(use.refresh);
    watched.use = std::move(use);
    watched_.push_back(std::move(watched));
  }
}

void UniverseWatcher::Start() {
  if (watched_.empty()) return;
  thread_ = std::jthread{[this] {
    Run();
    ended_.Set();
  }};
}

std::vector<UniverseHealth> UniverseWatcher::Read() const {
  const std::lock_guard lock{mutex_};
  return ReadLocked();
}

std::vector<UniverseHealth> UniverseWatcher::ReadLocked() const {
  std::vector<UniverseHealth> all;
  for (const Watched& watched : watched_) all.push_back(watched.health);
  return all;
}

std::vector<UniverseHealth> UniverseWatcher::Refresh() {
  std::unique_lock lock{mutex_};
  if (watched_.empty()) return {};
  const std::uint64_t number = ++asked_;
  changed_.notify_all();
  if (!changed_.wait(lock, stop_.get_token(), [&] { return answered_ >= number; })) {
    throw ControlError("the engine stops before all universes are looked up");
  }
  return ReadLocked();
}

void UniverseWatcher::Run() {
  const std::stop_token stop = stop_.get_token();
  while (!stop.stop_requested()) {
    std::unique_lock lock{mutex_};
    const std::int64_t wait = NextDueNs() - clock_.MonotonicNs();
    changed_.wait_for(lock, stop, std::chrono::nanoseconds{std::max<std::int64_t>(wait, 0)},
                      [this] { return asked_ != answered_; });
    const std::uint64_t asked = asked_;
    lock.unlock();
    for (Watched& watched : watched_) {
      if (stop.stop_requested()) return;
      const bool is_due = watched.due_ns != 0 && clock_.MonotonicNs() >= watched.due_ns;
      if (is_due || asked != answered_) LookUp(watched);
    }
    lock.lock();
    answered_ = asked;
    changed_.notify_all();
  }
}

std::int64_t UniverseWatcher::NextDueNs() const {
  std::int64_t due = clock_.MonotonicNs() + kIdleNs;
  for (const Watched& watched : watched_) {
    if (watched.due_ns != 0) due = std::min(due, watched.due_ns);
  }
  return due;
}

void UniverseWatcher::LookUp(Watched& watched) {
  try {
    Resolution found = universes_.Resolve(watched.use.key);
    // One that is asked before the one that answered may know another set in a moment.
    if (!found.doubt.empty()) return KeepLast(watched, found.doubt);
    Take(watched, std::move(found));
  } catch (const UniverseError& error) {
    KeepLast(watched, error.what());
  }
}

void UniverseWatcher::KeepLast(Watched& watched, const std::string& why) {
  if (watched.health.last_error != why) {
    log_.Warning(fmt::format("{}; its last {} symbols stay", why, watched.health.count));
  }
  const std::lock_guard lock{mutex_};
  watched.health.stale = true;
  watched.health.last_error = why;
  if (watched.due_ns != 0) watched.due_ns = clock_.MonotonicNs() + Ns(watched.use.refresh);
}

void UniverseWatcher::Take(Watched& watched, Resolution found) {
  const std::vector<std::string> added = Without(found.symbols, watched.use.symbols);
  const std::vector<std::string> removed = Without(watched.use.symbols, found.symbols);
  {
    const std::lock_guard lock{mutex_};
    watched.use.symbols = std::move(found.symbols);
    watched.use.refresh = found.refresh;
    watched.health.resolver = found.resolver;
    watched.health.count = watched.use.symbols.size();
    watched.health.content_hash = ContentHash(watched.use.symbols);
    watched.health.resolved_ns = clock_.UtcNs();
    watched.health.stale = false;
    watched.health.last_error.clear();
    watched.due_ns =
        found.refresh.count() == 0 ? 0 : clock_.MonotonicNs() + Ns(watched.use.refresh);
  }
  if (added.empty() && removed.empty()) return;
  log_.Info(fmt::format("universe {}: {}, {} new, {} gone", watched.use.key,
                        Counted(watched.health.count, "symbol"), added.size(), removed.size()));
  on_change_(watched.use, added, removed);
}

}  // namespace feedmux
