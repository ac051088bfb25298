#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// The text as one line that a terminal only prints: control characters stand as \x1b.
std::string VisibleText(std::string_view text);

}  // namespace feedmux
