#pragma once

#include <cstddef>      // size_t
#include <limits>       // numeric_limits
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::redis {

/// Texts by small numbers (symbol ids, connection indexes), each made once. Looking one up is an
/// index into an array; all texts share one piece of memory.
class TextTable {
 public:
  /// The text of `id`; the first call makes it with `make()`, which returns a std::string. Valid
  /// until the next call.
  template <typename Make>
  std::string_view Get(std::size_t id, Make make) {
    if (id >= places_.size()) places_.resize(id + 1);
    if (places_[id].offset == kNowhere) {
      const std::string text = make();
      places_[id] = {texts_.size(), text.size()};
      texts_ += text;
    }
    const Place place = places_[id];
    return {texts_.data() + place.offset, place.size};
  }

 private:
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

  struct Place {
    std::size_t offset = kNowhere;
    std::size_t size = 0;
  };

  std::vector<Place> places_;
  std::string texts_;
};

}  // namespace feedmux::redis
