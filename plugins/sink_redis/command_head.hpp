#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"
#include "sink_redis/name_template.hpp"
#include "sink_redis/text_table.hpp"

namespace feedmux::redis {

/// The part of a command that differs only by where a tick goes: everything up to and including the
/// channel or key, and what always follows it. Made once per name, bounded by the number of symbols
/// (times kinds, times connections, where the template has them).
class CommandHead {
 public:
  /// `before` and `after` are the bytes around the name.
  CommandHead(NameTemplate name, std::string before, std::string after);

  /// Valid until the next call.
  std::string_view For(Host& host, const Tick& tick) {
    const std::size_t connection = uses_connection_ ? tick.connection : 0;
    if (connection >= by_connection_.size()) by_connection_.resize(connection + 1);
    std::size_t id = uses_symbol_ ? tick.symbol : 0;
    if (uses_kind_) id = id * kKindCount + static_cast<std::size_t>(tick.kind);
    return by_connection_[connection].Get(id, [&] { return Make(host, tick); });
  }

 private:
  std::string Make(Host& host, const Tick& tick) const;

  const NameTemplate name_;
  const std::string before_;
  const std::string after_;
  const bool uses_symbol_;
  const bool uses_kind_;
  const bool uses_connection_;
  std::vector<TextTable> by_connection_;
};

}  // namespace feedmux::redis
