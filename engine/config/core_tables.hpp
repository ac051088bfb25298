#pragma once

#include <optional>  // optional
#include <span>      // span

#include "feedmux/options.hpp"
#include "feedmux/plugin.hpp"

namespace feedmux {

struct Section;

/// A key of a section that holds another section, or a list of them.
struct SubSection {
  const char* name;
  const Section* section;
  bool is_list;
};

/// The keys of one map of the YAML, apart from plugins' options: the single truth that the loader
/// and the JSON Schema work from.
struct Section {
  const char* description;
  std::span<const OptionSpec> options;
  std::span<const SubSection> sections = {};
  /// Set where the map configures a plugin: then it also has `options`, checked by the plugin's
  /// table.
  std::optional<PluginKind> plugin = std::nullopt;
};

extern const Section kRootSection;
extern const Section kEngineSection;
extern const Section kUniverseSection;
extern const Section kSourceSection;
extern const Section kConnectionSection;
extern const Section kReconnectSection;
extern const Section kSinkSection;
extern const Section kQueueSection;
extern const Section kFilterSection;
extern const Section kRetrySection;

}  // namespace feedmux
