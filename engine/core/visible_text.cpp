#include "core/visible_text.hpp"

#include <fmt/format.h>

#include <iterator>  // back_inserter

namespace feedmux {

std::string VisibleText(std::string_view text) {
  std::string visible;
  visible.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      fmt::format_to(std::back_inserter(visible), "\\x{:02x}", byte);
    } else {
      visible += c;
    }
  }
  return visible;
}

}  // namespace feedmux
