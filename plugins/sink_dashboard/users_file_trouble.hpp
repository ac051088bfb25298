#pragma once

#include <string>  // string

#include "feedmux/host.hpp"
#include "sink_dashboard/call.hpp"
#include "sink_dashboard/once_a_minute.hpp"

namespace feedmux::dashboard {

/// The users file cannot be read, which every request meets anew.
///
/// Thread: the server's.
class UsersFileTrouble {
 public:
  explicit UsersFileTrouble(Host& host) : host_(host) {}

  /// Logs it, unless that was done within the last minute.
  void Log(const std::string& why) {
    if (complaint_.IsDue(host_.clock().MonotonicNs())) {
      host_.log().Error("nobody is let in: " + why);
    }
  }

  /// Whether a log-in that could not be decided is to be audited: not more than one a minute, as
  /// trying costs nothing.
  bool IsAuditDue() { return audit_.IsDue(host_.clock().MonotonicNs()); }

  static Problem ForClient() {
    return Problem(503, "nobody can log in: the users file cannot be read; the log has more");
  }

 private:
  Host& host_;
  OnceAMinute complaint_;
  OnceAMinute audit_;
};

}  // namespace feedmux::dashboard
