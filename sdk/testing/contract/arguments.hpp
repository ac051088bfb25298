#pragma once

#include <optional>  // optional
#include <string>    // string
#include <utility>   // pair
#include <vector>    // vector

namespace feedmux::contract {

/// Stands in an option's value for the port of a peer on 127.0.0.1 that the suite plays: one that
/// is not there, stays silent, hangs up or talks nonsense.
inline constexpr const char* kPortPlaceholder = "{port}";

/// The command line.
struct Arguments {
  std::string plugin;                                        ///< path of the library
  std::vector<std::pair<std::string, std::string>> options;  ///< name and text, as in the YAML
  std::vector<std::string> tickers = {"AAPL", "MSFT", "NVDA"};
  std::vector<std::string> tests;  ///< to run; empty: all
  bool list = false;               ///< only name the tests
};

/// What `--help` prints.
extern const char* const kUsage;

/// Nothing if the words make no sense; then `problem` says why. For `--help` it is empty.
std::optional<Arguments> ParseArguments(const std::vector<std::string>& words,
                                        std::string& problem);

}  // namespace feedmux::contract
