#pragma once

#include <atomic>         // atomic
#include <cstdint>        // uint64_t
#include <mutex>          // mutex
#include <optional>       // optional
#include <unordered_map>  // unordered_map
#include <unordered_set>  // unordered_set
#include <vector>         // vector

#include "bus/bus.hpp"
#include "connections/overlap.hpp"
#include "manager/session_driver.hpp"

namespace feedmux {

/// What passes while tickers of one source change connections and come over two of them: every
/// event once, each symbol's in order.
///
/// Thread: the manager begins and ends overlaps and never waits for a connection; the source's
/// connections publish, one at a time as long as any overlap lasts. None of them waits for a sink's
/// room meanwhile: it does before it is its turn.
class Overlaps {
 public:
  explicit Overlaps(Bus& bus) : bus_(bus) {}

  /// [connection thread] False, and no lock taken, in all but the seconds of a move.
  bool active() const { return active_.load(std::memory_order_acquire); }

  /// [connection thread] Publishes what of the batch is neither a duplicate nor to be held back,
  /// and counts the rest.
  void Publish(const BatchRef& batch);

  // [manager]; kNoSymbol stands for every symbol.
  void Begin(SymbolId symbol, ConnectionIndex from, ConnectionIndex to,
             const std::vector<SymbolId>& named = {});
  void Release(SymbolId symbol);
  void Turn(SymbolId symbol, ConnectionIndex gone, ConnectionIndex to);
  void End(SymbolId symbol);
  OverlapState Read(SymbolId symbol) const;

  /// [manager] Does what was asked, unless a connection publishes right now and will.
  void TryApply();

  /// Once the connections have ended: ends all overlaps. What was held back passes.
  void Finish();

 private:
  struct Request {
    enum class What { Begin, Release, Turn, End } what = What::Begin;
    SymbolId symbol = kNoSymbol;
    ConnectionIndex from = 0;
    ConnectionIndex to = 0;
    std::vector<SymbolId> named = {};
  };

  struct Entry {
    Overlap overlap;
    bool by_wildcard = false;
  };

  struct Wildcard {
    ConnectionIndex from = 0;
    ConnectionIndex to = 0;
    std::unordered_set<SymbolId> named = {};
    bool released = false;
    bool turned = false;
    OverlapState state = {};

    void Turn(ConnectionIndex gone, ConnectionIndex third);
  };

  void Ask(const Request& request);
  void Apply();
  void Apply(const Request& request);
  void ApplyToAll(const Request& request);
  void Open(Overlap& overlap);
  void Close(Overlap& overlap);
  void Change(Overlap& overlap, const Request& request);
  std::unique_lock<std::mutex> LockWithRoom(PooledBatch& batch);
  Entry* Find(const Tick& tick);
  bool IsKeptOut(const Tick& tick, PooledBatch& batch);
  void CountForWildcard(const Tick& tick, const Overlap& overlap);
  void EmitTouched(bool by_new, ConnectionIndex connection);
  void Emit(Overlap& overlap);
  void ShowStates();

  Bus& bus_;
  std::atomic<bool> active_{false};

  std::mutex publish_mutex_;                      // taken before the next; held while publishing
  std::unordered_map<SymbolId, Entry> overlaps_;  // guarded by publish_mutex_, as the next two
  std::optional<Wildcard> wildcard_;
  std::vector<SymbolId> touched_;  // by the batch that is being published

  mutable std::mutex request_mutex_;                   // held for moments
  std::vector<Request> requests_;                      // guarded by request_mutex_, as the next two
  std::unordered_map<SymbolId, OverlapState> states_;  // begun by name
  OverlapState wildcard_state_;
};

}  // namespace feedmux
