#pragma once

#include <sys/stat.h>  // chmod, stat

#include <filesystem>  // path
#include <string>      // string

#include "feedmux/accounts/accounts.hpp"
#include "temp_folder.hpp"

namespace feedmux::accounts {

/// As cheap as libsodium allows.
inline constexpr HashCost kCheap{1, 8192};

inline constexpr const char* kPassword = "correct horse";

/// A folder of its own with (maybe) a users file in it, gone at the end.
class UsersFile {
 public:
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path path() const { return folder() / "users.json"; }

  /// In place, as an editor may do it; mode 600.
  void Write(const std::string& text) const {
    folder_.Write("users.json", text);
    SetMode(0600);
  }
  std::string Read() const { return folder_.Read("users.json"); }
  void SetMode(mode_t mode) const { ::chmod(path().c_str(), mode); }

 private:
  testing::TempFolder folder_;
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
