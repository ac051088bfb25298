#pragma once

namespace feedmux {

/// What the process says when it ends.
namespace exit_code {
inline constexpr int kOk = 0;
inline constexpr int kRuntime = 1;
inline constexpr int kUsage = 2;
inline constexpr int kConfig = 78;  ///< EX_CONFIG of sysexits.h
}  // namespace exit_code

}  // namespace feedmux
