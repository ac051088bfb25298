#pragma once

#include <condition_variable>  // condition_variable_any
#include <functional>          // function
#include <mutex>               // mutex
#include <string>              // string
#include <thread>              // jthread
#include <vector>              // vector

#include "assembly/assembly.hpp"
#include "core/logging.hpp"
#include "feedmux/health.hpp"

namespace feedmux {

/// Looks universes up again, each at its own interval and all on demand, and tells what changed.
/// One that cannot be looked up keeps its last good symbols.
///
/// Thread: any. Resolvers may block, so they are asked by the watcher's own thread and by whoever
/// refreshes, one at a time.
class UniverseWatcher {
 public:
  /// What a use of a universe gains and loses.
  using OnChange = std::function<void(const UniverseUse& use, const std::vector<std::string>& added,
                                      const std::vector<std::string>& removed)>;

  /// `universes` and `clock` outlive it.
  UniverseWatcher(UniverseSet& universes, std::vector<UniverseUse> uses, const Clock& clock,
                  OnChange on_change);

  void Start();

  /// Returns at once; a resolver that is being asked ends in its own time.
  void RequestStop() { thread_.request_stop(); }

  /// Looks all of them up now.
  std::vector<UniverseHealth> Refresh();

  std::vector<UniverseHealth> Read() const;

 private:
  struct Watched {
    UniverseUse use;
    UniverseHealth health;
    std::int64_t due_ns = 0;  ///< monotonic; 0: never by itself
  };

  void Run(const std::stop_token& stop);
  void LookUp(Watched& watched);
  void Take(Watched& watched, Resolution found);
  std::int64_t NextDueNs() const;

  UniverseSet& universes_;
  const Clock& clock_;
  const OnChange on_change_;
  NamedLog log_{"universes"};

  std::mutex resolving_;          // taken first; held while resolvers are asked
  mutable std::mutex mutex_;      // held for moments
  std::vector<Watched> watched_;  // written with both held, read with either
  std::condition_variable_any stop_asked_;
  std::jthread thread_;  // declared last: it uses all of the above
};

/// The same symbols in the same order have the same hash: the first 16 hex digits of SHA-256.
std::string ContentHash(const std::vector<std::string>& symbols);

}  // namespace feedmux
