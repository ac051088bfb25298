#include "sink_dashboard/audit_log.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>  // runtime_error
#include <utility>    // move

#include "sink_dashboard/json.hpp"
#include "sink_dashboard/private_file.hpp"
#include "status_json/values.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::size_t kMostRead = std::size_t{2} << 20;
constexpr std::size_t kMostTargetBytes = 1000;

std::string Shortened(const std::string& target) {
  if (target.size() <= kMostTargetBytes) return target;
  return target.substr(0, kMostTargetBytes) + "…";
}

}  // namespace

AuditLog::AuditLog(Host& host, std::filesystem::path file)
    : host_(host),
      file_(std::move(file)),
      unwritten_(host.metrics().GetCounter("audit_unwritten",
                                           "Lines that could not be written to the audit log")) {}

void AuditLog::Write(const AuditEntry& entry) {
  const Json json = {{"time", Seconds(host_.clock().UtcNs())},
                     {"user", entry.user},
                     {"address", entry.address},
                     {"action", entry.action},
                     {"target", Shortened(entry.target)},
                     {"result", entry.result}};
  try {
    AppendToPrivateFile(file_, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  } catch (const std::runtime_error& error) {
    unwritten_.Add();
    if (!complaint_.IsDue(host_.clock().MonotonicNs())) return;
    host_.log().Error(std::string{"audit log: "} + error.what() +
                      " (at most one such line a minute; the counter \"audit_unwritten\" has all)");
  }
}

Json AuditLog::Last(std::size_t count) const {
  const std::string text = ReadEndOfFile(file_, kMostRead);
  Json entries = Json::array();
  std::size_t end = text.size();
  while (end > 0 && entries.size() < count) {
    const auto before = end >= 2 ? text.rfind('\n', end - 2) : std::string::npos;
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    auto entry = Json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                             text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
    if (entry.is_object()) entries.push_back(std::move(entry));
    end = begin;
  }
  return entries;
}

}  // namespace feedmux::dashboard
