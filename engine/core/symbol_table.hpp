#pragma once

#include <array>          // array
#include <atomic>         // atomic
#include <cstddef>        // size_t
#include <memory>         // unique_ptr
#include <mutex>          // mutex
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map

#include "feedmux/host.hpp"

namespace feedmux {

/// The process' symbols. Grows only; a text never moves. Thread: any; Text never locks.
class SymbolTable final : public Symbols {
 public:
  /// Enough for every option contract of the US market three times over; a feed of garbage must not
  /// eat the memory.
  static constexpr std::size_t kCapacity = std::size_t{1} << 22;

  /// With place for `capacity` symbols, kNoSymbol among them; at most kCapacity.
  explicit SymbolTable(std::size_t capacity = kCapacity);

  SymbolId Intern(std::string_view text) override;
  std::string_view Text(SymbolId id) const override;

 private:
  static constexpr std::size_t kChunkSize = 4096;
  using Chunk = std::array<std::string, kChunkSize>;

  const std::size_t capacity_;
  std::mutex mutex_;
  std::unordered_map<std::string_view, SymbolId> ids_;  // guarded by mutex_; keys lie in chunks_
  std::array<std::unique_ptr<Chunk>, kCapacity / kChunkSize> chunks_;
  std::atomic<std::size_t> size_{0};  // entries below it never change again
};

}  // namespace feedmux
