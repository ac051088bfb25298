#pragma once

#include <span>    // span
#include <string>  // string

#include "feedmux/options.hpp"

namespace feedmux {

/// What is wrong with a plugin's option table, with the option's number and name, what was found
/// and what is valid; empty if nothing is. Never shows the default of a secret.
std::string TableRefusal(std::span<const OptionSpec> table);

}  // namespace feedmux
