#include "summary_line.hpp"

#include <fmt/format.h>  // format, format_to

#include <cmath>     // llround
#include <iterator>  // back_inserter
#include <numeric>   // accumulate

#include "text.hpp"

namespace feedmux::console {
namespace {

std::uint64_t Sum(const CountByKind& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::uint64_t PerSecond(std::uint64_t count, std::int64_t elapsed_ns) {
  if (elapsed_ns <= 0) return 0;
  return static_cast<std::uint64_t>(
      std::llround(static_cast<double>(count) * 1e9 / static_cast<double>(elapsed_ns)));
}

class Line {
 public:
  explicit Line(bool colour) : colour_(colour) {}

  template <typename... Args>
  void Add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
  }

  /// A field of its own, red if `alarming`.
  void AddField(bool alarming, const std::string& field) {
    const bool red = alarming && colour_;
    Add("  {}{}{}", red ? "\x1b[1;31m" : "", field, red ? "\x1b[0m" : "");
  }

  std::string Finish() && {
    text_ += '\n';
    return std::move(text_);
  }

 private:
  const bool colour_;
  std::string text_;
};

void AddKinds(Line& line, const Summary& summary) {
  line.Add("  (");
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const bool is_usual = static_cast<Kind>(i) <= Kind::Bar;
    if (!is_usual && summary.total[i] == 0) continue;
    line.Add("{}{} {:>9}", i == 0 ? "" : "  ", kKindNames[i],
             Grouped(PerSecond(summary.ticks[i], summary.elapsed_ns)));
  }
  line.Add(")");
}

void AddConnections(Line& line, const Health& health) {
  std::size_t enabled = 0;
  std::size_t connected = 0;
  for (const ConnectionHealth& connection : health.connections) {
    enabled += connection.enabled ? 1 : 0;
    connected += connection.enabled && connection.status == ConnectionStatus::Connected ? 1 : 0;
  }
  line.AddField(connected < enabled, fmt::format("connections {}/{}", connected, enabled));
}

/// "queued 1,234 (redis)": the largest of the sinks, and which it is.
void AddWorstSink(Line& line, const Health& health, std::string_view what,
                  std::uint64_t SinkHealth::*count, bool alarming) {
  const SinkHealth* worst = nullptr;
  for (const SinkHealth& sink : health.sinks) {
    if (sink.*count > (worst == nullptr ? 0 : worst->*count)) worst = &sink;
  }
  if (worst == nullptr) {
    line.AddField(false, fmt::format("{} 0", what));
  } else {
    line.AddField(alarming, fmt::format("{} {} ({})", what, Grouped(worst->*count), worst->name));
  }
}

}  // namespace

std::string SummaryLine(const Summary& summary, bool colour) {
  Line line{colour};
  line.Add("{}  {:>10} ticks/s", TimeText(summary.utc_ns),
           Grouped(PerSecond(Sum(summary.ticks), summary.elapsed_ns)));
  AddKinds(line, summary);
  line.Add("  total {:>13}", Grouped(Sum(summary.total)));
  const Health& health = summary.health;
  AddConnections(line, health);
  AddWorstSink(line, health, "queued", &SinkHealth::queued, false);
  AddWorstSink(line, health, "dropped", &SinkHealth::dropped, true);
  for (const SinkHealth& sink : health.sinks) {
    if (!sink.available) line.AddField(true, sink.name + " unavailable");
    if (sink.failed > 0) line.AddField(true, sink.name + " failed " + Grouped(sink.failed));
  }
  line.AddField(health.imbalance != 0, fmt::format("imbalance {}", health.imbalance));
  return std::move(line).Finish();
}

}  // namespace feedmux::console
