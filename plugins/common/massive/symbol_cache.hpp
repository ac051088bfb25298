#pragma once

#include <cstddef>        // size_t
#include <cstdint>        // fixed-width integers
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
    if (text.size() > kShort) [[unlikely]]
      return FindLong(text);
    const Key key = KeyOf(text);
    for (std::size_t at = key.Hash() & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.key == key) [[likely]]
        return slot.id;
      if (slot.id == kNoSymbol) return Add(key, text);
    }
  }

 private:
  static constexpr std::size_t kShort = 24;

  /// A text of at most kShort bytes, padded with zeros. Texts that hold zeros are told apart by the
  /// size.
  struct Key {
    std::uint64_t words[3] = {};
    std::uint32_t size = 0;

    bool operator==(const Key&) const = default;
    std::size_t Hash() const;
  };

  struct Slot {
    Key key;
    SymbolId id = kNoSymbol;  ///< kNoSymbol: the slot is free
  };

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
  std::uint64_t hash = words[0] * kOdd;
  hash = (hash ^ (hash >> 32) ^ words[1]) * kOdd;
  hash = (hash ^ (hash >> 32) ^ words[2]) * kOdd;
  return static_cast<std::size_t>(hash ^ (hash >> 32));
}

inline SymbolCache::Key SymbolCache::KeyOf(std::string_view text) {
  static_assert(sizeof(std::uint64_t) == kReadBeyond);
  Key key;
  key.size = static_cast<std::uint32_t>(text.size());
  for (std::size_t i = 0, at = 0; at < text.size(); ++i, at += 8) {
    __builtin_memcpy(&key.words[i], text.data() + at, 8);
    const std::size_t rest = text.size() - at;
    if (rest < 8) key.words[i] &= (std::uint64_t{1} << (8 * rest)) - 1;
  }
  return key;
}

}  // namespace feedmux::massive
