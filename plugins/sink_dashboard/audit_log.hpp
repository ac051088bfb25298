#pragma once

#include <cstdint>     // int64_t
#include <filesystem>  // path
#include <string>      // string

#include <nlohmann/json_fwd.hpp>

#include "feedmux/host.hpp"
#include "sink_dashboard/once_a_minute.hpp"

namespace feedmux::dashboard {

/// Who did what, from where, to what, with which result.
struct AuditEntry {
  std::string user;
  std::string address;
  std::string action;  ///< "login", "pause", …
  std::string target;  ///< of which the log keeps the first 1000 bytes
  std::string result;  ///< "ok", or why not
};

/// A file with one JSON object a line. It is opened for each line, so that it may be moved away at
/// any time. What cannot be written is counted and logged, and hinders nobody.
///
/// Thread: one.
class AuditLog {
 public:
  AuditLog(Host& host, std::filesystem::path file);

  void Write(const AuditEntry& entry);

  /// The last ones, newest first.
  nlohmann::ordered_json Last(std::size_t count) const;

 private:
  Host& host_;
  const std::filesystem::path file_;
  Counter& unwritten_;
  OnceAMinute complaint_;
};

}  // namespace feedmux::dashboard
