#include "massive/symbol_cache.hpp"

#include <utility>  // swap

namespace feedmux::massive {

namespace {
constexpr std::size_t kFirstSlots = 256;
}

SymbolCache::SymbolCache(Symbols& symbols)
    : symbols_(symbols), slots_(kFirstSlots), mask_(kFirstSlots - 1) {}

SymbolId SymbolCache::Add(const Key& key, std::string_view text) {
  const SymbolId id = symbols_.Intern(text);
  if (id == kNoSymbol) return kNoSymbol;
  if (2 * (used_ + 1) > slots_.size()) Grow();
  std::size_t at = key.Hash() & mask_;
  while (slots_[at].id != kNoSymbol) at = (at + 1) & mask_;
  slots_[at] = {key, id};
  ++used_;
  return id;
}

SymbolId SymbolCache::FindLong(std::string_view text) {
  if (const auto found = long_.find(text); found != long_.end()) return found->second;
  const SymbolId id = symbols_.Intern(text);
  if (id != kNoSymbol) long_.emplace(text, id);
  return id;
}

void SymbolCache::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  std::swap(old, slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == kNoSymbol) continue;
    std::size_t at = slot.key.Hash() & mask_;
    while (slots_[at].id != kNoSymbol) at = (at + 1) & mask_;
    slots_[at] = slot;
  }
}

}  // namespace feedmux::massive
