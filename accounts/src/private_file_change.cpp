#include "private_file_change.hpp"

#include <fcntl.h>     // open
#include <sys/file.h>  // flock
#include <sys/stat.h>  // stat, mkdir

#include <cerrno>        // errno
#include <cstdio>        // rename
#include <cstdlib>       // mkostemp
#include <stdexcept>     // runtime_error
#include <system_error>  // generic_category
#include <thread>        // sleep_for

namespace feedmux::accounts {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBetweenTries{10};
constexpr int kMostLinks = 40;  // as Linux has it

[[noreturn]] void Fail(const fs::path& file, const std::string& what, int reason) {
  throw std::runtime_error(file.string() + ": " + what + ": " +
                           std::generic_category().message(reason));
}

/// Where symbolic links lead to, also if nothing is there yet.
fs::path Followed(fs::path file) {
  std::error_code none;
  for (int links = 0; fs::is_symlink(file, none); ++links) {
    if (links == kMostLinks) Fail(file, "cannot be written", ELOOP);
    file = file.parent_path() / fs::read_symlink(file);
  }
  return file;
}

/// The folder of a file. A name alone is in the working folder.
fs::path FolderOf(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path{"."};
}

/// For its owner alone, as are those above it that are missing.
void MakeFolder(const fs::path& folder) {
  std::error_code unknown;
  if (fs::is_directory(folder, unknown)) return;
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    MakeFolder(folder.parent_path());
  }
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    Fail(folder, "cannot be made", errno);
  }
}

/// The file's owner, or its folder's if there is no file.
struct stat OwnerFor(const fs::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0 && ::stat(FolderOf(file).c_str(), &found) != 0) {
    Fail(FolderOf(file), "cannot be read", errno);
  }
  return found;
}

bool GiveTo(const struct stat& owner, int file) {
  return ::geteuid() != 0 || ::fchown(file, owner.st_uid, owner.st_gid) == 0;
}

fs::path LockFileOf(const fs::path& file) { return file.string() + ".lock"; }

int OpenLock(const fs::path& file) {
  MakeFolder(FolderOf(file));
  const fs::path lock = LockFileOf(file);
  constexpr int kFlags = O_RDWR | O_NOFOLLOW | O_CLOEXEC;
  int opened = ::open(lock.c_str(), kFlags | O_CREAT | O_EXCL, 0600);
  if (opened >= 0) {
    // Only one that is new: an old one may be a hard link to somebody else's file.
    GiveTo(OwnerFor(file), opened);
  } else if (errno == EEXIST) {
    opened = ::open(lock.c_str(), kFlags);
  }
  if (opened < 0) Fail(lock, "cannot be opened", errno);
  return opened;
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

PrivateFileChange::PrivateFileChange(const fs::path& named, std::chrono::milliseconds patience)
    : file_(Followed(named)), lock_(OpenLock(file_)) {
  Lock(patience);
}

void PrivateFileChange::Lock(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) Fail(LockFileOf(file_), "cannot be locked", errno);
    if (std::chrono::steady_clock::now() >= deadline) {
      throw std::runtime_error(file_.string() + ": another process has been changing it for " +
                               std::to_string(patience.count()) + " ms (it holds the lock on " +
                               LockFileOf(file_).string() + ")");
    }
    std::this_thread::sleep_for(kBetweenTries);
  }
}

void PrivateFileChange::Replace(std::string_view text) {
  const struct stat owner = OwnerFor(file_);
  std::string temporary = file_.string() + ".XXXXXX";
  const Descriptor out{::mkostemp(temporary.data(), O_CLOEXEC)};  // with mode 600
  if (!out) Fail(file_, "cannot be written", errno);
  if (!GiveTo(owner, out.number()) || !WriteAll(out.number(), text) || ::fsync(out.number()) != 0 ||
      std::rename(temporary.c_str(), file_.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    Fail(file_, "cannot be written", reason);
  }
  // Some file systems cannot do this; the change is made either way.
  const Descriptor folder{::open(FolderOf(file_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder) ::fsync(folder.number());
}

}  // namespace feedmux::accounts
