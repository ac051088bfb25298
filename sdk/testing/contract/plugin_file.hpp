#pragma once

#include <string>  // string

#include "feedmux/plugin.hpp"

namespace feedmux::contract {

/// Loads the library into this process, for good, and gives its descriptor. Fails the test if that
/// cannot be done.
const PluginDescriptor& LoadPlugin(const std::string& path);

/// Fails the test unless the descriptor has the layout of this SDK, so that the rest of it, and the
/// plugin's C++, may be touched.
void RequireSameBuild(const PluginDescriptor& descriptor);

}  // namespace feedmux::contract
