#include "universe_redis/redis_resolver.hpp"

#include <fmt/format.h>

#include <algorithm>  // sort
#include <set>        // set
#include <stdexcept>  // runtime_error, invalid_argument
#include <utility>    // move

#include "redis/endpoint_options.hpp"
#include "universe/check_text.hpp"
#include "universe/symbol_list.hpp"
#include "universe_redis/json_symbols.hpp"

namespace feedmux::universe_redis {
namespace {

using Symbols = std::vector<std::string>;

constexpr long long kMostSymbols = 1'000'000;
constexpr long long kLongestJson = 16 << 20;

// Bounds of a search for keys.
constexpr int kScanRounds = 100;
constexpr const char* kKeysPerRound = "1000";
constexpr std::size_t kMostKeys = 1000;

std::string_view Text(const redisReply& reply) {
  return reply.str ? std::string_view{reply.str, reply.len} : std::string_view{};
}

void CheckSize(const Reply& size, long long most, std::string_view unit) {
  if (size->integer <= most) return;
  throw std::invalid_argument(
      fmt::format("expected {} {} at most, found {}", most, unit, size->integer));
}

Symbols ReadElements(const redisReply& array, std::string_view element) {
  universe::SymbolList list;
  for (std::size_t i = 0; i < array.elements; ++i) {
    const auto problem = list.Add(std::string{Text(*array.element[i])});
    if (!problem.empty())
      throw std::invalid_argument(fmt::format("{} {}: {}", element, i, problem));
  }
  return std::move(list).Take();
}

Symbols ReadSet(RedisSession& session, const std::string& key) {
  CheckSize(session.Ask({"SCARD", key}), kMostSymbols, "members");
  Symbols symbols = ReadElements(*session.Ask({"SMEMBERS", key}), "member");
  std::sort(symbols.begin(), symbols.end());
  return symbols;
}

Symbols ReadList(RedisSession& session, const std::string& key) {
  CheckSize(session.Ask({"LLEN", key}), kMostSymbols, "elements");
  return ReadElements(*session.Ask({"LRANGE", key, "0", "-1"}), "element");
}

/// Nothing if the key has expired since its type was asked for.
std::optional<Symbols> ReadString(RedisSession& session, const std::string& key) {
  CheckSize(session.Ask({"STRLEN", key}), kLongestJson, "bytes of JSON");
  const Reply text = session.Ask({"GET", key});
  if (text->type == REDIS_REPLY_NIL) return std::nullopt;
  return ReadJsonSymbols(Text(*text));
}

/// Whether a key's type, and for a string its first byte, may be those of a universe.
bool SeemsToHoldSymbols(std::string_view type, std::string_view first_byte) {
  return type == "set" || type == "list" || first_byte == "[" || first_byte == "{";
}

}  // namespace

RedisResolver::RedisResolver(Host&, const Options& options)
    : endpoint_(redis::ReadEndpoint(options)),
      timeouts_{.connect = options.Duration("connect_timeout"), .io = options.Duration("timeout")},
      key_template_(options.String("key")) {}

std::optional<Symbols> RedisResolver::Resolve(std::string_view key) {
  const std::string redis_key = key_template_.RedisKey(key);
  try {
    return Read(redis_key);
  } catch (const std::invalid_argument& content) {
    throw std::runtime_error(fmt::format("Redis key {} at {}: {}", universe::Quoted(redis_key),
                                         endpoint_.Display(), content.what()));
  } catch (const std::runtime_error& server) {
    throw std::runtime_error(
        fmt::format("Redis key {}: {}", universe::Quoted(redis_key), server.what()));
  }
}

std::optional<Symbols> RedisResolver::Read(const std::string& redis_key) const {
  RedisSession session{endpoint_, timeouts_};
  const Reply reply = session.Ask({"TYPE", redis_key});
  const std::string_view type = Text(*reply);
  if (type == "none") return std::nullopt;
  if (type == "string") return ReadString(session, redis_key);
  if (type != "set" && type != "list") {
    throw std::invalid_argument(
        fmt::format("expected a set, a list or a string of JSON, found a {}", type));
  }
  Symbols symbols = type == "set" ? ReadSet(session, redis_key) : ReadList(session, redis_key);
  // Redis has no empty sets and lists: the key has expired since its type was asked for.
  if (symbols.empty()) return std::nullopt;
  return symbols;
}

std::vector<std::string> RedisResolver::Keys() {
  RedisSession session{endpoint_, timeouts_};
  const std::vector<std::string> found = Scan(session);

  std::vector<Command> questions;
  for (const std::string& redis_key : found) questions.push_back({"TYPE", redis_key});
  const std::vector<Reply> types = session.Ask(questions);

  std::vector<std::string> keys;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::string_view type = Text(*types[i]);
    std::string first_byte;
    if (type == "string") {
      first_byte = Text(*session.Ask({"GETRANGE", found[i], "0", "0"}));
    }
    if (!SeemsToHoldSymbols(type, first_byte)) continue;
    auto key = key_template_.UniverseKey(found[i]);
    // A key that the YAML cannot name is no hint.
    if (key && universe::KeyProblem(*key).empty()) keys.push_back(*std::move(key));
  }
  return keys;
}

std::vector<std::string> RedisResolver::Scan(RedisSession& session) const {
  std::set<std::string> found;  // SCAN may return a key more than once
  std::string cursor = "0";
  for (int round = 0; round < kScanRounds && found.size() < kMostKeys; ++round) {
    const Reply reply =
        session.Ask({"SCAN", cursor, "MATCH", key_template_.Pattern(), "COUNT", kKeysPerRound});
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2) break;
    const redisReply& batch = *reply->element[1];
    for (std::size_t i = 0; i < batch.elements; ++i) found.emplace(Text(*batch.element[i]));
    cursor = Text(*reply->element[0]);
    if (cursor == "0") break;
  }
  return {found.begin(), found.end()};
}

}  // namespace feedmux::universe_redis
