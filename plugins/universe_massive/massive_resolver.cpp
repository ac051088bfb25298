#include "universe_massive/massive_resolver.hpp"

#include <fmt/format.h>

#include <chrono>     // nanoseconds, duration_cast
#include <stdexcept>  // invalid_argument
#include <thread>     // sleep_for
#include <utility>    // move

#include "universe/check_text.hpp"
#include "universe_massive/age_text.hpp"

namespace feedmux::universe_massive {
namespace {

using std::chrono::nanoseconds;

void Sleep(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

}  // namespace

MassiveResolver::MassiveResolver(Host& host, const Options& options)
    : MassiveResolver(host, options, Sleep) {}

MassiveResolver::MassiveResolver(Host& host, const Options& options, TickerFetcher::Pause pause)
    : host_(host),
      settings_(ReadSettings(options)),
      fetcher_(settings_.fetch, host.log(), std::move(pause)),
      cache_(settings_.cache_dir, settings_.fetch.base_url.ForPeople(), host.log()) {}

std::optional<std::vector<std::string>> MassiveResolver::Resolve(std::string_view key) {
  if (!key.starts_with(settings_.prefix)) return std::nullopt;
  const TickerQuery query = QueryOf(key);
  auto cached = cache_.Find(query);
  const std::int64_t now_ns = host_.clock().UtcNs();
  const nanoseconds age{cached ? now_ns - cached->fetched_ns : 0};
  // An answer from the future was stamped by another clock, so its age is unknown.
  const bool is_young = cached && age >= nanoseconds{0} && age < settings_.max_age;
  if (is_young) return std::move(cached->symbols);

  try {
    std::vector<std::string> symbols = fetcher_.Fetch(query);
    cache_.Store(query, {symbols, now_ns});
    return symbols;
  } catch (const FetchError& error) {
    if (!cached) throw;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age);
    host_.log().Warning(fmt::format(
        "{}; the {} symbols of \"{}\" are from {}", error.what(), cached->symbols.size(), key,
        age < nanoseconds{0} ? "a time that is still to come" : AgeText(seconds) + " ago"));
    return std::move(cached->symbols);
  }
}

std::vector<std::string> MassiveResolver::Keys() {
  std::vector<std::string> keys;
  for (const std::string_view market : kMarkets) {
    keys.push_back(settings_.prefix + std::string{market});
  }
  return keys;
}

TickerQuery MassiveResolver::QueryOf(std::string_view key) const {
  try {
    return ParseQuery(key.substr(settings_.prefix.size()));
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(
        fmt::format("{}: behind \"{}\" {}", universe::Quoted(key), settings_.prefix, error.what()));
  }
}

}  // namespace feedmux::universe_massive
