#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/universe.hpp"
#include "universe_massive/settings.hpp"
#include "universe_massive/ticker_cache.hpp"
#include "universe_massive/ticker_fetcher.hpp"

namespace feedmux::universe_massive {

/// Resolves prefix + market[/type[/exchange]] with the vendor's list of active tickers. An answer
/// is used until it is max_age old, and beyond that, with a warning, while the vendor gives no new
/// one.
class MassiveResolver final : public UniverseResolver {
 public:
  /// Throws OptionError.
  MassiveResolver(Host& host, const Options& options);

  /// The same with a wait between attempts that a test can own.
  MassiveResolver(Host& host, const Options& options, TickerFetcher::Pause pause);

  /// Nothing for a key without the prefix. Throws std::exception if what follows it is wrong, and
  /// if there is neither an answer of the vendor's nor an old one.
  std::optional<std::vector<std::string>> Resolve(std::string_view key) override;

  /// The whole markets; types and exchanges are too many to list.
  std::vector<std::string> Keys() override;

 private:
  TickerQuery QueryOf(std::string_view key) const;

  Host& host_;
  const Settings settings_;
  const TickerFetcher fetcher_;
  TickerCache cache_;
};

}  // namespace feedmux::universe_massive
