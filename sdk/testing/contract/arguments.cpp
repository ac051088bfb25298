#include "arguments.hpp"

#include <algorithm>  // min

namespace feedmux::contract {

const char* const kUsage =
    "Usage: feedmux-contract PLUGIN [--option NAME=VALUE]... [--tickers A,B,...] [--test NAME]...\n"
    "       feedmux-contract --list\n"
    "\n"
    "Checks a plugin library against the terms of the feedmux SDK. Each test runs in a process of\n"
    "its own, so that a crash fails one test.\n"
    "\n"
    "  --option NAME=VALUE  an option of the plugin, as in the YAML; lists with commas. {port} in "
    "a\n"
    "                       value is the port of a peer on 127.0.0.1 that the suite plays: not\n"
    "                       there, silent, hanging up, talking nonsense\n"
    "  --tickers A,B        what the connections of a source subscribe to\n"
    "  --test NAME          only this test; may be repeated\n"
    "  --list               name the tests\n"
    "\n"
    "Exit code: 0 all tests passed, 1 one failed, 2 wrong usage.\n";

namespace {

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const auto comma = std::min(text.find(',', from), text.size());
    if (comma > from) parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

}  // namespace

std::optional<Arguments> ParseArguments(const std::vector<std::string>& words,
                                        std::string& problem) {
  Arguments arguments;
  problem.clear();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--help" || word == "-h") return std::nullopt;
    if (word == "--list") {
      arguments.list = true;
      continue;
    }
    if (word.rfind("--", 0) != 0) {
      if (!arguments.plugin.empty()) {
        problem = "expected one plugin, found '" + arguments.plugin + "' and '" + word + "'";
        return std::nullopt;
      }
      arguments.plugin = word;
      continue;
    }
    if (word != "--option" && word != "--tickers" && word != "--test") {
      problem = "unknown argument '" + word + "'";
      return std::nullopt;
    }
    if (++i == words.size()) {
      problem = word + " needs a value";
      return std::nullopt;
    }
    const std::string& value = words[i];
    if (word == "--tickers") {
      arguments.tickers = Split(value);
    } else if (word == "--test") {
      arguments.tests.push_back(value);
    } else {
      const auto equals = value.find('=');
      if (equals == 0 || equals == std::string::npos) {
        problem = "--option: expected NAME=VALUE, found '" + value + "'";
        return std::nullopt;
      }
      arguments.options.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    }
  }
  if (arguments.plugin.empty() && !arguments.list) {
    problem = "expected a plugin library";
    return std::nullopt;
  }
  return arguments;
}

}  // namespace feedmux::contract
