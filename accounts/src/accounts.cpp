#include "feedmux/accounts/accounts.hpp"

#include <algorithm>  // sort
#include <exception>  // exception
#include <stdexcept>  // invalid_argument, runtime_error
#include <utility>    // move

#include "feedmux/accounts/name.hpp"
#include "feedmux/accounts/password.hpp"
#include "private_file.hpp"
#include "private_file_change.hpp"
#include "quoted.hpp"
#include "sodium.hpp"
#include "users_document.hpp"
#include "users_json.hpp"

namespace feedmux::accounts {

/// What the file held when it was read.
struct UsersSnapshot {
  FileVersion version;
  bool is_settled = true;
  UsersDocument document;
  std::string problem;  ///< why it could not be read; empty if it could
};

namespace {

UsersDocument Parse(const PrivateFile& found, const std::filesystem::path& file) {
  if (!found.version.Exists()) return {};
  return ParseUsers(found.text, file.string());
}

UsersSnapshot Load(const std::filesystem::path& file, const FileVersion& version) {
  UsersSnapshot snapshot;
  // Until it was read: not worth keeping.
  snapshot.version = version;
  snapshot.is_settled = false;
  try {
    const PrivateFile found = ReadPrivateFile(file);
    snapshot.version = found.version;
    snapshot.is_settled = found.is_settled;
    snapshot.document = Parse(found, file);
  } catch (const std::exception& error) {
    snapshot.problem = error.what();
  }
  return snapshot;
}

Account AccountOf(const StoredUser& user) {
  return {user.name, user.role, Fingerprint(user.password_hash)};
}

Account AccountOf(const StoredToken& token) {
  return {token.name, token.role, Fingerprint(token.sha256)};
}

void Require(const std::string& problem) {
  if (!problem.empty()) throw std::invalid_argument(problem);
}

template <typename Entries>
std::string NamesOf(const Entries& entries) {
  std::string names;
  for (const auto& entry : entries) (names += names.empty() ? "" : ", ") += entry.name;
  return names.empty() ? "there is none" : "there are: " + names;
}

/// Where the entry of that name is; throws if there is none.
template <typename Entries>
auto RequireEntry(Entries& entries, std::string_view name, const char* what,
                  const std::filesystem::path& file) {
  const auto entry = FindByName(entries, name);
  if (entry != entries.end()) return entry;
  throw std::runtime_error(file.string() + ": no " + what + " is called " + Quoted(name) + "; " +
                           NamesOf(entries));
}

template <typename Entries>
void RequireNew(const Entries& entries, std::string_view name, const char* what,
                const std::filesystem::path& file) {
  const auto entry = FindByName(entries, name);
  if (entry == entries.end()) return;
  throw std::runtime_error(file.string() + ": there is a " + what + " " + Quoted(name) +
                           " already (role " + std::string{Name(entry->role)} + ")");
}

}  // namespace

Accounts::Accounts(std::filesystem::path file, HashCost cost)
    : file_(std::move(file)), cost_(cost) {
  if (file_.empty()) throw std::invalid_argument("expected a users file, found an empty name");
  StartSodium();
  Current();
}

Accounts::~Accounts() = default;

std::shared_ptr<const UsersSnapshot> Accounts::Current() const {
  const std::lock_guard lock{mutex_};
  const FileVersion version = VersionOf(file_);
  if (!snapshot_ || !snapshot_->is_settled || snapshot_->version != version) {
    snapshot_ = std::make_shared<const UsersSnapshot>(Load(file_, version));
  }
  if (!snapshot_->problem.empty()) throw std::runtime_error(snapshot_->problem);
  return snapshot_;
}

bool Accounts::Empty() const { return Current()->document.users.empty(); }

std::vector<Account> Accounts::Users() const {
  std::vector<Account> users;
  const auto current = Current();
  for (const StoredUser& user : current->document.users) users.push_back(AccountOf(user));
  std::sort(users.begin(), users.end(),
            [](const Account& a, const Account& b) { return a.name < b.name; });
  return users;
}

std::optional<Account> Accounts::Find(std::string_view user) const {
  const auto current = Current();
  const auto& users = current->document.users;
  const auto found = FindByName(users, user);
  if (found == users.end()) return std::nullopt;
  return AccountOf(*found);
}

std::optional<Account> Accounts::CheckPassword(std::string_view user,
                                               std::string_view password) const {
  const std::lock_guard lock{hashing_};
  const auto current = Current();
  if (password.size() > kPasswordBytes) return std::nullopt;
  const auto& users = current->document.users;
  const auto found = FindByName(users, user);
  if (found != users.end()) {
    if (!IsPasswordOf(found->password_hash, password)) return std::nullopt;
    return AccountOf(*found);
  }
  // The same work for nothing.
  if (users.empty()) {
    HashPassword(password, cost_);
  } else {
    static_cast<void>(IsPasswordOf(users.front().password_hash, password));
  }
  return std::nullopt;
}

std::optional<Account> Accounts::CheckToken(std::string_view token) const {
  const auto current = Current();
  const std::string hash = HashToken(token);
  const StoredToken* found = nullptr;
  // All of them, whether it was found or not.
  for (const StoredToken& known : current->document.tokens) {
    if (AreSameHash(known.sha256, hash)) found = &known;
  }
  if (!found) return std::nullopt;
  return AccountOf(*found);
}

void Accounts::Change(const std::function<void(UsersDocument&)>& change) {
  PrivateFileChange turn{file_};
  UsersDocument document = Parse(ReadPrivateFile(file_), file_);
  change(document);
  turn.Replace(UsersText(std::move(document)));
}

void Accounts::AddUser(std::string_view user, Role role, std::string_view password) {
  Require(NameProblem(user));
  Require(PasswordProblem(password));
  RequireNew(Current()->document.users, user, "user", file_);
  // Before it is this process' turn, because it takes long.
  std::string hash = HashPassword(password, cost_);
  Change([&](UsersDocument& document) {
    RequireNew(document.users, user, "user", file_);
    document.users.push_back({std::string{user}, role, std::move(hash)});
  });
}

void Accounts::SetPassword(std::string_view user, std::string_view password) {
  Require(PasswordProblem(password));
  RequireEntry(Current()->document.users, user, "user", file_);
  std::string hash = HashPassword(password, cost_);
  Change([&](UsersDocument& document) {
    RequireEntry(document.users, user, "user", file_)->password_hash = std::move(hash);
  });
}

void Accounts::RemoveUser(std::string_view user) {
  RequireEntry(Current()->document.users, user, "user", file_);
  Change([&](UsersDocument& document) {
    document.users.erase(RequireEntry(document.users, user, "user", file_));
  });
}

std::string Accounts::AddToken(std::string_view name, Role role) {
  Require(NameProblem(name));
  std::string token = RandomToken();
  Change([&](UsersDocument& document) {
    RequireNew(document.tokens, name, "token", file_);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    document.tokens.push_back({std::string{name}, role, HashToken(token), now});
  });
  return token;
}

void Accounts::RevokeToken(std::string_view name) {
  RequireEntry(Current()->document.tokens, name, "token", file_);
  Change([&](UsersDocument& document) {
    document.tokens.erase(RequireEntry(document.tokens, name, "token", file_));
  });
}

std::vector<Token> Accounts::Tokens() const {
  std::vector<Token> tokens;
  const auto current = Current();
  for (const StoredToken& token : current->document.tokens) {
    tokens.push_back({token.name, token.role, token.created});
  }
  std::sort(tokens.begin(), tokens.end(),
            [](const Token& a, const Token& b) { return a.name < b.name; });
  return tokens;
}

}  // namespace feedmux::accounts
