#pragma once

#include <sys/types.h>  // dev_t, ino_t, off_t

#include <cstdint>     // int64_t
#include <filesystem>  // path
#include <string>      // string

namespace feedmux::accounts {

// A small file that is its owner's alone. Functions throw std::runtime_error with the file's name
// and the reason.

/// What tells whether a file was changed or replaced. Of a file that does not exist all are 0.
struct FileVersion {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;  ///< its contents, owner or mode

  bool Exists() const { return inode != 0; }
  bool operator==(const FileVersion&) const = default;
};

/// Costs one stat.
FileVersion VersionOf(const std::filesystem::path& file);

struct PrivateFile {
  FileVersion version;
  /// False if the file was changed so shortly before that another change might leave it with the
  /// same version: file times have steps of some milliseconds.
  bool is_settled = true;
  std::string text;  ///< empty if it does not exist
};

/// Refuses a file that others may read or write, one that is none (a folder, a FIFO), and one of
/// more than 1 MiB. One that does not exist is none of these.
PrivateFile ReadPrivateFile(const std::filesystem::path& file);

}  // namespace feedmux::accounts
