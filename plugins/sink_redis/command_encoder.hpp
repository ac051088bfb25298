#pragma once

#include <cstddef>   // size_t
#include <optional>  // optional
#include <vector>    // vector

#include "sink_redis/command_head.hpp"
#include "sink_redis/message_writer.hpp"
#include "sink_redis/settings.hpp"

namespace feedmux::redis {

/// Turns ticks into the commands that write them: for each channel a PUBLISH or XADD with the
/// tick's message, and an HSET of the last value if there is a key for it.
class CommandEncoder {
 public:
  /// `host` outlives it.
  CommandEncoder(Host& host, const Settings& settings);

  /// Appends the tick's commands and returns how many they are: CommandCount(tick).
  std::size_t Append(ByteBuffer& out, const Tick& tick);

  std::size_t CommandCount(const Tick& tick) const;

 private:
  void AppendMessage(ByteBuffer& out, const Tick& tick);
  void AppendLastValue(ByteBuffer& out, const Tick& tick);

  Host& host_;
  MessageWriter message_;
  std::vector<CommandHead> channels_;
  std::optional<CommandHead> last_value_;
};

}  // namespace feedmux::redis
