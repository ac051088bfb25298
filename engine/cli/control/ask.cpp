#include "cli/control/ask.hpp"

#include <fmt/format.h>

#include "control/control_path.hpp"

namespace feedmux {

ControlClient Connect(const ControlOptions& options) {
  return ControlClient{PathsToLookAt(options.path)};
}

nlohmann::ordered_json Ask(const ControlOptions& options, std::string_view command,
                           const nlohmann::json& arguments, std::chrono::milliseconds patience) {
  return Connect(options).Call(command, arguments, patience);
}

void PrintJson(const nlohmann::ordered_json& json) {
  using Handler = nlohmann::ordered_json::error_handler_t;
  fmt::print("{}\n", json.dump(2, ' ', false, Handler::replace));
}

}  // namespace feedmux
