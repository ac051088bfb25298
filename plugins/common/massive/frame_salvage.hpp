#pragma once

#include <cstddef>      // size_t
#include <string_view>  // string_view

namespace feedmux::massive {

/// Finding the next event in a frame that is not JSON as a whole. All are guesses by the looks of
/// the bytes. Private to the codec.

/// The first '{' at or behind `from` that looks like the beginning of an event rather than of an
/// object within one; frame.size() if there is none.
std::size_t FindEventBegin(std::string_view frame, std::size_t from);

/// Where the last string begins that begins in [from, broken); `from` if there is none. A lost
/// quote makes the string before it reach into the next event, so that this is where to look on.
std::size_t FindLastString(std::string_view frame, std::size_t from, std::size_t broken);

/// Whether something other than separators stands there.
bool HasContent(std::string_view text);

}  // namespace feedmux::massive
