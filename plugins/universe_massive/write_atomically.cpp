#include "universe_massive/write_atomically.hpp"

#include <stdlib.h>  // mkstemp
#include <unistd.h>  // write, fsync, close

#include <cerrno>        // errno
#include <cstdio>        // rename
#include <filesystem>    // path, create_directories
#include <system_error>  // system_error
#include <utility>       // move

namespace feedmux::universe_massive {
namespace {

[[noreturn]] void ThrowErrno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void WriteAll(int file, std::string_view content) {
  while (!content.empty()) {
    const auto written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) ThrowErrno("write");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A new file beside the one that it will replace; gone with this object unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string pattern) : name_(std::move(pattern)) {
    file_ = ::mkstemp(name_.data());
    if (file_ < 0) ThrowErrno("cannot make a file");
  }
  ~TemporaryFile() {
    if (file_ >= 0) ::close(file_);
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void Fill(std::string_view content) {
    WriteAll(file_, content);
    if (::fsync(file_) != 0) ThrowErrno("fsync");
    const int closed = ::close(file_);
    file_ = -1;
    if (closed != 0) ThrowErrno("close");
  }
  void RenameTo(const std::string& path) {
    if (std::rename(name_.c_str(), path.c_str()) != 0) ThrowErrno("rename");
    name_.clear();
  }

 private:
  std::string name_;
  int file_ = -1;
};

}  // namespace

void WriteAtomically(const std::string& path, std::string_view content) {
  std::filesystem::create_directories(std::filesystem::path{path}.parent_path());
  TemporaryFile file{path + ".XXXXXX"};
  file.Fill(content);
  file.RenameTo(path);
}

}  // namespace feedmux::universe_massive
