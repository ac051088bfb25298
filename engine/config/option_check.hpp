#pragma once

#include <filesystem>  // path
#include <map>         // map
#include <optional>    // optional
#include <span>        // span
#include <string>      // string
#include <vector>      // vector

#include "config/expand.hpp"
#include "config/problem.hpp"
#include "config/yaml_document.hpp"
#include "feedmux/options.hpp"

namespace feedmux {

/// What the reading of one file needs everywhere.
struct ReadContext {
  const YamlDocument& document;
  const Environment& environment;
  std::filesystem::path folder;  ///< absolute; paths in the file are relative to it
  Problems& problems;
};

/// A text of the file as messages may show it: a secret, or what the environment gave, never
/// stands here.
struct GivenText {
  Place place;
  std::string shown;
  bool hidden = false;  ///< `shown` is not the text itself, and no hint may be made from it
};

/// What the file gives for one option.
struct GivenOption {
  Place place;
  std::vector<GivenText> texts;  ///< one, or the items of a list
};

/// A map of the file after the check.
struct CheckedOptions {
  Options options;  ///< what is valid, and defaults for the rest
  std::map<std::string, GivenOption, std::less<>> given;  ///< those the file gives, valid or not
};

/// The keys that a map may have.
struct KnownKeys {
  std::span<const OptionSpec> options;
  std::vector<std::string> sections = {};  ///< read by the caller
  /// Keys that belong elsewhere, and where: {"url", "sinks[0].options"}.
  std::map<std::string, std::string, std::less<>> misplaced = {};
};

/// A map to check.
struct OptionMap {
  const YamlNode* node = nullptr;  ///< of type Map; null: the file does not give it
  Place place;                     ///< of the map, or where it would be
  std::string path;
  /// False for what is switched off: a variable that is not set is no problem there, and may leave
  /// required options without a value.
  bool variables_must_be_set = true;
};

/// Checks a map against its table: unknown keys, missing ones, types and ranges. Every problem is
/// reported, and each with the name of the key at fault.
CheckedOptions CheckOptions(const ReadContext& context, const OptionMap& map,
                            const KnownKeys& known);

/// The entry's value if it is a map; null if it is empty. Anything else is reported.
const YamlNode* ExpectMap(const ReadContext& context, const YamlNode& node,
                          const std::string& path);

/// The same for a list.
const YamlNode* ExpectList(const ReadContext& context, const YamlNode& node,
                           const std::string& path);

/// True if the map holds `enabled: false`, references expanded.
bool IsSwitchedOff(const ReadContext& context, const YamlNode& map);

}  // namespace feedmux
