#include "core/symbol_table.hpp"

#include <algorithm>  // min

namespace feedmux {

SymbolTable::SymbolTable(std::size_t capacity) : capacity_(std::min(capacity, kCapacity)) {
  chunks_[0] = std::make_unique<Chunk>();
  size_ = 1;  // kNoSymbol
}

SymbolId SymbolTable::Intern(std::string_view text) {
  if (text.empty()) return kNoSymbol;
  const std::lock_guard lock{mutex_};
  if (const auto found = ids_.find(text); found != ids_.end()) return found->second;
  const std::size_t id = size_.load(std::memory_order_relaxed);
  if (id >= capacity_) return kNoSymbol;
  auto& chunk = chunks_[id / kChunkSize];
  if (!chunk) chunk = std::make_unique<Chunk>();
  std::string& entry = (*chunk)[id % kChunkSize];
  entry = text;
  ids_.emplace(entry, static_cast<SymbolId>(id));
  size_.store(id + 1, std::memory_order_release);
  return static_cast<SymbolId>(id);
}

std::string_view SymbolTable::Text(SymbolId id) const {
  if (id >= size_.load(std::memory_order_acquire)) return {};
  return (*chunks_[id / kChunkSize])[id % kChunkSize];
}

}  // namespace feedmux
