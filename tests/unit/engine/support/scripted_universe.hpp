#pragma once

#include <functional>   // function, less
#include <map>          // map
#include <optional>     // optional
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/universe.hpp"

namespace feedmux {

/// What a ScriptedUniverse knows. Outlives it.
struct UniverseScript {
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  std::string failure;  ///< if not empty, what Resolve and Keys throw
  bool offline = true;
  std::function<void()> on_resolve;  ///< a resolver that takes its time
  int resolved = 0;                  ///< calls of Resolve
  std::string keys_failure = {};     ///< if not empty, what Keys and ResolvesOffline throw
};

class ScriptedUniverse final : public UniverseResolver {
 public:
  explicit ScriptedUniverse(UniverseScript& script) : script_(script) {}

  std::optional<std::vector<std::string>> Resolve(std::string_view key) override {
    ++script_.resolved;
    if (script_.on_resolve) script_.on_resolve();
    if (!script_.failure.empty()) throw std::runtime_error(script_.failure);
    const auto found = script_.lists.find(key);
    if (found == script_.lists.end()) return std::nullopt;
    return found->second;
  }
  std::vector<std::string> Keys() override {
    if (!script_.failure.empty()) throw std::runtime_error(script_.failure);
    if (!script_.keys_failure.empty()) throw std::runtime_error(script_.keys_failure);
    std::vector<std::string> keys;
    for (const auto& [key, symbols] : script_.lists) keys.push_back(key);
    return keys;
  }
  bool ResolvesOffline() const override {
    if (!script_.keys_failure.empty()) throw std::runtime_error(script_.keys_failure);
    return script_.offline;
  }

 private:
  UniverseScript& script_;
};

}  // namespace feedmux
