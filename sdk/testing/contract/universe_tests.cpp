#include <algorithm>  // min
#include <exception>  // exception
#include <set>        // set
#include <string>     // string
#include <thread>     // jthread
#include <vector>     // vector

#include "contract_test.hpp"
#include "isolated.hpp"
#include "session.hpp"

namespace feedmux::contract {

namespace {

using List = std::vector<std::string>;

// Keys to try; the test is skipped where the resolver cannot tell now, which only a network
// excuses.
List KeysOf(UniverseResolver& resolver) {
  constexpr std::size_t kMost = 200;
  try {
    List keys = resolver.Keys();
    keys.resize(std::min(keys.size(), kMost));
    return keys;
  } catch (const std::exception& error) {
    Require(!resolver.ResolvesOffline(),
            std::string{"Keys threw, though it needs no network: "} + error.what());
    Skip(std::string{"the keys are out of reach: "} + error.what());
  }
}

void KnowsNothingOfUnknownKeys(const Subject& subject) {
  Session session{subject};
  const List keys = {"feedmux_contract:no_such_universe",
                     "",
                     ":",
                     "+",
                     " ",
                     "a:b:c",
                     "\"\\\n",
                     std::string("a\0b", 3),
                     "\xff\xfe",
                     std::string(100'000, 'k')};
  for (const std::string& key : keys) {
    try {
      Require(!session.universe().Resolve(key), "knows a universe that cannot be there");
    } catch (const std::exception& error) {
      Require(*error.what() != 0, "threw an exception that says nothing");
      session.RequireNoSecret(error.what());
    }
  }
}

void ResolvesItsKeys(const Subject& subject) {
  Session session{subject};
  std::set<std::string> seen;
  for (const std::string& key : KeysOf(session.universe())) {
    Require(seen.insert(key).second, "names the key '" + key + "' twice");
    const auto symbols = session.universe().Resolve(key);
    Require(symbols.has_value(), "does not know its own key '" + key + "'");
    std::set<std::string> symbols_seen;
    for (const std::string& symbol : *symbols) {
      Require(!symbol.empty(), "'" + key + "' has an empty symbol");
      Require(symbol.find_first_of(" \t\r\n,") == std::string::npos,
              "'" + key + "' has the symbol '" + symbol + "'");
      Require(symbols_seen.insert(symbol).second, "'" + key + "' has " + symbol + " twice");
    }
  }
}

void ResolvesAlikeEachTime(const Subject& subject) {
  Session session{subject};
  for (const std::string& key : KeysOf(session.universe())) {
    Require(session.universe().Resolve(key) == session.universe().Resolve(key),
            "gives another list for '" + key + "' the second time");
  }
}

void ResolvesFromAnyThread(const Subject& subject) {
  Session session{subject};
  const List keys = KeysOf(session.universe());
  if (keys.empty()) Skip("it has no keys");
  const auto here = session.universe().Resolve(keys.front());
  std::jthread{[&] {
    Require(session.universe().Resolve(keys.front()) == here,
            "gives another list on another thread");
  }}.join();
}

}  // namespace

std::vector<ContractTest> UniverseTests() {
  constexpr auto kUniverse = PluginKind::Universe;
  return {{"knows_nothing_of_unknown_keys", kUniverse, KnowsNothingOfUnknownKeys},
          {"resolves_its_keys", kUniverse, ResolvesItsKeys},
          {"resolves_alike_each_time", kUniverse, ResolvesAlikeEachTime},
          {"resolves_from_any_thread", kUniverse, ResolvesFromAnyThread}};
}

}  // namespace feedmux::contract
