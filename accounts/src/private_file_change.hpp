#pragma once

#include <chrono>       // milliseconds
#include <filesystem>   // path
#include <string>       // string
#include <string_view>  // string_view

#include "descriptor.hpp"

namespace feedmux::accounts {

/// One process' turn to change a private file: while it lives, others wait for theirs. Reading
/// needs no turn, because the file is replaced in one step.
///
/// The lock is on a file beside it (NAME.lock), which stays: were it removed, two processes could
/// hold locks on two files of that name.
class PrivateFileChange {
 public:
  /// Makes the folder, for its owner alone, if there is none. Throws std::runtime_error if that
  /// fails, or if others have not finished within `patience`.
  explicit PrivateFileChange(const std::filesystem::path& named,
                             std::chrono::milliseconds patience = std::chrono::seconds{10});

  /// The file itself; `named` may be a symbolic link to it, which stays.
  const std::filesystem::path& file() const { return file_; }

  /// Replaces the file: whoever reads it sees the old text or the new one, also after a crash. Its
  /// mode is 600. If root does it, its owner stays as it was, and a new one is its folder's
  /// owner's: the service that reads it is another user. Throws std::runtime_error, and the file is
  /// as it was.
  void Replace(std::string_view text);

 private:
  void Lock(std::chrono::milliseconds patience);

  const std::filesystem::path file_;
  const Descriptor lock_;
};

}  // namespace feedmux::accounts
