#pragma once

#include <stdlib.h>    // mkdtemp
#include <sys/stat.h>  // chmod, stat

#include <cerrno>      // errno
#include <filesystem>  // path, remove_all
#include <fstream>     // ifstream, ofstream
#include <iterator>    // istreambuf_iterator
#include <string>      // string
#include <system_error>

#include "feedmux/accounts/accounts.hpp"

namespace feedmux::accounts {

/// As cheap as libsodium allows.
inline constexpr HashCost kCheap{1, 8192};

inline constexpr const char* kPassword = "correct horse";

/// A folder of its own with (maybe) a users file in it, gone at the end.
class UsersFile {
 public:
  UsersFile() {
    std::string name =
        (std::filesystem::temp_directory_path() / "feedmux-accounts-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
    folder_ = std::filesystem::canonical(name);
  }
  UsersFile(const UsersFile&) = delete;
  ~UsersFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path path() const { return folder_ / "users.json"; }

  /// In place, as an editor may do it; mode 600.
  void Write(const std::string& text) const {
    std::ofstream{path(), std::ios::binary} << text;
    SetMode(0600);
  }
  std::string Read() const {
    std::ifstream in{path(), std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  void SetMode(mode_t mode) const { ::chmod(path().c_str(), mode); }

 private:
  std::filesystem::path folder_;
};

/// Permission bits.
inline unsigned ModeOf(const std::filesystem::path& file) {
  struct stat found {};
  ::lstat(file.c_str(), &found);
  return found.st_mode & 07777u;
}

/// What an exception said, or nothing if there was none.
template <typename Exception = std::runtime_error, typename Function>
std::string ErrorOf(Function function) {
  try {
    function();
  } catch (const Exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace feedmux::accounts
