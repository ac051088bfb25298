#pragma once

#include <chrono>       // sys_seconds
#include <cstddef>      // size_t
#include <cstdint>      // uint64_t
#include <filesystem>   // path
#include <functional>   // function
#include <memory>       // shared_ptr
#include <mutex>        // mutex
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/accounts/role.hpp"

namespace feedmux::accounts {

struct UsersDocument;
struct UsersSnapshot;

/// Somebody who may log in, or the holder of a token.
struct Account {
  std::string name;
  Role role = Role::User;
  /// Another number whenever the password was set anew, also for a user who was removed and added
  /// again: a session that began with another one is over.
  std::uint64_t generation = 0;
};

/// What is known of an API token; its text is known to its holder alone.
struct Token {
  std::string name;
  Role role = Role::User;
  std::chrono::sys_seconds created;
};

/// What a guess at a password costs (argon2id, one lane). The default takes 50 to 100 ms. A
/// password keeps the cost it was set with.
struct HashCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = 64u << 20;
};

/// The users and API tokens in a file, which other processes may change meanwhile: every call looks
/// whether they did.
///
/// Invariants:
/// 1. A call answers by the file as it was at some moment during the call, never by an older one.
/// 2. While the file cannot be read whole, for whatever reason, nobody is let in: all calls throw.
///    The last good set is not kept, for the change that broke the file may have been the removal
///    of a user.
/// 3. The file is replaced in one step and by one process at a time. Others can neither read nor
///    write it (mode 600), and one that they can is refused.
///
/// Calls throw std::runtime_error if the file cannot be read or written, with its name, the key at
/// fault, what was found and what would be valid; those that change it also if there is no such
/// user or token, or one already; and std::invalid_argument for names and passwords that are never
/// valid. No message holds a password, a token or a hash of them.
///
/// Thread: any.
class Accounts {
 public:
  /// A file that does not exist is an empty set, and is made (with its folder) by the first change.
  explicit Accounts(std::filesystem::path file, HashCost cost = {});
  ~Accounts();

  const std::filesystem::path& file() const { return file_; }

  /// Whether there are no users.
  bool Empty() const;

  /// By name.
  std::vector<Account> Users() const;

  std::optional<Account> Find(std::string_view user) const;

  /// The user, if that is the password. Slow on purpose, and as slow for a user that does not
  /// exist. One check runs at a time, the others wait: whoever tries passwords gets one core and
  /// the memory of one hash.
  std::optional<Account> CheckPassword(std::string_view user, std::string_view password) const;

  /// The holder, if it is a token. Fast.
  std::optional<Account> CheckToken(std::string_view token) const;

  void AddUser(std::string_view user, Role role, std::string_view password);
  void SetPassword(std::string_view user, std::string_view password);
  void RemoveUser(std::string_view user);

  /// The token's text (fmx_ and 43 characters), which is not kept and cannot be had again.
  std::string AddToken(std::string_view name, Role role);
  void RevokeToken(std::string_view name);

  /// By name.
  std::vector<Token> Tokens() const;

 private:
  std::shared_ptr<const UsersSnapshot> Current() const;
  void Change(const std::function<void(UsersDocument&)>& change);

  const std::filesystem::path file_;
  const HashCost cost_;

  mutable std::mutex hashing_;  // held while a password is checked

  mutable std::mutex mutex_;  // protects what follows; held to look at the file, and to read it
  mutable std::shared_ptr<const UsersSnapshot> snapshot_;
};

}  // namespace feedmux::accounts
