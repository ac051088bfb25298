#pragma once

#include <filesystem>  // path
#include <optional>    // optional

#include "assembly/assembly.hpp"
#include "config/config.hpp"
#include "plugins/plugin_host.hpp"

namespace feedmux {

/// A configuration that was read, checked and made into instances.
struct Configuration {
  Config config;
  Assembly assembly;
};

/// Loads the plugins and the YAML file, and makes what it asks for. Every problem goes to standard
/// error, a line each. Nothing if one of them is an error.
std::optional<Configuration> ReadConfiguration(const std::filesystem::path& file, Purpose purpose,
                                               HostServices& services);

}  // namespace feedmux
