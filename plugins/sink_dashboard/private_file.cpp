#include "sink_dashboard/private_file.hpp"

#include <fcntl.h>     // open
#include <sys/stat.h>  // fstat
#include <unistd.h>    // read, write, fsync, close

#include <algorithm>     // min
#include <cerrno>        // errno
#include <stdexcept>     // runtime_error
#include <system_error>  // generic_category

namespace feedmux::dashboard {
namespace {

constexpr mode_t kPrivate = 0600;
constexpr mode_t kPrivateFolder = 0700;
constexpr mode_t kOthersMayWrite = 0022;
constexpr std::size_t kLargest = std::size_t{64} << 20;

[[noreturn]] void Fail(const std::filesystem::path& file, const char* what) {
  throw std::runtime_error(file.string() + ": cannot " + what + ": " +
                           std::generic_category().message(errno));
}

class OpenFile {
 public:
  OpenFile(std::filesystem::path file, int flags)
      : file_(std::move(file)), descriptor_(open(file_.c_str(), flags | O_CLOEXEC, kPrivate)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  struct stat Status() const {
    struct stat status {};
    if (fstat(descriptor_, &status) != 0) Fail(file_, "look at it");
    return status;
  }

  /// At most `most` bytes.
  std::string Read(off_t offset, std::size_t most) const {
    std::string text;
    char buffer[16384];
    while (true) {
      const std::size_t wanted = std::min(sizeof buffer, most - text.size());
      const ssize_t size = pread(descriptor_, buffer, wanted, offset);
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) Fail(file_, "read it");
      if (size == 0) return text;
      text.append(buffer, static_cast<std::size_t>(size));
      offset += size;
    }
  }

  void Write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t size = write(descriptor_, text.data(), text.size());
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) Fail(file_, "write to it");
      text.remove_prefix(static_cast<std::size_t>(size));
    }
  }

  void Sync() const {
    if (fsync(descriptor_) != 0) Fail(file_, "write it to the disk");
  }

 private:
  const std::filesystem::path file_;
  const int descriptor_;
};

void MakeFolderOf(const std::filesystem::path& file) {
  const auto folder = file.parent_path();
  if (folder.empty() || std::filesystem::exists(folder)) return;
  std::error_code error;
  std::filesystem::create_directories(folder.parent_path(), error);
  if (mkdir(folder.c_str(), kPrivateFolder) != 0 && errno != EEXIST)
    Fail(folder, "make the folder");
}

/// Some file systems cannot do this; the file is replaced either way.
void SyncFolderOf(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
  const OpenFile open_folder{folder, O_RDONLY | O_DIRECTORY};
  if (open_folder.is_open()) fsync(open_folder.descriptor());
}

}  // namespace

std::optional<std::string> ReadPrivateFile(const std::filesystem::path& file) {
  const OpenFile open_file{file, O_RDONLY};
  if (!open_file.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    Fail(file, "open it");
  }
  const struct stat status = open_file.Status();
  if (!S_ISREG(status.st_mode)) throw std::runtime_error(file.string() + " is not a file");
  if ((status.st_mode & kOthersMayWrite) != 0) {
    throw std::runtime_error(file.string() + " may be written by others; chmod 600 it");
  }
  return open_file.Read(0, kLargest);
}

void ReplacePrivateFile(const std::filesystem::path& file, std::string_view text) {
  MakeFolderOf(file);
  auto temporary = file;
  temporary += "." + std::to_string(getpid()) + ".new";
  std::filesystem::remove(temporary);
  try {
    const OpenFile open_file{temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW};
    if (!open_file.is_open()) Fail(temporary, "make it");
    open_file.Write(text);
    open_file.Sync();  // or else a crash may leave the new name with an empty file
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
  if (rename(temporary.c_str(), file.c_str()) != 0) Fail(file, "replace it");
  SyncFolderOf(file);
}

void AppendToPrivateFile(const std::filesystem::path& file, std::string_view line) {
  MakeFolderOf(file);
  // A pipe must not keep the caller waiting for somebody who reads it.
  const OpenFile open_file{file, O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY};
  if (!open_file.is_open()) Fail(file, "open it");
  const struct stat status = open_file.Status();
  const bool is_torn = S_ISREG(status.st_mode) && status.st_size > 0 &&
                       open_file.Read(status.st_size - 1, 1) != "\n";
  open_file.Write((is_torn ? "\n" : "") + std::string{line} + '\n');
}

std::string ReadEndOfFile(const std::filesystem::path& file, std::size_t most) {
  const OpenFile open_file{file, O_RDONLY | O_NONBLOCK | O_NOCTTY};
  if (!open_file.is_open()) {
    if (errno == ENOENT) return {};
    Fail(file, "open it");
  }
  const struct stat status = open_file.Status();
  if (!S_ISREG(status.st_mode)) return {};
  const off_t wanted = static_cast<off_t>(most);
  if (status.st_size <= wanted) return open_file.Read(0, most);
  std::string text = open_file.Read(status.st_size - wanted, most);
  text.erase(0, text.find('\n') + 1);
  return text;
}

}  // namespace feedmux::dashboard
