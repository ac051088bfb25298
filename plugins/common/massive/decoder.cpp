#include "massive/decoder.hpp"

#include <simdjson.h>  // validate_utf8

#include <algorithm>    // max
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "massive/event_reader.hpp"
#include "massive/frame_salvage.hpp"

namespace feedmux::massive {

namespace {

constexpr std::size_t kPadding = std::max(FieldReader::kReadBeyond, SymbolCache::kReadBeyond);

std::uint64_t BrokenCount(const Batch& batch) {
  return batch.rejected[static_cast<std::size_t>(RejectReason::Malformed)] +
         batch.rejected[static_cast<std::size_t>(RejectReason::InvalidUtf8)];
}

void RejectOne(Batch& batch, RejectReason reason) {
  ++batch.events;
  batch.Reject(reason);
}

}  // namespace

class Decoder::Impl {
 public:
  Impl(Symbols& symbols, Market market) : reader_(symbols, market) {}

  void Decode(Batch& batch, const StatusHandler& on_status);

 private:
  struct OwnedStatus {
    std::string status;
    std::string message;
  };

  /// Decodes as long as the frame is JSON. Returns where it stopped being so, at an event's begin
  /// or behind one; nullptr if it is JSON as a whole.
  const char* DecodeFrame(Batch& batch);
  const char* DecodeElement(Batch& batch, const char* at);
  const char* DecodeObject(Batch& batch, const char* at);
  void KeepStatus();

  /// Decodes what looks like an event from `at` on and rejects the bytes between.
  void Salvage(Batch& batch, std::size_t at);
  void RejectBytes(Batch& batch, std::string_view bytes) const;

  EventReader reader_;
  JsonText json_;
  bool check_utf8_ = false;            ///< the frame is not UTF-8 as a whole
  std::vector<OwnedStatus> statuses_;  ///< the first status_count_ are of this frame
  std::size_t status_count_ = 0;
};

void Decoder::Impl::Decode(Batch& batch, const StatusHandler& on_status) {
  std::string& frame = batch.frame;
  if (frame.capacity() < frame.size() + kPadding) frame.reserve(frame.size() + kPadding);
  check_utf8_ = !simdjson::validate_utf8(frame.data(), frame.size());
  status_count_ = 0;

  const std::uint64_t broken_before = BrokenCount(batch);
  if (const char* const stopped = DecodeFrame(batch); stopped != nullptr) {
    Salvage(batch, static_cast<std::size_t>(stopped - frame.data()));
    if (BrokenCount(batch) == broken_before) RejectOne(batch, RejectReason::Malformed);
  }
  if (!on_status) return;
  for (std::size_t i = 0; i < status_count_; ++i) {
    on_status({statuses_[i].status, statuses_[i].message});
  }
}

const char* Decoder::Impl::DecodeFrame(Batch& batch) {
  const char* const frame_end = batch.frame.data() + batch.frame.size();
  const char* at = JsonText::SkipBlanks(batch.frame.data());
  const auto ends = [frame_end](const char* end) { return JsonText::SkipBlanks(end) == frame_end; };
  if (*at == '{') {
    const char* const end = DecodeObject(batch, at);
    if (end == nullptr) return at;
    return ends(end) ? nullptr : end;
  }
  if (*at != '[') return at;
  at = JsonText::SkipBlanks(at + 1);
  if (*at == ']') return ends(at + 1) ? nullptr : at;
  for (;;) {
    const char* const end = DecodeElement(batch, at);
    if (end == nullptr) return at;
    at = JsonText::SkipBlanks(end);
    if (*at == ']') return ends(at + 1) ? nullptr : at;
    if (*at != ',') return at;
    at = JsonText::SkipBlanks(at + 1);
  }
}

const char* Decoder::Impl::DecodeElement(Batch& batch, const char* at) {
  if (*at == '{') [[likely]] {
    return DecodeObject(batch, at);
  }
  const char* const end = json_.Value(at);
  if (end != nullptr) RejectBytes(batch, {at, static_cast<std::size_t>(end - at)});
  return end;
}

const char* Decoder::Impl::DecodeObject(Batch& batch, const char* at) {
  Tick& tick = batch.Add(Kind::Other);
  const EventReader::Outcome outcome = reader_.Read(at, check_utf8_, tick);
  if (outcome == EventReader::Outcome::Tick) [[likely]] {
    ++batch.events;
    return at + tick.raw_size;
  }
  const std::uint32_t size = tick.raw_size;
  batch.ticks.pop_back();
  if (outcome == EventReader::Outcome::Broken) return nullptr;
  ++batch.events;
  if (outcome == EventReader::Outcome::Status) {
    ++batch.status_events;
    KeepStatus();
  } else {
    batch.Reject(reader_.reason());
  }
  return at + size;
}

void Decoder::Impl::KeepStatus() {
  if (status_count_ == statuses_.size()) statuses_.emplace_back();
  OwnedStatus& status = statuses_[status_count_++];
  status.status = reader_.status();
  status.message = reader_.message();
}

void Decoder::Impl::Salvage(Batch& batch, std::size_t at) {
  const std::string_view frame = batch.frame;
  while (at < frame.size()) {
    const std::size_t begin = FindEventBegin(frame, at);
    if (HasContent(frame.substr(at, begin - at))) RejectBytes(batch, frame.substr(at, begin - at));
    if (begin == frame.size()) return;

    if (const char* const end = DecodeObject(batch, frame.data() + begin); end != nullptr) {
      at = static_cast<std::size_t>(end - frame.data());
    } else {
      const auto broken = static_cast<std::size_t>(reader_.broken_at() - frame.data());
      at = FindEventBegin(frame, FindLastString(frame, begin + 1, broken));
      RejectBytes(batch, frame.substr(begin, at - begin));
    }
  }
}

void Decoder::Impl::RejectBytes(Batch& batch, std::string_view bytes) const {
  const bool valid = !check_utf8_ || simdjson::validate_utf8(bytes.data(), bytes.size());
  RejectOne(batch, valid ? RejectReason::Malformed : RejectReason::InvalidUtf8);
}

Decoder::Decoder(Symbols& symbols, Market market)
    : impl_(std::make_unique<Impl>(symbols, market)) {}

Decoder::~Decoder() = default;

void Decoder::Decode(Batch& batch, const StatusHandler& on_status) {
  impl_->Decode(batch, on_status);
}

}  // namespace feedmux::massive
