#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/exit_code.hpp"
#include "config/schema.hpp"

namespace feedmux {

int PrintSchema() {
  fmt::print("{}", ConfigSchema(OpenCatalog({}).plugins));
  return exit_code::kOk;
}

}  // namespace feedmux
