#include "control/tick_json.hpp"

#include <fmt/format.h>

#include <algorithm>  // all_of
#include <cmath>      // isfinite
#include <iterator>   // back_inserter
#include <nlohmann/json.hpp>

namespace feedmux {
namespace {

bool NeedsNoEscape(char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; }

/// Writes an object by hand: a tap may see some hundred thousand ticks a second.
class Fields {
 public:
  explicit Fields(std::string& out) : out_(out) { out_ += '{'; }

  void Text(std::string_view name, std::string_view value) {
    Name(name);
    if (std::all_of(value.begin(), value.end(), NeedsNoEscape)) {
      out_.append("\"").append(value).append("\"");
    } else {
      out_ += nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
  }
  void Integer(std::string_view name, std::int64_t value) {
    Name(name);
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  void Number(std::string_view name, double value) {
    if (!std::isfinite(value)) return;
    Name(name);
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  void Time(std::string_view name, std::int64_t ns) {
    if (ns != kNoTime) Integer(name, ns);
  }
  void End() { out_ += '}'; }

 private:
  void Name(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    out_.append("\"").append(name).append("\":");
  }

  std::string& out_;
};

void AppendKind(Fields& fields, const Tick& tick) {
  switch (tick.kind) {
    case Kind::Quote:
      fields.Number("bid", tick.quote.bid);
      fields.Number("bid_size", tick.quote.bid_size);
      fields.Number("ask", tick.quote.ask);
      fields.Number("ask_size", tick.quote.ask_size);
      break;
    case Kind::Bar:
      fields.Number("open", tick.bar.open);
      fields.Number("high", tick.bar.high);
      fields.Number("low", tick.bar.low);
      fields.Integer("window_ms", tick.window_ms);
      break;
    case Kind::Luld:
      fields.Number("low", tick.luld.low);
      fields.Number("high", tick.luld.high);
      break;
    case Kind::Imbalance:
      fields.Number("imbalance", tick.imbalance.imbalance);
      fields.Number("paired", tick.imbalance.paired);
      fields.Number("clearing_price", tick.imbalance.clearing_price);
      break;
    case Kind::Trade:
    case Kind::Value:
      break;
    case Kind::Other:
    case Kind::Gap:
      fields.Text("raw", tick.Raw());
      break;
  }
}

}  // namespace

void AppendTickJson(std::string& out, const Tick& tick, std::string_view symbol,
                    std::string_view connection_id, std::string_view connection) {
  Fields fields{out};
  fields.Text("kind", Name(tick.kind));
  if (tick.symbol != kNoSymbol) fields.Text("symbol", symbol);
  fields.Text("connection_id", connection_id);
  fields.Text("connection", connection);
  fields.Integer("sequence", static_cast<std::int64_t>(tick.sequence));
  fields.Time("ts_event_ns", tick.ts_event_ns);
  fields.Time("ts_recv_ns", tick.ts_recv_ns);
  fields.Number("price", tick.price);
  fields.Number("size", tick.size);
  AppendKind(fields, tick);
  fields.End();
}

}  // namespace feedmux
