#pragma once

#include <cstddef>      // size_t
#include <string_view>  // string_view

namespace feedmux::massive {

/// Where events begin and end in a frame that is not JSON as a whole. Both are guesses by the looks
/// of the bytes: what lies between them may still be no event.
///
/// Private to the codec.

/// The first '{' at or behind `from` that looks like the beginning of an event rather than of an
/// object within one; frame.size() if there is none.
std::size_t FindEventBegin(std::string_view frame, std::size_t from);

/// One past the '}' that closes the '{' at `begin`, if it stands before `limit`; else 0.
std::size_t FindEventEnd(std::string_view frame, std::size_t begin, std::size_t limit);

/// Whether something other than separators stands there.
bool HasContent(std::string_view text);

}  // namespace feedmux::massive
