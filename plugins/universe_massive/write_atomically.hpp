#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::universe_massive {

/// Puts a file of this content at `path`: whoever reads it finds the old one or the whole new one.
/// Makes its folder. Throws std::system_error, and then leaves everything as it was.
void WriteAtomically(const std::string& path, std::string_view content);

}  // namespace feedmux::universe_massive
