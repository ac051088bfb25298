#pragma once

#include <initializer_list>  // initializer_list
#include <string>            // string
#include <string_view>       // string_view
#include <vector>            // vector

#include "sink_redis/byte_buffer.hpp"
#include "sink_redis/number_text.hpp"

/// Commands as Redis reads them: *3\r\n$7\r\nPUBLISH\r\n$5\r\nticks\r\n$2\r\n{}\r\n
namespace feedmux::redis {

/// Starts a command of so many arguments, its name included.
inline void AppendArguments(ByteBuffer& out, std::size_t count) {
  char* end = out.Room(kMaxNumberText + 3);
  *end++ = '*';
  end = WriteInteger(end, std::uint64_t{count});
  out.EndAt(Write(end, "\r\n"));
}

inline void AppendArgument(ByteBuffer& out, std::string_view argument) {
  char* end = out.Room(kMaxNumberText + argument.size() + 5);
  *end++ = '$';
  end = WriteInteger(end, std::uint64_t{argument.size()});
  end = Write(Write(Write(end, "\r\n"), argument), "\r\n");
  out.EndAt(end);
}

inline void AppendCommand(ByteBuffer& out, std::initializer_list<std::string_view> arguments) {
  AppendArguments(out, arguments.size());
  for (const std::string_view argument : arguments) AppendArgument(out, argument);
}

inline void AppendCommand(ByteBuffer& out, const std::vector<std::string>& arguments) {
  AppendArguments(out, arguments.size());
  for (const std::string& argument : arguments) AppendArgument(out, argument);
}

}  // namespace feedmux::redis
