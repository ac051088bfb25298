#include "settings.hpp"

#include <fmt/format.h>  // format

#include <algorithm>    // clamp, find
#include <array>        // array
#include <chrono>       // sys_days, year_month_day
#include <cstdio>       // sscanf
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/errors.hpp"

namespace feedmux::synthetic {
namespace {

constexpr std::size_t kLargestChosenBatch = 1024;

template <std::size_t kCount>
std::size_t IndexOf(const std::array<std::string_view, kCount>& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::int64_t ParseTime(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int length = 0;
  const int fields = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2dZ%n", &year, &month, &day,
                                 &hour, &minute, &second, &length);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  const bool valid = fields == 6 && length == static_cast<int>(text.size()) && date.ok() &&
                     year >= 1971 && year <= 2200 && hour >= 0 && hour < 24 && minute >= 0 &&
                     minute < 60 && second >= 0 && second < 60;
  if (!valid) {
    throw OptionError("start_time", "a UTC time from 1971 to 2200 such as 2024-01-22T14:30:00Z");
  }
  const auto time = std::chrono::sys_days{date} + std::chrono::hours{hour} +
                    std::chrono::minutes{minute} + std::chrono::seconds{second};
  return std::chrono::nanoseconds{time.time_since_epoch()}.count();
}

KindMask ReadKinds(const Options& options) {
  if (!options.Has("kinds")) return MaskOf(Kind::Trade) | MaskOf(Kind::Quote) | MaskOf(Kind::Bar);
  KindMask kinds = 0;
  for (const std::string& name : options.Strings("kinds")) kinds |= MaskOf(*KindFromName(name));
  if (kinds == 0) throw OptionError("kinds", "at least one of trade, quote, bar");
  return kinds;
}

std::vector<Pattern> ReadPatterns(const Options& options) {
  std::vector<Pattern> patterns;
  if (!options.Has("patterns")) {
    for (std::size_t i = 0; i < kPatternNames.size(); ++i) {
      patterns.push_back(static_cast<Pattern>(i));
    }
    return patterns;
  }
  for (const std::string& name : options.Strings("patterns")) {
    patterns.push_back(static_cast<Pattern>(IndexOf(kPatternNames, name)));
  }
  if (patterns.empty()) throw OptionError("patterns", "at least one pattern");
  return patterns;
}

std::size_t ReadBatch(const Options& options, std::int64_t rate) {
  const auto batch = static_cast<std::size_t>(options.Integer("batch"));
  if (batch > 0) return batch;
  if (rate == 0) return kLargestChosenBatch;
  return std::max<std::size_t>(1, (static_cast<std::size_t>(rate) + 999) / 1000);
}

}  // namespace

Settings ReadSettings(const Options& options) {
  Settings settings;
  OptionErrors errors;
  settings.rate = options.Integer("rate");
  settings.seed = static_cast<std::uint64_t>(options.Integer("seed"));
  settings.batch = ReadBatch(options, settings.rate);
  errors.Collect([&] { settings.kinds = ReadKinds(options); });
  settings.trade_share = options.Number("trade_share");
  settings.scenario = static_cast<Scenario>(IndexOf(kScenarioNames, options.String("scenario")));
  settings.volatility = options.Number("volatility");
  settings.bar_interval_ns = std::chrono::nanoseconds{options.Duration("bar_interval")}.count();
  settings.pattern_frequency = options.Number("pattern_frequency");
  errors.Collect([&] { settings.patterns = ReadPatterns(options); });
  settings.price_min = options.Number("price_min");
  settings.price_max = options.Number("price_max");
  errors.Collect([&] {
    if (settings.price_max >= settings.price_min) return;
    throw OptionError("price_max", fmt::format("at least price_min ({})", settings.price_min));
  });
  settings.time_of_day_volume = options.Boolean("time_of_day_volume");
  settings.raw = options.Boolean("raw");
  settings.simulated_rate = settings.rate > 0 ? settings.rate : 1000;
  errors.Collect([&] {
    if (options.Has("start_time")) settings.start_ns = ParseTime(options.String("start_time"));
  });
  errors.Collect([&] {
    if (!options.Has("simulated_rate")) return;
    if (!options.Has("start_time")) {
      throw OptionError("simulated_rate", "nothing, unless start_time is set");
    }
    settings.simulated_rate = options.Integer("simulated_rate");
  });
  errors.ThrowIfAny();
  return settings;
}

}  // namespace feedmux::synthetic
