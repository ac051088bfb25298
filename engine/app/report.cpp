#include "app/report.hpp"

#include <fcntl.h>  // open
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>   // errno
#include <cstdio>   // fopen, fwrite, fclose, rename
#include <cstring>  // strerror
#include <nlohmann/json.hpp>
#include <stdexcept>  // runtime_error

#include "status_json/health_json.hpp"
#include "status_json/values.hpp"

namespace feedmux {
namespace {

/// What a rename would do away with: /dev/null, /dev/stdout, a FIFO.
bool IsDeviceOrPipe(const std::filesystem::path& file) {
  std::error_code unknown;
  const auto type = std::filesystem::status(file, unknown).type();
  using std::filesystem::file_type;
  return type == file_type::character || type == file_type::block || type == file_type::fifo ||
         type == file_type::socket;
}

/// False with errno set if it could not all be written.
bool WriteInPlace(const std::filesystem::path& file, const std::string& text) {
  // Not waiting for the reader of a FIFO: the engine has better things to do.
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return false;
  ssize_t written = 0;
  for (std::size_t done = 0; done < text.size(); done += static_cast<std::size_t>(written)) {
    written = ::write(descriptor, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) written = 0;
    if (written < 0) break;
  }
  const int reason = errno;
  ::close(descriptor);
  errno = reason;
  return written >= 0;
}

}  // namespace

nlohmann::ordered_json Report(const Engine& engine, const Health& health, std::int64_t started_ns,
                              std::int64_t now_ns) {
  nlohmann::ordered_json report = {{"version", FEEDMUX_VERSION},
                                   {"pid", ::getpid()},
                                   {"started_at", Seconds(started_ns)},
                                   {"written_at", Seconds(now_ns)}};
  report.update(HealthJson(health));
  report["metrics"] = engine.ReadMetrics();
  return report;
}

std::string ReportJson(const Engine& engine, std::int64_t started_ns, std::int64_t now_ns) {
  return Report(engine, engine.ReadHealth(), started_ns, now_ns)
             .dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

void WriteFileAtomically(const std::filesystem::path& named, const std::string& text) {
  const auto fail = [&named](const char* what) {
    throw std::runtime_error(fmt::format("{}: {}: {}", named.string(), what, std::strerror(errno)));
  };
  std::error_code unknown;
  if (IsDeviceOrPipe(named)) {
    if (!WriteInPlace(named, text)) fail("cannot be written");
    return;
  }
  // A link stays one: what it points to is replaced.
  const bool is_link = std::filesystem::is_symlink(named, unknown);
  const auto file = is_link ? std::filesystem::weakly_canonical(named, unknown) : named;
  const std::string temporary = fmt::format("{}.{}.tmp", file.string(), ::getpid());
  std::FILE* out = std::fopen(temporary.c_str(), "w");
  if (!out) fail("cannot be written");
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  if (std::fclose(out) != 0 || !written) {
    const int reason = errno;
    std::remove(temporary.c_str());
    errno = reason;
    fail("cannot be written");
  }
  if (std::rename(temporary.c_str(), file.c_str()) != 0) {
    const int reason = errno;
    std::remove(temporary.c_str());
    errno = reason;
    fail("cannot be replaced");
  }
}

}  // namespace feedmux
