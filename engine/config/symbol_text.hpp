#pragma once

#include <string_view>  // string_view

namespace feedmux {

/// Whether the text can be a symbol: not empty, and without blanks, control characters and commas.
/// It goes into lines and lists that vendors read.
bool IsSymbol(std::string_view text);

}  // namespace feedmux
