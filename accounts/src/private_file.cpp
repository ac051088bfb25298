#include "private_file.hpp"

#include <fcntl.h>     // open
#include <sys/stat.h>  // stat

#include <array>         // array
#include <cerrno>        // errno
#include <cstdio>        // snprintf
#include <ctime>         // clock_gettime
#include <stdexcept>     // runtime_error
#include <system_error>  // generic_category

#include "descriptor.hpp"

namespace feedmux::accounts {
namespace {

constexpr off_t kLargest = 1 << 20;
constexpr std::int64_t kSettledAfterNs = 100'000'000;

std::int64_t Nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// By the clock that file times are taken from.
std::int64_t NowNs() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return Nanoseconds(now);
}

FileVersion VersionFrom(const struct stat& found) {
  return {found.st_dev, found.st_ino, found.st_size, Nanoseconds(found.st_mtim),
          Nanoseconds(found.st_ctim)};
}

[[noreturn]] void Fail(const std::filesystem::path& file, const std::string& problem) {
  throw std::runtime_error(file.string() + ": " + problem);
}

[[noreturn]] void FailToRead(const std::filesystem::path& file) {
  Fail(file, "cannot be read: " + std::generic_category().message(errno));
}

void RequirePrivate(const std::filesystem::path& file, const struct stat& found) {
  if (!S_ISREG(found.st_mode)) Fail(file, "expected a file, found a folder, device or pipe");
  if ((found.st_mode & 077) != 0) {
    std::array<char, 8> mode{};
    std::snprintf(mode.data(), mode.size(), "%03o", found.st_mode & 0777u);
    Fail(file, "expected mode 600, found " + std::string{mode.data()} +
                   ": others may use it; \"chmod 600\" closes it");
  }
  if (found.st_size > kLargest) {
    Fail(file, "expected at most " + std::to_string(kLargest) + " bytes, found " +
                   std::to_string(found.st_size));
  }
}

}  // namespace

FileVersion VersionOf(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) == 0) return VersionFrom(found);
  if (errno == ENOENT) return {};
  FailToRead(file);
}

PrivateFile ReadPrivateFile(const std::filesystem::path& file) {
  const std::int64_t before_ns = NowNs();
  // Without O_NONBLOCK, a FIFO would wait for somebody to write.
  const Descriptor in{::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
  if (!in && errno == ENOENT) return {};
  struct stat found {};
  if (!in || ::fstat(in.number(), &found) != 0) FailToRead(file);
  RequirePrivate(file, found);
  PrivateFile result;
  result.version = VersionFrom(found);
  result.is_settled = before_ns - result.version.changed_ns > kSettledAfterNs;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t got = ::read(in.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) FailToRead(file);
    if (got == 0) return result;
    result.text.append(buffer.data(), static_cast<std::size_t>(got));
    if (result.text.size() > static_cast<std::size_t>(kLargest))
      Fail(file, "grows while it is read");
  }
}

}  // namespace feedmux::accounts
