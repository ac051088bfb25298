#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// The YAML that does what a TickStock .env file asks for: the Massive source with its connections,
/// the synthetic source in its place where Massive is off, and the Redis channel that TickStock
/// reads. Comments name what was not carried over.
///
/// Neither keys nor passwords are in it, only references to the variables that hold them; nor is
/// any value of a variable that is not known here. Never throws for what the text holds.
std::string ImportEnv(std::string_view text);

}  // namespace feedmux
