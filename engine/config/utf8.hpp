#pragma once

#include <cstddef>      // size_t
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// Where the first byte stands that is no part of well-formed UTF-8 (overlong forms and surrogates
/// are not); npos if there is none.
std::size_t FindInvalidUtf8(std::string_view text);

/// Characters in well-formed UTF-8.
std::size_t CountCharacters(std::string_view text);

/// The longest start of `text` of at most `bytes` bytes that cuts no character.
std::string_view CutUtf8(std::string_view text, std::size_t bytes);

/// Without a byte order mark, and every line ends in \n: as text files are read that may come from
/// Windows.
std::string NormalizeText(std::string_view text);

}  // namespace feedmux
