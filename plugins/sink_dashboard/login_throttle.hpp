#pragma once

#include <chrono>         // nanoseconds
#include <cstdint>        // int64_t
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map

namespace feedmux::dashboard {

/// Slows log-ins down that keep failing, by user and by address: after a few free attempts, each
/// further one has to wait twice as long as the one before. A user waits a minute at most, an
/// address longer. The addresses of an IPv6 /64 count as one, because who has one of them has all.
/// Who keeps failing in a user's name, from ever other addresses, can make that user wait that
/// minute again and again; his open sessions and his tokens go on.
///
/// An attempt counts as failed from its begin until it is known to have succeeded: many at once get
/// no further than one after the other. A success forgets the user's failures, but not what else
/// came from its address: nobody's own account pays for guessing at others'.
class LoginThrottle {
 public:
  static constexpr int kFreeAttempts = 4;
  static constexpr std::chrono::seconds kMostForUser{60};
  static constexpr std::chrono::seconds kMostForAddress{900};
  static constexpr std::chrono::hours kForgottenAfter{1};
  static constexpr std::size_t kMostEntries = 10'000;

  /// Zero if the attempt may be made, and is counted; else how long it has to wait.
  std::chrono::nanoseconds Begin(std::string_view user, std::string_view address,
                                 std::int64_t monotonic_ns);

  void Succeeded(std::string_view user, std::string_view address);

  /// The attempt could not be decided, and counts for nothing.
  void TakeBack(std::string_view user, std::string_view address);

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    int failures = 0;
    std::int64_t last_ns = 0;
    std::int64_t not_before_ns = 0;
  };

  void MakeRoom(std::int64_t monotonic_ns);
  void Uncount(const std::string& key);
  void Count(const std::string& key, std::chrono::seconds most, std::int64_t monotonic_ns);

  std::unordered_map<std::string, Entry> entries_;  // by "user …" and "address …"
};

}  // namespace feedmux::dashboard
