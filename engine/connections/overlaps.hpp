#pragma once

#include <atomic>         // atomic
#include <cstdint>        // uint64_t
#include <mutex>          // mutex
#include <optional>       // optional
#include <unordered_map>  // unordered_map
#include <vector>         // vector

#include "bus/bus.hpp"
#include "connections/overlap.hpp"
#include "manager/session_driver.hpp"

namespace feedmux {

/// What passes while tickers change connections and come over two of them: every event once, each
/// symbol's in order.
///
/// Thread: the manager begins and ends overlaps and never waits for a connection; connections
/// publish, one at a time as long as any overlap lasts.
class Overlaps {
 public:
  explicit Overlaps(Bus& bus) : bus_(bus) {}

  /// [connection thread] False, and no lock taken, in all but the seconds of a move.
  bool active() const { return active_.load(std::memory_order_acquire); }

  /// [connection thread] Publishes what of the batch is neither a duplicate nor to be held back,
  /// and counts the rest.
  void Publish(const BatchRef& batch);

  // [manager]; kNoSymbol stands for every symbol.
  void Begin(SymbolId symbol, ConnectionIndex from, ConnectionIndex to);
  void Release(SymbolId symbol);
  void Turn(SymbolId symbol, ConnectionIndex gone, ConnectionIndex to);
  void End(SymbolId symbol);
  OverlapState Read(SymbolId symbol) const;

  /// [manager] Does what was asked, unless a connection publishes right now and will.
  void TryApply();

 private:
  struct Request {
    enum class What { Begin, Release, Turn, End } what = What::Begin;
    SymbolId symbol = kNoSymbol;
    ConnectionIndex from = 0;
    ConnectionIndex to = 0;
  };

  struct Entry {
    Overlap overlap;
    bool by_wildcard = false;
  };

  struct Wildcard {
    ConnectionIndex from = 0;
    ConnectionIndex to = 0;
    bool released = false;
    bool turned = false;
  };

  void Ask(const Request& request);
  void Apply();
  void Apply(const Request& request);
  void ApplyToAll(const Request& request);
  void Open(Overlap& overlap, const Request& request);
  Overlap* Find(const Tick& tick);
  void Emit(Overlap& overlap);
  void ShowState(SymbolId symbol, const Entry& entry);

  Bus& bus_;
  std::atomic<bool> active_{false};

  std::mutex publish_mutex_;                      // taken before the next; held while publishing
  std::unordered_map<SymbolId, Entry> overlaps_;  // guarded by publish_mutex_, as the next one
  std::optional<Wildcard> wildcard_;

  mutable std::mutex request_mutex_;                   // held for moments
  std::vector<Request> requests_;                      // guarded by request_mutex_, as the next two
  std::unordered_map<SymbolId, OverlapState> states_;  // begun by name
  OverlapState wildcard_state_;
};

}  // namespace feedmux
