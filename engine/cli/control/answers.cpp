#include "cli/control/answers.hpp"

#include <fmt/format.h>

#include <algorithm>  // all_of, max
#include <nlohmann/json.hpp>

#include "cli/control/table.hpp"
#include "cli/control/text.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;
using Align = Table::Align;

Table::Cell Number(const Json& json, const char* name) {
  return {Grouped(json.value(name, std::uint64_t{0}))};
}

std::string LoadsText(const Json& loads) {
  std::string text;
  for (const Json& load : loads) {
    text += fmt::format("  {}: {} -> {} ticks/s\n", Printable(load.value("connection_id", "")),
                        RateText(load.value("before", 0.0)), RateText(load.value("after", 0.0)));
  }
  return text;
}

}  // namespace

std::string LedgerTable(const Json& report, const Paint& paint) {
  Table connections{{{"CONNECTION", Align::Left},
                     {"EVENTS"},
                     {"= TICKS"},
                     {"+ STATUS"},
                     {"+ REJECTED"},
                     {"+ DUPLICATES"},
                     {"+ WITHHELD"}}};
  for (const auto& [id, connection] : report["connections"].items()) {
    connections.AddRow({{Printable(id)},
                        Number(connection, "events"),
                        Number(connection, "message_count"),
                        Number(connection, "status_events"),
                        Number(connection, "rejected"),
                        Number(connection, "duplicates"),
                        Number(connection, "withheld")});
  }
  const Json& ledger = report["ledger"];
  Table sinks{{{"SINK", Align::Left, true},
               {"PUBLISHED"},
               {"= DELIVERED"},
               {"+ FILTERED"},
               {"+ DROPPED"},
               {"+ CONFLATED"},
               {"+ QUEUED"},
               {"+ FAILED"}}};
  for (const auto& [name, sink] : ledger["sinks"].items()) {
    sinks.AddRow({{Printable(name)},
                  Number(ledger, "published"),
                  Number(sink, "delivered"),
                  Number(sink, "filtered"),
                  Number(sink, "dropped"),
                  Number(sink, "conflated"),
                  Number(sink, "queued"),
                  Number(sink, "failed")});
  }
  const auto imbalance = ledger.value("imbalance", std::int64_t{0});
  return fmt::format(
      "{}\n{}\n{} published, {} of them the engine's own about gaps\n{}\n", connections.Text(paint),
      sinks.Text(paint), Grouped(ledger.value("published", std::uint64_t{0})),
      Grouped(ledger.value("gap_ticks", std::uint64_t{0})),
      paint(imbalance == 0 ? Colour::Green : Colour::Red, fmt::format("imbalance {}", imbalance)));
}

std::string UniversesTable(const Json& universes, const Paint& paint) {
  if (universes.empty()) return "no connection is configured with a universe\n";
  Table table{{{"UNIVERSE", Align::Left, true},
               {"RESOLVER", Align::Left},
               {"SYMBOLS"},
               {"RESOLVED"},
               {"HASH", Align::Left},
               {"STATE", Align::Left}}};
  for (const Json& universe : universes) {
    const bool stale = universe.value("stale", false);
    table.AddRow({{Printable(universe.value("key", ""))},
                  {Printable(universe.value("resolver", ""))},
                  Number(universe, "count"),
                  {TimeText(universe.value("resolved_at", 0.0))},
                  {Printable(universe.value("content_hash", ""))},
                  {stale ? "stale" : "ok", stale ? Colour::Yellow : Colour::Green}});
    if (stale) table.AddNote({Printable(universe.value("last_error", "")), Colour::Red});
  }
  return table.Text(paint);
}

std::string PlansText(const Json& plans, bool applied) {
  std::string text;
  std::size_t moves = 0;
  for (const Json& plan : plans) {
    const Json& planned = plan["moves"];
    if (planned.empty()) continue;
    moves += planned.size();
    text += fmt::format("{}: {}\n", Printable(plan.value("source", "")),
                        CountOf(planned.size(), "move"));
    std::size_t width = 0;
    for (const Json& move : planned) {
      width = std::max(width, move.value("symbol", "").size());
    }
    for (const Json& move : planned) {
      text += fmt::format("  {:<{}}  {} -> {}  {} ticks/s\n", Printable(move.value("symbol", "")),
                          width, Printable(move.value("from", "")), Printable(move.value("to", "")),
                          RateText(move.value("ticks_per_second", 0.0)));
    }
    text += LoadsText(plan["loads"]);
  }
  if (moves == 0) {
    const bool measured = std::all_of(
        plans.begin(), plans.end(), [](const Json& plan) { return plan.value("measured", true); });
    return measured ? "nothing to move: the connections are balanced as they are\n"
                    : "rates are not measured yet: ask again 10 s after the start\n";
  }
  if (!applied) text += "nothing was changed; --apply makes these moves\n";
  return text;
}

std::string TickersText(const Json& connections) {
  std::string text;
  for (const Json& connection : connections) {
    const Json& tickers = connection["tickers"];
    text += fmt::format("{} {}, {}\n", Printable(connection.value("connection_id", "")),
                        Printable(connection.value("name", "")), CountOf(tickers.size(), "ticker"));
    std::string line;
    for (const Json& ticker : tickers) {
      const std::string shown = Printable(ticker.get<std::string>());
      if (!line.empty() && line.size() + 1 + shown.size() > kTableWidth) {
        text += line + "\n";
        line.clear();
      }
      line += (line.empty() ? "  " : " ") + shown;
    }
    if (!line.empty()) text += line + "\n";
  }
  return text;
}

}  // namespace feedmux
