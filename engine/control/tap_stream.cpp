#include "control/tap_stream.hpp"

#include <fmt/format.h>

#include "control/tick_json.hpp"

namespace feedmux {
namespace {

// What a client may be behind before it loses ticks.
constexpr std::uint64_t kCapacity = 65'536;
constexpr std::uint64_t kMaxBytes = std::uint64_t{16} << 20;

TickFilter FilterOf(const TapRequest& request, const ControlServices& services) {
  TickFilter filter;
  filter.AllowKinds(request.kinds);
  for (const std::string& symbol : request.symbols) {
    for (const std::string& spelled : services.spellings(symbol)) {
      filter.AllowSymbol(services.symbols.Intern(spelled));
    }
  }
  return filter;
}

}  // namespace

TapStream::TapStream(const TapRequest& request, const ControlServices& services)
    : services_(services),
      queue_(services.bus.AddTap(FilterOf(request, services), kCapacity, kMaxBytes)) {}

TapStream::~TapStream() { services_.bus.RemoveTap(queue_); }

void TapStream::AppendNews(std::string& out) {
  static const ConnectionNames kNone;
  Lot lot;
  const bool has_news = queue_->Take(lot, std::chrono::steady_clock::now());
  const std::uint64_t dropped = queue_->Read().dropped;
  if (dropped != told_dropped_) {
    out += fmt::format("{{\"dropped\":{}}}\n", dropped - told_dropped_);
    told_dropped_ = dropped;
  }
  if (!has_news) return;
  for (const Tick& tick : lot.ticks) {
    const ConnectionNames& connection =
        tick.connection == 0 || tick.connection > services_.connections.size()
            ? kNone
            : services_.connections[tick.connection - 1u];
    out += "{\"tick\":";
    AppendTickJson(out, tick, services_.symbols.Text(tick.symbol), connection.connection_id,
                   connection.name);
    out += "}\n";
  }
  queue_->Settle(lot, lot.ticks.size(), 0);
}

}  // namespace feedmux
