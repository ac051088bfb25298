#include "assembly/universe_set.hpp"

#include <fmt/format.h>

#include <algorithm>  // all_of, find, find_if_not, max, min
#include <optional>   // optional
#include <set>        // set
#include <utility>    // move

#include "config/nearest.hpp"
#include "config/shown.hpp"
#include "config/symbol_text.hpp"
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

/// The keys that may have been meant, or else what there is.
std::string Hint(std::string_view key, const std::vector<std::string>& keys) {
  constexpr std::size_t kMostNearest = 3;
  constexpr std::size_t kMostListed = 10;
  constexpr std::size_t kShortestPart = 3;
  std::vector<std::string> nearest = NearestNames(key, keys, kMostNearest);
  for (const std::string& candidate : keys) {  // "top_50" of "market_leaders:top_50"
    if (nearest.size() == kMostNearest || key.size() < kShortestPart) break;
    const bool known = std::find(nearest.begin(), nearest.end(), candidate) != nearest.end();
    if (!known && candidate.find(key) != std::string::npos) nearest.push_back(candidate);
  }
  if (nearest.size() == 1) return fmt::format("; did you mean \"{}\"?", nearest.front());
  if (!nearest.empty()) return fmt::format("; the nearest are {}", fmt::join(nearest, ", "));
  if (keys.empty()) return "; there are none";
  const std::size_t listed = std::min(keys.size(), kMostListed);
  const std::string more =
      keys.size() > listed ? fmt::format(" and {} more", keys.size() - listed) : "";
  return fmt::format("; there are {}{}", fmt::join(keys.begin(), keys.begin() + listed, ", "),
                     more);
}

}  // namespace

void UniverseSet::Add(std::string name, std::chrono::milliseconds refresh,
                      std::unique_ptr<PluginHost> host,
                      std::unique_ptr<UniverseResolver> resolver) {
  entries_.push_back({std::move(name), refresh, std::move(host), std::move(resolver)});
}

bool UniverseSet::ResolvesOffline() const {
  return std::all_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
    bool offline = false;  // one that cannot tell is not asked by `check`
    CallPlugin("ResolvesOffline", [&] { offline = entry.resolver->ResolvesOffline(); });
    return offline;
  });
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
    if (all.resolver != part.resolver)
      all.resolver += (all.resolver.empty() ? "" : "+") + part.resolver;
    all.refresh = Shorter(all.refresh, part.refresh);
    if (all.doubt.empty()) all.doubt = std::move(part.doubt);
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
    const auto error = CallPlugin("Resolve", [&] {
      try {
        found = entry.resolver->Resolve(key);
      } catch (const std::exception& cannot_tell) {
        failures += fmt::format("; {}", PluginText(cannot_tell.what()));
      }
    });
    if (error) failures += fmt::format("; {}", error->what);
    if (!found) continue;
    const auto bad = std::find_if_not(found->begin(), found->end(), IsSymbol);
    if (bad != found->end()) {
      failures += fmt::format("; {} gave {}, which can be no symbol", entry.name, Shown(*bad));
      continue;
    }
    Resolution known{*std::move(found), entry.name, entry.refresh, {}};
    if (!failures.empty()) {
      known.doubt =
          fmt::format("universe \"{}\" could not be resolved as configured{}; {} answered", key,
                      failures, entry.name);
    }
    return known;
  }
  if (!failures.empty()) {
    throw UniverseError(fmt::format("universe \"{}\" could not be resolved{}", key, failures),
                        false);
  }
  const std::vector<std::string> keys = AllKeys(failures);
  // Where some keys are not known, "there are none" would be wrong.
  const std::string hint = keys.empty() && !failures.empty() ? "" : Hint(key, keys);
  throw UniverseError(fmt::format("unknown universe \"{}\"{}{}", key, hint, failures), true);
}

std::vector<std::string> UniverseSet::AllKeys(std::string& failures) {
  std::vector<std::string> all;
  std::set<std::string> seen;
  for (const Entry& entry : entries_) {
    const auto error = CallPlugin("Keys", [&] {
      for (std::string& key : entry.resolver->Keys()) {
        if (seen.insert(key).second) all.push_back(std::move(key));
      }
    });
    if (error) failures += fmt::format("; {} cannot tell its keys: {}", entry.name, error->what);
  }
  return all;
}

}  // namespace feedmux
