#pragma once

#include <chrono>       // milliseconds
#include <memory>       // unique_ptr
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/universe.hpp"
#include "plugins/plugin_host.hpp"

namespace feedmux {

/// No resolver knows the key, or one that might could not tell.
class UniverseError : public std::runtime_error {
 public:
  UniverseError(const std::string& what, bool unknown)
      : std::runtime_error(what), unknown_(unknown) {}

  /// All resolvers answered, and none knows it.
  bool unknown() const { return unknown_; }

 private:
  bool unknown_;
};

/// What a key stands for.
struct Resolution {
  std::vector<std::string> symbols;
  std::string resolver;                 ///< names of the universes that knew it: "lists"
  std::chrono::milliseconds refresh{};  ///< the shortest of theirs; 0: on demand only
  std::string doubt;  ///< why one that is asked before them could not tell; empty: none such
};

/// The configured resolvers, asked in the order of the YAML.
class UniverseSet {
 public:
  void Add(std::string name, std::chrono::milliseconds refresh, std::unique_ptr<PluginHost> host,
           std::unique_ptr<UniverseResolver> resolver);

  /// The symbols of a key; of `a+b` the union, in order, without duplicates. Throws UniverseError,
  /// naming the nearest keys.
  Resolution Resolve(std::string_view key);

  /// The shortest time between two looks that a resolver asks for; 0: none does.
  std::chrono::milliseconds ShortestRefresh() const;

  /// Whether a key can be resolved, or refused, without a network.
  bool ResolvesOffline() const;

  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::string name;
    std::chrono::milliseconds refresh{};
    std::unique_ptr<PluginHost> host;  // outlives the resolver
    std::unique_ptr<UniverseResolver> resolver;
  };

  Resolution ResolvePart(std::string_view key);
  /// Appends to `failures` why a resolver cannot tell.
  std::vector<std::string> AllKeys(std::string& failures);

  std::vector<Entry> entries_;
};

}  // namespace feedmux
