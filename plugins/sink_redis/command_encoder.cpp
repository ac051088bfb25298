#include "sink_redis/command_encoder.hpp"

#include <cmath>    // isfinite
#include <cstring>  // memcpy, memmove
#include <string>   // string

#include "sink_redis/number_text.hpp"
#include "sink_redis/resp.hpp"

namespace feedmux::redis {
namespace {

constexpr std::size_t kLastValueArguments = 12;

std::string Start(std::size_t arguments, std::string_view command) {
  ByteBuffer start;
  AppendArguments(start, arguments);
  AppendArgument(start, command);
  return std::string{start.view()};
}

CommandHead PublishHead(const NameTemplate& channel) { return {channel, Start(3, "PUBLISH"), ""}; }

CommandHead XaddHead(const NameTemplate& key, std::int64_t max_length) {
  ByteBuffer after;
  if (max_length > 0) {
    AppendArgument(after, "MAXLEN");
    AppendArgument(after, "~");
    AppendArgument(after, std::to_string(max_length));
  }
  AppendArgument(after, "*");
  AppendArgument(after, "data");
  return {key, Start(max_length > 0 ? 8 : 5, "XADD"), std::string{after.view()}};
}

}  // namespace

CommandEncoder::CommandEncoder(Host& host, const Settings& settings)
    : host_(host), message_(host, settings.format) {
  for (const NameTemplate& channel : settings.channels) {
    channels_.push_back(settings.mode == Mode::PubSub
                            ? PublishHead(channel)
                            : XaddHead(channel, settings.stream_max_length));
  }
  if (settings.last_value_hash) {
    last_value_.emplace(*settings.last_value_hash, Start(kLastValueArguments, "HSET"), "");
  }
}

std::size_t CommandEncoder::CommandCount(const Tick& tick) const {
  const bool has_value = last_value_ && std::isfinite(OnePrice(tick));
  return channels_.size() + (has_value ? 1 : 0);
}

std::size_t CommandEncoder::Append(ByteBuffer& out, const Tick& tick) {
  out.Append(channels_.front().For(host_, tick));
  const std::size_t message_at = out.size();
  AppendMessage(out, tick);
  const std::size_t message_size = out.size() - message_at;
  for (std::size_t i = 1; i < channels_.size(); ++i) {
    out.Append(channels_[i].For(host_, tick));
    char* const copy = out.Room(message_size);
    std::memcpy(copy, out.data() + message_at, message_size);
    out.EndAt(copy + message_size);
  }
  const std::size_t commands = CommandCount(tick);
  if (commands > channels_.size()) AppendLastValue(out, tick);
  return commands;
}

// A message is written where it will stand, before its length is known: nearly all have a length of
// three digits, so that is the room left for it.
void CommandEncoder::AppendMessage(ByteBuffer& out, const Tick& tick) {
  constexpr std::size_t kGuess = 3;
  const std::size_t header_at = out.size();
  const std::size_t guess_at = header_at + 1 + kGuess + 2;
  out.EndAt(out.Room(guess_at - header_at) + (guess_at - header_at));
  message_.Append(out, tick);
  const std::size_t size = out.size() - guess_at;

  char length[kMaxNumberText];
  const std::string_view digits{
      length, static_cast<std::size_t>(WriteInteger(length, std::uint64_t{size}) - length)};
  out.Room(kMaxNumberText + 2);
  char* const header = out.data() + header_at;
  char* const message = header + 1 + digits.size() + 2;
  if (digits.size() != kGuess) std::memmove(message, out.data() + guess_at, size);
  *header = '$';
  Write(Write(header + 1, digits), "\r\n");
  out.EndAt(Write(message + size, "\r\n"));
}

void CommandEncoder::AppendLastValue(ByteBuffer& out, const Tick& tick) {
  char text[kMaxNumberText];
  const auto number = [&text](const char* end) {
    return std::string_view{text, static_cast<std::size_t>(end - text)};
  };
  out.Append(last_value_->For(host_, tick));
  AppendArgument(out, "kind");
  AppendArgument(out, Name(tick.kind));
  AppendArgument(out, "price");
  AppendArgument(out, number(WriteNumber(text, OnePrice(tick))));
  AppendArgument(out, "volume");
  AppendArgument(out, number(WriteNumber(text, OneVolume(tick))));
  AppendArgument(out, "timestamp");
  AppendArgument(out, number(WriteSeconds(text, OneTime(tick))));
  AppendArgument(out, "source");
  AppendArgument(out, host_.connection(tick.connection).source);
}

}  // namespace feedmux::redis
