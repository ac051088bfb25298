#include "config/import_env.hpp"

#include <fmt/format.h>

#include <cerrno>    // errno
#include <cstdio>    // stderr
#include <cstring>   // strerror
#include <fstream>   // ifstream
#include <iterator>  // istreambuf_iterator
#include <string>    // string

#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

namespace feedmux {

int ImportEnvFile(const std::filesystem::path& file) {
  std::error_code error;
  std::ifstream in;
  if (std::filesystem::is_directory(file, error)) {
    errno = EISDIR;
  } else {
    in.open(file, std::ios::binary);
  }
  if (!in.is_open()) {
    fmt::print(stderr, "{}: cannot be read: {}\n", file.string(), std::strerror(errno));
    return exit_code::kUsage;
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  fmt::print("{}", ImportEnv(text));
  return exit_code::kOk;
}

}  // namespace feedmux
