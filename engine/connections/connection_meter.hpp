#pragma once

#include <array>    // array
#include <atomic>   // atomic
#include <cstdint>  // int64_t, uint64_t
#include <memory>   // unique_ptr

#include "feedmux/tick.hpp"
#include "manager/latency_histogram.hpp"

namespace feedmux {

/// What the manager wants to know of a connection's traffic. The connection's thread counts; any
/// thread may read, without a lock.
class ConnectionMeter {
 public:
  /// [connection thread] What one frame brought, before anything is taken out of it.
  void Count(const Tick* ticks, std::size_t count, std::int64_t ts_recv_ns) {
    if (count == 0) return;
    for (std::size_t i = 0; i < count; ++i) CountSymbol(ticks[i].symbol);
    ticks_.store(ticks_.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
    last_tick_ns_.store(ts_recv_ns, std::memory_order_relaxed);
    // One sample a frame: what came together has waited together.
    const Tick& last = ticks[count - 1];
    if (last.ts_event_ns != kNoTime) latency_.Add(ts_recv_ns - last.ts_event_ns);
  }

  /// [connection thread] Lasts while the bus has a batch, which may be for as long as a sink with
  /// `when_full: block` is full.
  class Publishing {
   public:
    explicit Publishing(ConnectionMeter& meter) : mark_(meter.publish_mark_) { Change(); }
    ~Publishing() { Change(); }
    Publishing(const Publishing&) = delete;
    Publishing& operator=(const Publishing&) = delete;

   private:
    void Change() {
      mark_.store(mark_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }
    std::atomic<std::uint64_t>& mark_;
  };

  /// Odd while the bus has a batch; another number for each.
  std::uint64_t publish_mark() const { return publish_mark_.load(std::memory_order_acquire); }

  std::uint64_t ticks() const { return ticks_.load(std::memory_order_relaxed); }
  std::int64_t last_tick_ns() const { return last_tick_ns_.load(std::memory_order_relaxed); }
  const LatencyHistogram& latency() const { return latency_; }

  std::uint64_t TicksOf(SymbolId symbol) const {
    const Page* page =
        symbol < kMaxSymbols ? pages_[symbol / kPage].load(std::memory_order_acquire) : nullptr;
    return page ? (*page)[symbol % kPage].load(std::memory_order_relaxed) : 0;
  }

  ~ConnectionMeter() {
    for (auto& page : pages_) delete page.load(std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t kPage = 4096;
  static constexpr std::size_t kPages = 4096;
  static constexpr std::size_t kMaxSymbols = kPage * kPages;
  using Page = std::array<std::atomic<std::uint64_t>, kPage>;

  void CountSymbol(SymbolId symbol) {
    if (symbol >= kMaxSymbols) return;
    Page* page = pages_[symbol / kPage].load(std::memory_order_relaxed);
    if (!page) [[unlikely]] {
      page = new Page{};
      pages_[symbol / kPage].store(page, std::memory_order_release);
    }
    std::atomic<std::uint64_t>& count = (*page)[symbol % kPage];
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }

  std::atomic<std::uint64_t> ticks_{0};
  std::atomic<std::int64_t> last_tick_ns_{0};
  std::atomic<std::uint64_t> publish_mark_{0};
  LatencyHistogram latency_;
  std::array<std::atomic<Page*>, kPages> pages_ = {};  // made as symbols come up, never freed
};

}  // namespace feedmux
