#include "assembly/universe_set.hpp"

#include <fmt/format.h>

#include <algorithm>  // all_of, min
#include <optional>   // optional
#include <set>        // set
#include <utility>    // move

#include "config/nearest.hpp"
#include "plugins/guard.hpp"

namespace feedmux {
namespace {

std::string_view Trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

void UniverseSet::Add(std::unique_ptr<PluginHost> host,
                      std::unique_ptr<UniverseResolver> resolver) {
  entries_.push_back({std::move(host), std::move(resolver)});
}

bool UniverseSet::ResolvesOffline() const {
  return std::all_of(entries_.begin(), entries_.end(),
                     [](const Entry& entry) { return entry.resolver->ResolvesOffline(); });
}

std::vector<std::string> UniverseSet::Resolve(std::string_view key) {
  std::vector<std::string> symbols;
  std::set<std::string> seen;
  for (std::size_t from = 0; from <= key.size();) {
    const std::size_t plus = std::min(key.find('+', from), key.size());
    for (std::string& symbol : ResolvePart(Trimmed(key.substr(from, plus - from)))) {
      if (seen.insert(symbol).second) symbols.push_back(std::move(symbol));
    }
    from = plus + 1;
  }
  return symbols;
}

std::vector<std::string> UniverseSet::ResolvePart(std::string_view key) {
  if (entries_.empty()) {
    throw UniverseError(fmt::format("universe \"{}\": no universe is configured", key));
  }
  std::string failures;
  for (const Entry& entry : entries_) {
    std::optional<std::vector<std::string>> found;
    const auto error = CallPlugin([&] {
      try {
        found = entry.resolver->Resolve(key);
      } catch (const std::exception& cannot_tell) {
        failures += fmt::format("; {}", cannot_tell.what());
      }
    });
    if (error) failures += fmt::format("; {}", error->what);
    if (found) return *std::move(found);
  }
  if (!failures.empty()) {
    throw UniverseError(fmt::format("universe \"{}\" could not be resolved{}", key, failures));
  }
  throw UniverseError(fmt::format("unknown universe \"{}\"{}", key, DidYouMean(key, AllKeys())));
}

std::vector<std::string> UniverseSet::AllKeys() {
  std::vector<std::string> all;
  for (const Entry& entry : entries_) {
    CallPlugin([&] {
      for (std::string& key : entry.resolver->Keys()) all.push_back(std::move(key));
    });
  }
  return all;
}

}  // namespace feedmux
