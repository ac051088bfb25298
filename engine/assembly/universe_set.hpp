#pragma once

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
  using std::runtime_error::runtime_error;
};

/// The configured resolvers, asked in the order of the YAML.
class UniverseSet {
 public:
  void Add(std::unique_ptr<PluginHost> host, std::unique_ptr<UniverseResolver> resolver);

  /// The symbols of a key; of `a+b` the union, in order, without duplicates. Throws UniverseError,
  /// naming the nearest keys.
  std::vector<std::string> Resolve(std::string_view key);

  /// Whether a key can be resolved, or refused, without a network.
  bool ResolvesOffline() const;

  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::unique_ptr<PluginHost> host;  // outlives the resolver
    std::unique_ptr<UniverseResolver> resolver;
  };

  std::vector<std::string> ResolvePart(std::string_view key);
  std::vector<std::string> AllKeys();

  std::vector<Entry> entries_;
};

}  // namespace feedmux
