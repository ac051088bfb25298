#pragma once

#include <chrono>       // nanoseconds
#include <cstdint>      // int64_t, uint64_t
#include <map>          // map
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::dashboard {

/// Somebody who has logged in. Times are UTC, so that they hold over a restart.
struct Session {
  std::string user;
  std::uint64_t generation = 0;  ///< of the password that it began with, see accounts::Account
  std::int64_t begun_ns = 0;
  std::int64_t used_ns = 0;
};

/// Who has logged in, by the hash of what their cookie holds: neither memory nor the file that
/// sessions are kept in lets anybody in.
class Sessions {
 public:
  static constexpr std::size_t kMost = 1000;
  static constexpr std::size_t kMostOfAUser = 50;

  Sessions(std::chrono::nanoseconds idle_timeout, std::chrono::nanoseconds lifetime)
      : idle_timeout_(idle_timeout), lifetime_(lifetime) {}

  /// Returns the cookie's value. If there are too many, of that user or in all, the one of them
  /// that was not used longest ends.
  std::string Begin(std::string user, std::uint64_t generation, std::int64_t now_ns);

  /// The session's key for the calls below, if it is not over.
  std::optional<std::string> KeyOf(std::string_view cookie, std::int64_t now_ns);

  /// Null if it is over.
  const Session* Find(const std::string& key, std::int64_t now_ns);

  void Touch(const std::string& key, std::int64_t now_ns);
  void End(const std::string& key);

  std::int64_t IdleExpiry(const Session& session) const {
    return session.used_ns + idle_timeout_.count();
  }
  std::int64_t Expiry(const Session& session) const { return session.begun_ns + lifetime_.count(); }

  /// What has to be sent along with an action. Made from the cookie, and thus kept nowhere.
  static std::string CsrfToken(std::string_view cookie);

  std::size_t size() const { return sessions_.size(); }

  /// The state as text, and back; what it cannot read, or what is over, is left out.
  std::string Serialize() const;
  void Restore(const std::string& text, std::int64_t now_ns);

 private:
  bool IsOver(const Session& session, std::int64_t now_ns) const;

  template <typename Counts>
  void KeepFewerThan(std::size_t most, Counts counts);

  const std::chrono::nanoseconds idle_timeout_;
  const std::chrono::nanoseconds lifetime_;
  std::map<std::string, Session> sessions_;  // by the hash of the cookie's value
};

}  // namespace feedmux::dashboard
