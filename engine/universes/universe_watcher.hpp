#pragma once

#include <chrono>              // steady_clock
#include <condition_variable>  // condition_variable_any
#include <cstdint>             // uint64_t
#include <functional>          // function
#include <mutex>               // mutex
#include <stop_token>          // stop_source
#include <string>              // string
#include <thread>              // jthread
#include <vector>              // vector

#include "assembly/assembly.hpp"
#include "core/completion.hpp"
#include "core/logging.hpp"
#include "feedmux/health.hpp"

namespace feedmux {

/// Looks universes up again, each at its own interval and all on demand, and tells what changed.
/// One that cannot be looked up keeps its last good symbols.
///
/// Thread: any. Resolvers may block, so only the watcher's own thread asks them: whoever refreshes
/// waits for it, and needs not once the engine stops.
class UniverseWatcher {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// What a use of a universe gains and loses.
  using OnChange = std::function<void(const UniverseUse& use, const std::vector<std::string>& added,
                                      const std::vector<std::string>& removed)>;

  /// `universes` and `clock` outlive it.
  UniverseWatcher(UniverseSet& universes, std::vector<UniverseUse> uses, const Clock& clock,
                  OnChange on_change);
  ~UniverseWatcher() { RequestStop(); }

  void Start();

  /// Returns at once; a resolver that is being asked ends in its own time.
  void RequestStop() { stop_.request_stop(); }

  /// False if a resolver has not come back by then: the thread is left behind, and the process must
  /// end without destroying this.
  bool WaitUntil(TimePoint deadline) const {
    return !thread_.joinable() || ended_.WaitUntil(deadline);
  }

  /// Has all of them looked up now, once it is started, and waits for that. Throws ControlError if
  /// a stop is requested before.
  std::vector<UniverseHealth> Refresh();

  std::vector<UniverseHealth> Read() const;

 private:
  struct Watched {
    UniverseUse use;
    UniverseHealth health;
    std::int64_t due_ns = 0;  ///< monotonic; 0: never by itself
  };

  void Run();
  void LookUp(Watched& watched);
  void KeepLast(Watched& watched, const std::string& why);
  void Take(Watched& watched, Resolution found);
  std::int64_t NextDueNs() const;
  std::vector<UniverseHealth> ReadLocked() const;

  UniverseSet& universes_;
  const Clock& clock_;
  const OnChange on_change_;
  NamedLog log_{"universes"};

  mutable std::mutex mutex_;      // held for moments
  std::vector<Watched> watched_;  // written by the thread with mutex_, read by it or with mutex_
  std::uint64_t asked_ = 0;       // refreshes that were asked for; guarded by mutex_
  std::uint64_t answered_ = 0;    // of these; as watched_
  std::condition_variable_any changed_;
  std::stop_source stop_;
  Completion ended_;
  std::jthread thread_;  // declared last: it uses all of the above
};

/// The same symbols in the same order have the same hash: the first 16 hex digits of SHA-256.
std::string ContentHash(const std::vector<std::string>& symbols);

}  // namespace feedmux
