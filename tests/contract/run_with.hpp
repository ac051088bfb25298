#pragma once

#include <map>     // map
#include <string>  // string
#include <vector>  // vector

namespace feedmux::contract {

/// Runs a command of these words, where each placeholder ("{port}") is replaced by its value, and
/// returns its exit code.
int RunWith(const std::map<std::string, std::string>& placeholders, std::vector<std::string> words);

}  // namespace feedmux::contract
