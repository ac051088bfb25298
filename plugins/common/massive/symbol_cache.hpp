#pragma once

#include <bit>            // endian
#include <cstddef>        // size_t
#include <cstdint>        // fixed-width integers
#include <functional>     // hash, equal_to
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map
#include <vector>         // vector

#include "feedmux/host.hpp"

namespace feedmux::massive {

/// Symbol text → number, asking Symbols once for each text. A known symbol costs a hash and a
/// comparison, no lock and no allocation. Thread: one.
class SymbolCache {
 public:
  /// Bytes behind a text that Find may read, though it ignores them.
  static constexpr std::size_t kReadBeyond = 8;

  /// `symbols` must outlive the cache.
  explicit SymbolCache(Symbols& symbols);

  /// The number of `text`; kNoSymbol, which is not remembered, if the process' table is full.
  /// kReadBeyond bytes behind the text must be readable.
  SymbolId Find(std::string_view text) {
    if (text.size() > kShort) [[unlikely]] {
      return FindLong(text);
    }
    const Key key = KeyOf(text);
    for (std::size_t at = key.Hash() & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.key == key) [[likely]] {
        return slot.id;
      }
      if (slot.id == kNoSymbol) return Add(key, text);
    }
  }

 private:
  static constexpr std::size_t kShort = 24;

  /// A text of at most kShort bytes, padded with zeros; the size tells those apart that end with
  /// zeros themselves.
  struct Key {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::uint64_t third = 0;
    std::uint64_t size = 0;

    bool operator==(const Key&) const = default;
    std::size_t Hash() const;
  };

  struct Slot {
    Key key;
    SymbolId id = kNoSymbol;  ///< kNoSymbol: the slot is free
  };

  static std::uint64_t Word(std::string_view text, std::size_t at);
  static Key KeyOf(std::string_view text);
  SymbolId Add(const Key& key, std::string_view text);
  SymbolId FindLong(std::string_view text);
  void Grow();

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  Symbols& symbols_;
  std::vector<Slot> slots_;  ///< open addressing; a power of two, at most half full
  std::size_t mask_;
  std::size_t used_ = 0;
  std::unordered_map<std::string, SymbolId, TextHash, std::equal_to<>> long_;
};

inline std::size_t SymbolCache::Key::Hash() const {
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
  const std::uint64_t mixed = (first ^ (second << 1 | second >> 63) ^ (third << 2 | third >> 62));
  const std::uint64_t hash = mixed * kOdd;
  return static_cast<std::size_t>(hash >> 32 ^ hash >> 15);
}

inline std::uint64_t SymbolCache::Word(std::string_view text, std::size_t at) {
  static_assert(std::endian::native == std::endian::little);
  static_assert(sizeof(std::uint64_t) == kReadBeyond);
  if (text.size() <= at) return 0;
  std::uint64_t word;
  __builtin_memcpy(&word, text.data() + at, sizeof word);
  const std::size_t size = text.size() - at;
  return size < sizeof word ? word & ((std::uint64_t{1} << 8 * size) - 1) : word;
}

inline SymbolCache::Key SymbolCache::KeyOf(std::string_view text) {
  return {Word(text, 0), Word(text, 8), Word(text, 16), text.size()};
}

}  // namespace feedmux::massive
