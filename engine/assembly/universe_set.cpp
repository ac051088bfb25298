#include "assembly/universe_set.hpp"

#include <fmt/format.h>

#include <algorithm>  // all_of, max, min
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

/// The shorter of two intervals, of which 0 means none.
std::chrono::milliseconds Shorter(std::chrono::milliseconds a, std::chrono::milliseconds b) {
  if (a.count() == 0 || b.count() == 0) return std::max(a, b);
  return std::min(a, b);
}

}  // namespace

void UniverseSet::Add(std::string name, std::chrono::milliseconds refresh,
                      std::unique_ptr<PluginHost> host,
                      std::unique_ptr<UniverseResolver> resolver) {
  entries_.push_back({std::move(name), refresh, std::move(host), std::move(resolver)});
}

bool UniverseSet::ResolvesOffline() const {
  return std::all_of(entries_.begin(), entries_.end(),
                     [](const Entry& entry) { return entry.resolver->ResolvesOffline(); });
}

std::chrono::milliseconds UniverseSet::ShortestRefresh() const {
  std::chrono::milliseconds shortest{};
  for (const Entry& entry : entries_) shortest = Shorter(shortest, entry.refresh);
  return shortest;
}

Resolution UniverseSet::Resolve(std::string_view key) {
  Resolution all;
  std::set<std::string> seen;
  for (std::size_t from = 0; from <= key.size();) {
    const std::size_t plus = std::min(key.find('+', from), key.size());
    Resolution part = ResolvePart(Trimmed(key.substr(from, plus - from)));
    for (std::string& symbol : part.symbols) {
      if (seen.insert(symbol).second) all.symbols.push_back(std::move(symbol));
    }
    if (all.resolver != part.resolver) all.resolver += (all.resolver.empty() ? "" : "+") + part.resolver;
    all.refresh = Shorter(all.refresh, part.refresh);
    from = plus + 1;
  }
  return all;
}

Resolution UniverseSet::ResolvePart(std::string_view key) {
  if (entries_.empty()) {
    throw UniverseError(fmt::format("universe \"{}\": no universe is configured", key), true);
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
    if (found) return {*std::move(found), entry.name, entry.refresh};
  }
  if (!failures.empty()) {
    throw UniverseError(fmt::format("universe \"{}\" could not be resolved{}", key, failures), false);
  }
  throw UniverseError(fmt::format("unknown universe \"{}\"{}", key, DidYouMean(key, AllKeys())),
                      true);
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
