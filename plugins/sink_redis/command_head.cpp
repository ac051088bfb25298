#include "sink_redis/command_head.hpp"

#include <utility>  // move

#include "sink_redis/resp.hpp"

namespace feedmux::redis {

CommandHead::CommandHead(NameTemplate name, std::string before, std::string after)
    : name_(std::move(name)),
      before_(std::move(before)),
      after_(std::move(after)),
      uses_symbol_(name_.uses_symbol()),
      uses_kind_(name_.uses_kind()),
      uses_connection_(name_.uses_connection()) {}

std::string CommandHead::Make(Host& host, const Tick& tick) const {
  ByteBuffer head;
  head.Append(before_);
  AppendArgument(head, name_.Expand(host, tick));
  head.Append(after_);
  return std::string{head.view()};
}

}  // namespace feedmux::redis
