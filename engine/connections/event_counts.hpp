#pragma once

#include <cstddef>        // size_t
#include <cstdint>        // int64_t, uint32_t, uint64_t
#include <unordered_map>  // unordered_map
#include <utility>        // exchange

namespace feedmux {

/// How often each event of one symbol has come over two connections, and has passed.
///
/// An event is forgotten after a while, and earlier where very many come: so that an overlap may
/// last without growing. Both connections bring an event within seconds of each other.
///
/// Thread: one at a time.
class EventCounts {
 public:
  struct Counts {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t passed = 0;
  };

  /// Events are remembered for one to two times this, or as many of them.
  static constexpr std::int64_t kKeptNs = 10'000'000'000;
  static constexpr std::size_t kKept = std::size_t{1} << 16;

  /// Of the event `key`, which came at `now_ns`. Valid until the next call.
  Counts& Of(std::uint64_t key, std::int64_t now_ns) {
    if (recent_.size() >= kKept || now_ns - since_ns_ >= kKeptNs) Turn(now_ns);
    const auto [entry, is_new] = recent_.try_emplace(key);
    if (is_new && !older_.empty()) TakeOver(key, entry->second);
    return entry->second;
  }

  template <typename F>
  void ForEach(F&& visit) {
    for (auto& [key, counts] : older_) visit(counts);
    for (auto& [key, counts] : recent_) visit(counts);
  }

  std::size_t size() const { return recent_.size() + older_.size(); }

 private:
  using Map = std::unordered_map<std::uint64_t, Counts>;

  void Turn(std::int64_t now_ns) {
    older_ = std::exchange(recent_, {});
    since_ns_ = now_ns;
  }
  void TakeOver(std::uint64_t key, Counts& counts) {
    const auto found = older_.find(key);
    if (found == older_.end()) return;
    counts = found->second;
    older_.erase(found);
  }

  Map recent_;
  Map older_;
  std::int64_t since_ns_ = 0;  ///< when recent_ began
};

}  // namespace feedmux
