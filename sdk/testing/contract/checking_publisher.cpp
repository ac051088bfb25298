#include "checking_publisher.hpp"

#include <cmath>    // isinf
#include <cstring>  // memset
#include <string>   // string, to_string

#include "isolated.hpp"

namespace feedmux::contract {

namespace {

constexpr std::uint8_t kKnownFlags =
    tick_flags::kFutures | tick_flags::kOtc | tick_flags::kMoreConditions;

const char* KindFieldsProblem(const Tick& tick) {
  const bool is_futures = (tick.flags & tick_flags::kFutures) != 0;
  switch (tick.kind) {
    case Kind::Trade:
      if (tick.trade.condition_count > TradeFields::kMaxConditions)
        return "has too many conditions";
      if (std::size_t{tick.trade.id_offset} + tick.trade.id_size > tick.raw_size) {
        return "has an id that is not in its raw bytes";
      }
      return nullptr;
    case Kind::Quote:
      if (!is_futures && tick.quote.indicator_count > QuoteFields::kMaxIndicators) {
        return "has too many indicators";
      }
      return nullptr;
    case Kind::Luld:
      return tick.luld.indicator_count > LuldFields::kMaxIndicators ? "has too many indicators"
                                                                    : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace

void CheckingPublisher::CheckThread(const char* method) const {
  if (std::this_thread::get_id() != connection_thread_) {
    Fail(std::string{"called Publisher::"} + method + " from another thread than Run's");
  }
}

void CheckingPublisher::Connected() {
  CheckThread("Connected");
  const std::lock_guard lock{mutex_};
  if (is_connected_) Fail("called Publisher::Connected twice in one session");
  is_connected_ = true;
  changed_.notify_all();
}

void CheckingPublisher::Subscribed(const std::vector<std::string>& tickers) {
  CheckThread("Subscribed");
  for (const std::string& ticker : tickers) {
    if (ticker.empty()) Fail("confirmed an empty ticker");
  }
}

Batch& CheckingPublisher::NewBatch() {
  CheckThread("NewBatch");
  batch_.Clear();
  batch_.connection = connection_;
  batch_.ts_recv_ns = host_.clock().UtcNs();
  is_filled_ = true;
  return batch_;
}

void CheckingPublisher::Publish(Batch& batch) {
  CheckThread("Publish");
  if (&batch != &batch_) Fail("published a batch that NewBatch did not give");
  if (!is_filled_) Fail("published a batch twice");
  if (batch.connection != connection_) Fail("changed the connection of its batch");
  const std::uint64_t account = batch.ticks.size() + batch.status_events + batch.RejectedCount();
  if (batch.events != account) {
    Fail("a batch of " + std::to_string(batch.events) + " events accounts for " +
         std::to_string(account));
  }
  for (const Tick& tick : batch.ticks) CheckTick(tick, batch);
  const std::uint64_t count = batch.ticks.size();
  is_filled_ = false;
  std::memset(batch.frame.data(), '!', batch.frame.size());  // it is no longer the plugin's to read

  const std::lock_guard lock{mutex_};
  if (count > 0 && !is_connected_) Fail("published ticks before it called Connected");
  ticks_ += count;
  changed_.notify_all();
}

void CheckingPublisher::ReportError(std::string_view what) {
  CheckThread("ReportError");
  if (what.empty()) Fail("reported an error without a word");
}

void CheckingPublisher::CheckTick(const Tick& tick, const Batch& batch) const {
  const auto fail = [](const std::string& why) { Fail("published a tick that " + why); };
  if (static_cast<std::size_t>(tick.kind) >= kKindCount) fail("has no known kind");
  if (tick.kind == Kind::Gap) fail("is a gap, which only the engine tells of");
  if (tick.connection != connection_) fail("is of another connection: use Batch::Add");
  if (tick.ts_recv_ns != batch.ts_recv_ns) fail("has another ts_recv_ns than its batch");
  if (tick.ts_event_ns < 0) fail("is from before 1970");
  if ((tick.flags & ~kKnownFlags) != 0) fail("has unknown flags");
  if (std::isinf(tick.price) || std::isinf(tick.size)) fail("has an infinite price or size");
  if (tick.kind != Kind::Other && host_.symbols().Text(tick.symbol).empty()) {
    fail("has no symbol, or one that Symbols::Intern did not give");
  }
  if (tick.raw_size > 0) {
    const char* begin = batch.frame.data();
    const char* end = begin + batch.frame.size();
    const bool is_inside = tick.raw_data >= begin && tick.raw_data <= end &&
                           static_cast<std::size_t>(end - tick.raw_data) >= tick.raw_size;
    if (!is_inside) fail("has raw bytes that are not in its batch's frame");
  }
  if (const char* problem = KindFieldsProblem(tick)) fail(problem);
}

bool CheckingPublisher::is_connected() const {
  const std::lock_guard lock{mutex_};
  return is_connected_;
}

std::uint64_t CheckingPublisher::ticks() const {
  const std::lock_guard lock{mutex_};
  return ticks_;
}

bool CheckingPublisher::WaitForConnected(std::chrono::milliseconds at_most) const {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, at_most, [this] { return is_connected_; });
}

bool CheckingPublisher::WaitForTicks(std::uint64_t count, std::chrono::milliseconds at_most) const {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, at_most, [this, count] { return ticks_ >= count; });
}

}  // namespace feedmux::contract
