#include "cli/control/status_table.hpp"

#include <fmt/format.h>

#include <algorithm>  // min
#include <nlohmann/json.hpp>

#include "cli/control/table.hpp"
#include "cli/control/text.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;
using Align = Table::Align;

std::uint64_t Count(const Json& json, const char* name) {
  return json.value(name, std::uint64_t{0});
}

std::string SinceText(const Json& json, const char* name, double now) {
  const double since = json.value(name, 0.0);
  return since == 0 ? "" : AgeText(now - since);
}

std::string Headline(const Json& report, double now, const Paint& paint) {
  double rate = 0;
  for (const Json& connection : report["connections"]) {
    rate += connection.value("ticks_per_second", 0.0);
  }
  const std::uint64_t connected = Count(report, "connected_count");
  const auto imbalance = report["ledger"].value("imbalance", std::int64_t{0});
  return fmt::format(
      "{} (pid {}), up {}: {}, {} ticks/s, {}, {}\n",
      paint(Colour::Bold, "feedmux " + Printable(report.value("version", ""))),
      Count(report, "pid"), AgeText(now - report.value("started_at", now)),
      paint(connected == 0 ? Colour::Red : Colour::None,
            fmt::format("{} of {} connected", connected, Count(report, "total_connections"))),
      RateText(rate), CountOf(Count(report, "total_ticks_received"), "tick"),
      paint(imbalance == 0 ? Colour::Green : Colour::Red, fmt::format("imbalance {}", imbalance)));
}

Table::Cell StatusCell(const Json& connection, double now) {
  if (!connection.value("enabled", true)) return {"disabled", Colour::Dim};
  const std::string status = Printable(connection.value("status", ""));
  std::string text = status;
  if (connection.value("paused", false)) text = status == "connected" ? "pausing" : "paused";
  Colour colour = status == "connected"    ? Colour::Green
                  : status == "connecting" ? Colour::Yellow
                  : status == "error"      ? Colour::Red
                                           : Colour::None;
  if (connection.value("paused", false)) colour = Colour::Yellow;
  if (connection.value("evicted", false) && status == "error") text = "evicted";
  if (connection.value("stale", false)) {
    text += " stale";
    colour = Colour::Yellow;
  }
  const bool is_down = connection.value("down_since", 0.0) != 0;
  const std::string since = SinceText(connection, is_down ? "down_since" : "status_since", now);
  return {since.empty() ? text : text + " " + since, colour};
}

std::string LatencyText(const Json& connection) {
  const auto text = [&connection](const char* name) {
    const auto found = connection.find(name);
    return found != connection.end() && found->is_number()
               ? fmt::format("{:.1f}", found->get<double>())
               : std::string{};
  };
  const std::string p50 = text("latency_p50_ms");
  return p50.empty() ? "-" : p50 + "/" + text("latency_p99_ms");
}

/// Why it is not connected, and when it is tried again; empty if there is nothing to say.
std::string Reason(const Json& connection, double now) {
  if (!connection.value("enabled", true) || connection.value("status", "") == "connected") {
    return {};
  }
  std::string reason = Printable(connection.value("last_error", ""));
  const double next = connection.value("next_attempt", 0.0);
  if (next != 0) {
    reason += fmt::format("{}next attempt in {}", reason.empty() ? "" : "; ", AgeText(next - now));
  }
  return reason;
}

std::string Connections(const Json& report, double now, const Paint& paint) {
  Table table{{{"CONNECTION", Align::Left},
               {"NAME", Align::Left, true},
               {"STATUS", Align::Left},
               {"TICKERS"},
               {"TICKS/S"},
               {"TOTAL"},
               {"ERRORS"},
               {"LAST"},
               {"P50/P99 ms"},
               {"RECONN"}}};
  for (const auto& [id, connection] : report["connections"].items()) {
    const std::uint64_t errors = Count(connection, "error_count");
    const std::string last = SinceText(connection, "last_message_time", now);
    const std::uint64_t assigned = Count(connection, "assigned_tickers");
    const std::uint64_t borrowed = std::min(assigned, Count(connection, "borrowed_tickers"));
    std::string tickers = Compact(assigned - borrowed);
    if (borrowed != 0) tickers += "+" + Compact(borrowed);
    table.AddRow({{Printable(id)},
                  {Printable(connection.value("name", ""))},
                  StatusCell(connection, now),
                  {tickers},
                  {RateText(connection.value("ticks_per_second", 0.0))},
                  {Compact(Count(connection, "message_count"))},
                  {Compact(errors), errors == 0 ? Colour::None : Colour::Yellow},
                  {last.empty() ? "-" : last},
                  {LatencyText(connection)},
                  {Compact(Count(connection, "reconnects"))}});
    if (const std::string reason = Reason(connection, now); !reason.empty()) {
      table.AddNote({reason, Colour::Red});
    }
  }
  return table.Text(paint);
}

Table::Cell SinkState(const Json& sink) {
  if (sink.value("stuck_since", 0.0) != 0) return {"stuck", Colour::Red};
  if (!sink.value("available", true)) return {"retrying", Colour::Red};
  return {"ok", Colour::Green};
}

/// Why it takes no ticks; empty if it does.
std::string SinkTrouble(const Json& sink, double now) {
  if (sink.value("stuck_since", 0.0) != 0) {
    return fmt::format("has not returned from {} for {}", Printable(sink.value("stuck_in", "")),
                       SinceText(sink, "stuck_since", now));
  }
  return sink.value("available", true) ? "" : Printable(sink.value("last_error", ""));
}

std::string Sinks(const Json& report, double now, const Paint& paint) {
  Table table{{{"SINK", Align::Left, true},
               {"STATE", Align::Left},
               {"DELIVERED"},
               {"QUEUED"},
               {"DROPPED"},
               {"FAILED"},
               {"CONFLATED"},
               {"FILTERED"},
               {"ERRORS"}}};
  for (const auto& [name, sink] : report["ledger"]["sinks"].items()) {
    const auto bad_if_any = [&sink = sink](const char* key) {
      const std::uint64_t count = Count(sink, key);
      return Table::Cell{Compact(count), count == 0 ? Colour::None : Colour::Red};
    };
    table.AddRow({{Printable(name)},
                  SinkState(sink),
                  {Compact(Count(sink, "delivered"))},
                  {Compact(Count(sink, "queued"))},
                  bad_if_any("dropped"),
                  bad_if_any("failed"),
                  {Compact(Count(sink, "conflated"))},
                  {Compact(Count(sink, "filtered"))},
                  {Compact(Count(sink, "error_count"))}});
    if (const std::string trouble = SinkTrouble(sink, now); !trouble.empty()) {
      table.AddNote({trouble, Colour::Red});
    }
  }
  return table.Text(paint);
}

std::string OpenGaps(const Json& report, double now) {
  std::string text;
  for (const auto& [id, connection] : report["connections"].items()) {
    for (const Json& gap : connection.value("gaps", Json::array())) {
      if (!gap["to"].is_null()) continue;
      text +=
          Cut(fmt::format("gap: {} {} since {} ({}), {}: {}", Printable(id),
                          Printable(connection.value("name", "")), TimeText(gap.value("from", 0.0)),
                          SinceText(gap, "from", now), CountOf(gap["symbols"].size(), "ticker"),
                          Printable(gap.value("reason", ""))),
              kTableWidth) +
          "\n";
    }
  }
  return text;
}

std::string Alarms(const Json& report) {
  std::string text;
  for (const Json& alarm : report.value("alarms", Json::array())) {
    text += fmt::format("ALARM since {}: {}: {}\n", TimeText(alarm.value("since", 0.0)),
                        Printable(alarm.value("source", "")), Printable(alarm.value("text", "")));
  }
  for (const Json& universe : report.value("universes", Json::array())) {
    if (!universe.value("stale", false)) continue;
    text += fmt::format("universe {}: its last good set is in use: {}\n",
                        Printable(universe.value("key", "")),
                        Printable(universe.value("last_error", "")));
  }
  return text;
}

}  // namespace

std::string StatusTable(const Json& report, const Paint& paint) {
  const double now = report.value("written_at", 0.0);
  std::string text = Headline(report, now, paint) + "\n" + Connections(report, now, paint) + "\n" +
                     Sinks(report, now, paint);
  const auto add = [&text, &paint](Colour colour, std::string part) {
    if (part.empty()) return;
    part.pop_back();
    text += "\n" + paint(colour, part) + "\n";
  };
  add(Colour::Red, Alarms(report));
  add(Colour::Yellow, OpenGaps(report, now));
  return text;
}

}  // namespace feedmux
