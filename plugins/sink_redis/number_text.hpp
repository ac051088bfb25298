#pragma once

#include <cstddef>  // size_t
#include <cstdint>  // int64_t

namespace feedmux::redis {

/// Room that each of these functions may use. They write to `out` and return the text's end there.
inline constexpr std::size_t kMaxNumberText = 32;

/// The shortest decimal that reads back as `value`, which must be finite: 178.23, 100, 0.0001,
/// 1000000. In plain notation from 1e-7 up to 1e21, beyond that with an exponent.
char* WriteNumber(char* out, double value);

char* WriteInteger(char* out, std::int64_t value);
char* WriteInteger(char* out, std::uint64_t value);

/// Nanoseconds as seconds, without trailing zeros: 1705853696.123.
char* WriteSeconds(char* out, std::int64_t ns);

}  // namespace feedmux::redis
