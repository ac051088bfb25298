#include "app/report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>   // errno
#include <cstdio>   // fopen, fwrite, fclose, rename
#include <cstring>  // strerror
#include <nlohmann/json.hpp>
#include <stdexcept>  // runtime_error

#include "app/health_json.hpp"

namespace feedmux {
namespace {

double Seconds(std::int64_t ns) { return static_cast<double>(ns / 1000) / 1e6; }

}  // namespace

nlohmann::ordered_json Report(const Engine& engine, std::int64_t started_ns, std::int64_t now_ns) {
  nlohmann::ordered_json report = {{"version", FEEDMUX_VERSION},
                                   {"pid", ::getpid()},
                                   {"started_at", Seconds(started_ns)},
                                   {"written_at", Seconds(now_ns)}};
  report.update(HealthJson(engine.ReadHealth()));
  report["metrics"] = engine.ReadMetrics();
  return report;
}

std::string ReportJson(const Engine& engine, std::int64_t started_ns, std::int64_t now_ns) {
  return Report(engine, started_ns, now_ns)
             .dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

void WriteFileAtomically(const std::filesystem::path& file, const std::string& text) {
  const auto fail = [&file](const char* what) {
    throw std::runtime_error(fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
  };
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
