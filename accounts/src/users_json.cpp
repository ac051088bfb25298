#include "users_json.hpp"

#include <algorithm>         // count, find, sort
#include <cstdint>           // int64_t
#include <initializer_list>  // initializer_list
#include <nlohmann/json.hpp>
#include <set>        // set
#include <stdexcept>  // runtime_error

#include "feedmux/accounts/name.hpp"
#include "quoted.hpp"
#include "sodium.hpp"

namespace feedmux::accounts {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::int64_t kLatestTime = 253402300799;  // the end of the year 9999

template <typename Names>
std::string Listed(const Names& names) {
  std::string list;
  for (const std::string_view name : names) (list += list.empty() ? "" : ", ") += name;
  return list;
}

/// "3:14" of a position in the text.
std::string LineAndColumn(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, position);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 if there is none
  return std::to_string(line) + ":" + std::to_string(before.size() - line_start + 1);
}

/// A value of the file, and the key that leads to it.
class Node {
 public:
  Node(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  [[noreturn]] void Fail(const std::string& problem) const {
    throw std::runtime_error(where_ + ": " + problem);
  }

  void RequireKeys(std::initializer_list<std::string_view> keys) const {
    if (!json_.is_object()) Fail(std::string{"expected an object, found "} + json_.type_name());
    for (const auto& [key, value] : json_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        Fail("unknown key " + Quoted(key) + "; expected " + Listed(keys));
      }
    }
    for (const std::string_view key : keys) {
      if (!json_.contains(key)) {
        Fail("the key " + Quoted(key) + " is missing; expected " + Listed(keys));
      }
    }
  }

  Node At(std::string_view key) const {
    return {json_.at(std::string{key}), where_ + "." + std::string{key}};
  }

  std::vector<Node> Items() const {
    if (!json_.is_array()) Fail(std::string{"expected a list, found "} + json_.type_name());
    std::vector<Node> items;
    for (std::size_t i = 0; i < json_.size(); ++i) {
      items.emplace_back(json_[i], where_ + "[" + std::to_string(i) + "]");
    }
    return items;
  }

  const std::string& Text() const {
    if (!json_.is_string()) Fail(std::string{"expected a text, found "} + json_.type_name());
    return json_.get_ref<const std::string&>();
  }

  std::int64_t Integer(std::int64_t least, std::int64_t most) const {
    if (json_.is_number_unsigned() && json_.get<std::uint64_t>() <= std::uint64_t(most) &&
        json_.get<std::int64_t>() >= least) {
      return json_.get<std::int64_t>();
    }
    const std::string valid = least == most ? std::to_string(least)
                                            : std::to_string(least) + " to " + std::to_string(most);
    Fail("expected " + valid + ", found " +
         (json_.is_number() ? json_.dump() : std::string{json_.type_name()}));
  }

 private:
  const Json& json_;
  std::string where_;
};

Role RoleAt(const Node& node) {
  const std::string& name = node.Text();
  if (const auto role = RoleFromName(name)) return *role;
  node.Fail("expected one of " + Listed(kRoleNames) + ", found " + Quoted(name));
}

/// A valid name that no entry has yet.
template <typename Entries>
std::string NameAt(const Node& node, const Entries& entries) {
  const std::string& name = node.Text();
  if (const std::string problem = NameProblem(name); !problem.empty()) node.Fail(problem);
  if (FindByName(entries, name) != entries.end()) {
    node.Fail("expected each name once, found " + Quoted(name) + " again");
  }
  return name;
}

StoredUser ReadUser(const Node& node, const std::vector<StoredUser>& before) {
  node.RequireKeys({"name", "role", "password_hash"});
  StoredUser user;
  user.name = NameAt(node.At("name"), before);
  user.role = RoleAt(node.At("role"));
  const Node hash = node.At("password_hash");
  user.password_hash = hash.Text();
  if (!IsPasswordHash(user.password_hash)) {
    hash.Fail("expected an argon2id hash ($argon2id$...), found something else");
  }
  return user;
}

StoredToken ReadToken(const Node& node, const std::vector<StoredToken>& before) {
  node.RequireKeys({"name", "role", "sha256", "created"});
  StoredToken token;
  token.name = NameAt(node.At("name"), before);
  token.role = RoleAt(node.At("role"));
  const Node hash = node.At("sha256");
  token.sha256 = hash.Text();
  if (!IsTokenHash(token.sha256)) {
    hash.Fail("expected 64 hexadecimal digits in lower case, found something else");
  }
  const std::int64_t created = node.At("created").Integer(0, kLatestTime);
  token.created = std::chrono::sys_seconds{std::chrono::seconds{created}};
  return token;
}

/// Refuses an object that has a key twice, of which only one would be seen.
class RefuseRepeatedKeys {
 public:
  explicit RefuseRepeatedKeys(const std::string& file) : file_(file) {}

  bool operator()(int, Json::parse_event_t event, const Json& key) {
    if (event == Json::parse_event_t::object_start) keys_.emplace_back();
    if (event == Json::parse_event_t::object_end) keys_.pop_back();
    if (event == Json::parse_event_t::key && !keys_.back().insert(key.get<std::string>()).second) {
      throw std::runtime_error(file_ + ": expected each key once in an object, found " +
                               Quoted(key.get<std::string>()) + " again");
    }
    return true;
  }

 private:
  const std::string& file_;
  std::vector<std::set<std::string>> keys_;
};

Json ParseJson(std::string_view text, const std::string& file) {
  try {
    return Json::parse(text, RefuseRepeatedKeys{file});
  } catch (const Json::parse_error& error) {
    // Its own words repeat a piece of the file.
    const std::size_t position = error.byte > 0 ? error.byte - 1 : 0;
    throw std::runtime_error(file + ":" + LineAndColumn(text, position) +
                             ": expected JSON, found something else or the end");
  } catch (const Json::out_of_range&) {
    throw std::runtime_error(file + ": expected JSON, found a number that is too large");
  }
}

}  // namespace

UsersDocument ParseUsers(std::string_view text, const std::string& file) {
  const Json json = ParseJson(text, file);
  const Node root{json, file};
  root.RequireKeys({"version", "users", "tokens"});
  Node{json["version"], file + ": version"}.Integer(kVersion, kVersion);
  UsersDocument document;
  for (const Node& user : Node{json["users"], file + ": users"}.Items()) {
    document.users.push_back(ReadUser(user, document.users));
  }
  for (const Node& token : Node{json["tokens"], file + ": tokens"}.Items()) {
    document.tokens.push_back(ReadToken(token, document.tokens));
  }
  return document;
}

std::string UsersText(UsersDocument document) {
  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  std::sort(document.users.begin(), document.users.end(), by_name);
  std::sort(document.tokens.begin(), document.tokens.end(), by_name);
  Json users = Json::array();
  for (const StoredUser& user : document.users) {
    users.push_back(
        {{"name", user.name}, {"role", Name(user.role)}, {"password_hash", user.password_hash}});
  }
  Json tokens = Json::array();
  for (const StoredToken& token : document.tokens) {
    tokens.push_back({{"name", token.name},
                      {"role", Name(token.role)},
                      {"sha256", token.sha256},
                      {"created", token.created.time_since_epoch().count()}});
  }
  const Json json = {{"version", kVersion}, {"users", users}, {"tokens", tokens}};
  return json.dump(2) + "\n";
}

}  // namespace feedmux::accounts
