#include "sink_redis/json_text.hpp"

namespace feedmux::redis {

char* WriteJsonText(char* out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      *out++ = '\\';
      *out++ = c;
    } else if (byte >= 0x20) {
      *out++ = c;
    } else {
      for (const char escape : {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]}) {
        *out++ = escape;
      }
    }
  }
  return out;
}

std::string QuotedJson(std::string_view text) {
  std::string quoted(MaxJsonText(text.size()) + 2, '"');
  const char* const end = WriteJsonText(quoted.data() + 1, text);
  quoted.resize(static_cast<std::size_t>(end - quoted.data()));
  return quoted + '"';
}

}  // namespace feedmux::redis
