// Any bytes as a frame: the decoder keeps its account, and its idea of what JSON is agrees with
// that of nlohmann/json.

#include <cstdint>            // uint8_t
#include <cstdlib>            // abort
#include <nlohmann/json.hpp>  // json
#include <string>             // string
#include <string_view>        // string_view

#include "feedmux/testing/fake_host.hpp"
#include "massive/decoder.hpp"
#include "massive/json_text.hpp"

namespace feedmux::massive {
namespace {

using nlohmann::json;

void Require(bool holds) {
  if (!holds) std::abort();
}

enum class Verdict { Valid, Invalid, Unknown };

/// Unknown where the two may differ: numbers beyond a double, a byte order mark, deep nesting.
Verdict Judge(std::string_view text, json& parsed) {
  constexpr int kNumberOverflow = 406;
  // Where nlohmann/json takes the text for ended.
  if (text.find('\0') != text.npos) return Verdict::Invalid;
  int depth = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > JsonText::kMaxDepth) return Verdict::Unknown;
  }
  if (text.starts_with('\xEF')) return Verdict::Unknown;
  try {
    parsed = json::parse(text);
    return Verdict::Valid;
  } catch (const json::exception& error) {
    return error.id == kNumberOverflow ? Verdict::Unknown : Verdict::Invalid;
  }
}

void CheckTicks(const Batch& batch, const Symbols& symbols) {
  const char* at = batch.frame.data();
  for (const Tick& tick : batch.ticks) {
    const std::string_view raw = tick.Raw();
    Require(raw.data() >= at);
    at = raw.data() + raw.size();
    Require(at <= batch.frame.data() + batch.frame.size());
    Require(raw.starts_with('{') && raw.ends_with('}'));
    json event;
    Require(Judge(raw, event) != Verdict::Invalid);
    Require(tick.kind == Kind::Other || !symbols.Text(tick.symbol).empty());
    Require(symbols.Text(tick.symbol).size() <= 64);
    Require(tick.ts_event_ns >= 0);
    Require(!(tick.size < 0));
    const std::string_view id = tick.TradeId();
    Require(id.empty() || (id.data() > raw.data() && id.data() + id.size() < at));
  }
}

void CheckAccount(const Batch& batch) {
  Require(batch.events == batch.ticks.size() + batch.status_events + batch.RejectedCount());
  json frame;
  const Verdict verdict = Judge(batch.frame, frame);
  if (verdict == Verdict::Invalid) Require(batch.RejectedCount() >= 1);
  if (verdict == Verdict::Valid) Require(batch.events == (frame.is_array() ? frame.size() : 1));
}

void Decode(std::string_view frame, Market market) {
  testing::FakeSymbols symbols;
  Decoder decoder{symbols, market};
  std::uint64_t statuses = 0;
  Batch batch;
  for (int round = 0; round < 2; ++round) {
    batch.Clear();
    statuses = 0;
    batch.frame = frame;
    decoder.Decode(batch, [&statuses](const StatusMessage&) { ++statuses; });
    Require(batch.frame == frame);
    Require(batch.status_events == statuses);
    CheckTicks(batch, symbols);
    CheckAccount(batch);
  }
}

}  // namespace
}  // namespace feedmux::massive

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view frame{reinterpret_cast<const char*>(data), size};
  feedmux::massive::Decode(frame, feedmux::massive::Market::Stocks);
  feedmux::massive::Decode(frame, feedmux::massive::Market::Futures);
  return 0;
}
