#include "massive/decoder.hpp"

#include <simdjson.h>  // ondemand

#include <algorithm>    // min
#include <array>        // array
#include <cstdint>      // uint64_t
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // move
#include <vector>       // vector

#include "massive/event_reader.hpp"
#include "massive/frame_salvage.hpp"

namespace feedmux::massive {

namespace ondemand = simdjson::ondemand;
using simdjson::SUCCESS;

namespace {

void Pad(std::string& text) {
  const std::size_t capacity = text.size() + simdjson::SIMDJSON_PADDING;
  if (text.capacity() < capacity) text.reserve(capacity);
}

void RejectOne(Batch& batch, RejectReason reason) {
  ++batch.events;
  batch.Reject(reason);
}

void RejectBytes(Batch& batch, std::string_view bytes) {
  const bool valid = simdjson::validate_utf8(bytes.data(), bytes.size());
  RejectOne(batch, valid ? RejectReason::Malformed : RejectReason::InvalidUtf8);
}

}  // namespace

class Decoder::Impl {
 public:
  Impl(Symbols& symbols, Market market) : reader_(parser_, symbols, market) {}

  void Decode(Batch& batch, const StatusHandler& on_status) {
    status_count_ = 0;
    Pad(batch.frame);
    const Mark before = MarkOf(batch);
    if (!DecodeText(batch, batch.frame)) {
      RollBack(batch, before);
      Salvage(batch, before);
    }
    if (!on_status) return;
    for (std::size_t i = 0; i < status_count_; ++i) {
      on_status({statuses_[i].status, statuses_[i].message});
    }
  }

 private:
  struct OwnedStatus {
    std::string status;
    std::string message;
  };

  /// What a batch held before a decoding that may have to be undone.
  struct Mark {
    std::size_t ticks;
    std::uint64_t events;
    std::uint64_t status_events;
    std::array<std::uint64_t, kRejectReasonCount> rejected;
    std::size_t status_count;
  };

  Mark MarkOf(const Batch& batch) const {
    return {batch.ticks.size(), batch.events, batch.status_events, batch.rejected, status_count_};
  }

  void RollBack(Batch& batch, const Mark& mark) {
    batch.ticks.resize(mark.ticks);
    batch.events = mark.events;
    batch.status_events = mark.status_events;
    batch.rejected = mark.rejected;
    status_count_ = mark.status_count;
  }

  /// False if `text`, which is padded, is not JSON as a whole: the batch then needs a RollBack.
  bool DecodeText(Batch& batch, const std::string& text);
  bool DecodeObject(Batch& batch, ondemand::document& document, ondemand::object object,
                    const char* raw_data, const char* text_end);
  void KeepStatus();

  void Salvage(Batch& batch, const Mark& before);
  bool DecodePiece(Batch& batch, std::string_view piece);

  ondemand::parser parser_;
  EventReader reader_;
  std::vector<OwnedStatus> statuses_;  ///< the first status_count_ are of this frame
  std::size_t status_count_ = 0;
  std::string piece_;
};

bool Decoder::Impl::DecodeText(Batch& batch, const std::string& text) {
  ondemand::document document;
  if (parser_.iterate(text.data(), text.size(), text.capacity()).get(document) != SUCCESS) {
    return false;
  }
  const char* const text_end = text.data() + text.size();
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return false;

  if (text[begin] == '{') {
    ondemand::object object;
    if (document.get_object().get(object) != SUCCESS) return false;
    if (!DecodeObject(batch, document, object, text.data() + begin, text_end)) return false;
  } else if (text[begin] == '[') {
    ondemand::array array;
    if (document.get_array().get(array) != SUCCESS) return false;
    for (auto result : array) {
      ondemand::value element;
      if (std::move(result).get(element) != SUCCESS) return false;
      const char* const raw_data = element.raw_json_token().data();
      ondemand::object object;
      if (*raw_data != '{') {
        RejectOne(batch, RejectReason::Malformed);
      } else if (element.get_object().get(object) != SUCCESS ||
                 !DecodeObject(batch, document, object, raw_data, text_end)) {
        return false;
      }
    }
  } else {
    return false;
  }
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

bool Decoder::Impl::DecodeObject(Batch& batch, ondemand::document& document,
                                 ondemand::object object, const char* raw_data,
                                 const char* text_end) {
  ++batch.events;
  Tick& tick = batch.Add(Kind::Other);
  switch (reader_.Read(object, raw_data, tick)) {
    case EventReader::Outcome::Tick: {
      const char* end = nullptr;
      if (document.current_location().get(end) != SUCCESS) end = text_end;
      while (end[-1] != '}') --end;
      tick.raw_data = raw_data;
      tick.raw_size = static_cast<std::uint32_t>(end - raw_data);
      return true;
    }
    case EventReader::Outcome::Status:
      batch.ticks.pop_back();
      ++batch.status_events;
      KeepStatus();
      return true;
    case EventReader::Outcome::Rejected:
      batch.ticks.pop_back();
      batch.Reject(reader_.reason());
      return true;
    case EventReader::Outcome::Broken:
      break;
  }
  return false;
}

void Decoder::Impl::KeepStatus() {
  if (status_count_ == statuses_.size()) statuses_.emplace_back();
  OwnedStatus& status = statuses_[status_count_++];
  status.status = reader_.status();
  status.message = reader_.message();
}

void Decoder::Impl::Salvage(Batch& batch, const Mark& before) {
  const std::string_view frame = batch.frame;
  // Bounds the work on frames made to look like events within events.
  std::size_t budget = 8 * frame.size();
  for (std::size_t at = 0; at < frame.size();) {
    const std::size_t begin = FindEventBegin(frame, at);
    const std::string_view between = frame.substr(at, begin - at);
    if (HasContent(between)) RejectBytes(batch, between);
    if (begin == frame.size()) break;

    const std::size_t limit = budget > 0 ? frame.size() : FindEventBegin(frame, begin + 1);
    const std::size_t end = FindEventEnd(frame, begin, limit);
    const std::size_t cost = (end > 0 ? end : limit) - begin;
    budget -= std::min(budget, cost);
    if (end > 0 && DecodePiece(batch, frame.substr(begin, end - begin))) {
      at = end;
      continue;
    }
    at = FindEventBegin(frame, begin + 1);
    RejectBytes(batch, frame.substr(begin, at - begin));
  }
  const auto rejected = [](const auto& counts) {
    return counts[static_cast<std::size_t>(RejectReason::Malformed)] +
           counts[static_cast<std::size_t>(RejectReason::InvalidUtf8)];
  };
  if (rejected(batch.rejected) == rejected(before.rejected)) {
    RejectOne(batch, RejectReason::Malformed);
  }
}

bool Decoder::Impl::DecodePiece(Batch& batch, std::string_view piece) {
  piece_ = piece;
  Pad(piece_);
  const Mark before = MarkOf(batch);
  if (!DecodeText(batch, piece_)) {
    RollBack(batch, before);
    return false;
  }
  if (batch.ticks.size() > before.ticks) batch.ticks.back().raw_data = piece.data();
  return true;
}

Decoder::Decoder(Symbols& symbols, Market market)
    : impl_(std::make_unique<Impl>(symbols, market)) {}

Decoder::~Decoder() = default;

void Decoder::Decode(Batch& batch, const StatusHandler& on_status) {
  impl_->Decode(batch, on_status);
}

}  // namespace feedmux::massive
