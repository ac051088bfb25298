#include "config/symbol_text.hpp"

#include <algorithm>  // all_of

namespace feedmux {

bool IsSymbol(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F && c != ',';
  });
}

}  // namespace feedmux
