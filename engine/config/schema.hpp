#pragma once

#include <span>    // span
#include <string>  // string

#include "feedmux/plugin.hpp"

namespace feedmux {

/// The JSON Schema (draft 2020-12) of the configuration with these plugins, for editors. Made from
/// the tables that the loader checks with; holds no secret's default. What it accepts may still
/// have problems that a schema cannot tell.
std::string ConfigSchema(std::span<const PluginDescriptor* const> plugins);

}  // namespace feedmux
