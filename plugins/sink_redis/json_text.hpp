#pragma once

#include <cstddef>      // size_t
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::redis {

/// Room that WriteJsonText may use for `size` bytes of text.
constexpr std::size_t MaxJsonText(std::size_t size) { return 6 * size; }

/// UTF-8 text as it stands between the quotes of a JSON string. Returns its end in `out`.
char* WriteJsonText(char* out, std::string_view text);

/// The same with its quotes.
std::string QuotedJson(std::string_view text);

}  // namespace feedmux::redis
