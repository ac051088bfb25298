#include <fmt/format.h>

#include <cstdio>  // fflush, stderr
#include <nlohmann/json.hpp>

#include "cli/control/ask.hpp"
#include "cli/control/text.hpp"
#include "cli/control/tick_text.hpp"
#include "cli/exit_code.hpp"

namespace feedmux {
namespace {

/// Prints a line of the engine and says whether it was a tick.
bool PrintLine(const std::string& line, bool as_json) {
  const auto json = nlohmann::ordered_json::parse(line, nullptr, false);
  if (!json.is_object()) throw std::runtime_error("the engine sent what is no JSON");
  if (json.contains("tick")) {
    // As it came: the engine's order of keys, and no number printed anew.
    constexpr std::size_t kHead = std::string_view{"{\"tick\":"}.size();
    fmt::print("{}", as_json ? line.substr(kHead, line.size() - kHead - 1) + "\n"
                             : TickText(json["tick"]));
    return true;
  }
  const auto dropped = json.value("dropped", std::uint64_t{0});
  if (as_json) {
    fmt::print("{}\n", line);
  } else if (dropped != 0) {
    fmt::print("... {} not shown: too slow a reader\n", CountOf(dropped, "tick"));
  }
  return false;
}

}  // namespace

int Tap(const TapOptions& options) {
  nlohmann::json arguments = nlohmann::json::object();
  if (!options.symbols.empty()) arguments["symbols"] = options.symbols;
  if (!options.kinds.empty()) arguments["kinds"] = options.kinds;
  ControlClient client = Connect(options);
  client.Call("tap", arguments);
  for (std::uint64_t shown = 0; options.limit == 0 || shown < options.limit;) {
    if (!client.HasLine()) std::fflush(stdout);
    const auto line = client.ReadLine();
    if (!line) {
      std::fflush(stdout);
      throw NoEngine(fmt::format("{}: the engine went away", client.path().string()));
    }
    if (PrintLine(*line, options.json)) ++shown;
  }
  return exit_code::kOk;
}

}  // namespace feedmux
