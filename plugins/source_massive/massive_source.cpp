#include "source_massive/massive_source.hpp"

#include <algorithm>    // any_of, find, mismatch
#include <array>        // array
#include <string>       // string
#include <string_view>  // string_view

#include "source_massive/massive_connection.hpp"

namespace feedmux::massive {
namespace {

/// "; did you mean stocks?" for the market that begins alike, if one does.
std::string DidYouMean(std::string_view found) {
  constexpr std::ptrdiff_t kAlike = 3;
  for (const auto& [name, market] : kMarkets) {
    const auto differs = std::mismatch(name.begin(), name.end(), found.begin(), found.end()).first;
    if (differs - name.begin() >= kAlike) return "; did you mean " + std::string{name} + "?";
  }
  return {};
}

/// An own server may have any path, but at the vendor this one is a slip.
void WarnOfUnknownMarket(const SourceOptions& options, Log& log) {
  const std::string_view part = FirstPart(options.url.resource);
  if (options.market || part.empty()) return;
  std::string names;
  for (const auto& [name, market] : kMarkets) names.append(names.empty() ? "" : ", ").append(name);
  log.Warning("url: " + options.url.ForPeople() + " names no market of Massive (" + names + ")" +
              DidYouMean(part));
}

}  // namespace

MassiveSource::MassiveSource(Host& host, const Options& options)
    : host_(host), options_(ReadSourceOptions(options)) {
  WarnOfUnknownMarket(options_, host_.log());
}

std::unique_ptr<Connection> MassiveSource::NewConnection(const ConnectionSpec& spec) {
  return std::make_unique<MassiveConnection>(host_, options_, spec);
}

bool MassiveSource::IsBusy() const {
  constexpr std::array<std::string_view, 7> kBusy = {"T", "Q", "A", "C", "CAS", "XT", "XQ"};
  return std::any_of(options_.channels.begin(), options_.channels.end(), [&](const auto& channel) {
    return std::find(kBusy.begin(), kBusy.end(), channel) != kBusy.end();
  });
}

/// The vendor takes EUR-USD too, and sends EUR/USD. Only pairs of currencies are spelled in two
/// ways: C:EURUSD, of other channels, comes as it was asked for.
std::string MassiveSource::TickSpelling(const std::string& ticker) const {
  const bool is_dashed_pair =
      options_.market == Market::Forex && ticker.size() == 7 && ticker[3] == '-';
  return is_dashed_pair ? ticker.substr(0, 3) + '/' + ticker.substr(4) : ticker;
}

Calendar MassiveSource::MarketCalendar() const {
  switch (options_.market.value_or(Market::Stocks)) {
    case Market::Stocks:
    case Market::Options:
    case Market::Indices:
      return Calendar::UsEquities;
    case Market::Forex:
      return Calendar::Forex;
    case Market::Futures:
      return Calendar::UsFutures;
    case Market::Crypto:
      return Calendar::Always;
  }
  return Calendar::Always;
}

}  // namespace feedmux::massive
