#include <fmt/format.h>

#include <algorithm>  // count_if
#include <cstdio>     // stdout
#include <string>     // string

#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/exit_code.hpp"
#include "config/shown.hpp"
#include "core/counted.hpp"
#include "core/symbol_table.hpp"
#include "core/system_clock.hpp"

namespace feedmux {
namespace {

std::string SymbolsOf(const PlannedConnection& connection) {
  if (!connection.enabled) return "disabled";
  const std::string known = Counted(connection.spec.tickers.size(), "symbol");
  if (connection.unresolved.empty()) return known;
  const std::string otherwise =
      connection.spec.tickers.empty() ? "" : fmt::format("; {} without it", known);
  return fmt::format("symbols known only when it runs (universe {}){}",
                     Shown(connection.unresolved), otherwise);
}

}  // namespace

int Check(const std::filesystem::path& config) {
  const SystemClock clock;
  SymbolTable symbols;
  HostServices services{clock, symbols, {}, {}, nullptr};
  const auto configuration = ReadConfiguration(config, Purpose::Check, services);
  if (!configuration) return exit_code::kConfig;

  const Assembly& assembly = configuration->assembly;
  const auto running =
      std::count_if(assembly.connections.begin(), assembly.connections.end(),
                    [](const PlannedConnection& connection) { return connection.enabled; });
  fmt::print("{}: ok: {} of {} connections enabled, {} sinks\n", config.string(), running,
             assembly.connections.size(), assembly.sinks.size());
  for (const PlannedConnection& connection : assembly.connections) {
    fmt::print("  {} {} ({}): {}\n", connection.spec.connection_id, connection.spec.name,
               assembly.sources[connection.source].name, SymbolsOf(connection));
  }
  return exit_code::kOk;
}

}  // namespace feedmux
