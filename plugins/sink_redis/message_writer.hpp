#pragma once

#include <cstdint>      // int64_t
#include <string_view>  // string_view

#include "feedmux/host.hpp"
#include "sink_redis/byte_buffer.hpp"
#include "sink_redis/settings.hpp"
#include "sink_redis/text_table.hpp"

namespace feedmux::redis {

/// The price that a consumer who knows only one price wants to see: of a trade, close of a bar,
/// value; midpoint of a quote, or its one side where the other is absent or 0. Not finite if there
/// is none.
double OnePrice(const Tick& tick);

/// The size of a trade, the volume of a bar; 0 for a quote and where it is absent.
double OneVolume(const Tick& tick);

/// When it happened or, where the vendor does not say, when it arrived.
std::int64_t OneTime(const Tick& tick);

/// Turns ticks into messages. What is the same for a symbol or a connection is made once.
class MessageWriter {
 public:
  /// `host` outlives it.
  MessageWriter(Host& host, Format format) : host_(host), format_(format) {}

  /// Appends the tick's message in the format chosen.
  void Append(ByteBuffer& out, const Tick& tick);

 private:
  void AppendTickstock(ByteBuffer& out, const Tick& tick);
  void AppendFull(ByteBuffer& out, const Tick& tick);

  Host& host_;
  const Format format_;
  TextTable symbol_parts_;      // from the opening brace to where the symbols' texts end
  TextTable connection_parts_;  // what a message says about its connection
};

}  // namespace feedmux::redis
