#pragma once

#include <string>  // string
#include <vector>  // vector

namespace feedmux::contract {

/// The symbols that a shared library (ELF, 64 bit) offers to others, without those that sanitizers
/// add. Throws std::runtime_error if the file is none.
std::vector<std::string> ExportedSymbols(const std::string& path);

}  // namespace feedmux::contract
