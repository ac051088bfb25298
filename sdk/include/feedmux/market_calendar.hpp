#pragma once

#include <array>        // array
#include <chrono>       // days, hours, local_days, minutes
#include <cstddef>      // size_t
#include <cstdint>      // int64_t, uint8_t
#include <limits>       // numeric_limits
#include <optional>     // optional
#include <string_view>  // string_view

#include "feedmux/eastern_time.hpp"
#include "feedmux/nyse_days.hpp"

namespace feedmux {

/// When a market trades. Right from 2000 on, see eastern_time.hpp and nyse_days.hpp.
enum class Calendar : std::uint8_t {
  Always,      ///< crypto
  UsEquities,  ///< US stocks and what is derived from them: options, indices
  Forex,       ///< Sunday 17:00 to Friday 17:00 in New York, holidays included
  UsFutures,   ///< Sunday 18:00 to Friday 17:00 in New York, an hour's break from 17:00 each day
};

inline constexpr std::array<std::string_view, 4> kCalendarNames = {"always", "us_equities", "forex",
                                                                   "us_futures"};

/// The name used in YAML, JSON and on the command line.
constexpr std::string_view Name(Calendar calendar) {
  return kCalendarNames[static_cast<std::size_t>(calendar)];
}

constexpr std::optional<Calendar> CalendarFromName(std::string_view name) {
  for (std::size_t i = 0; i < kCalendarNames.size(); ++i) {
    if (kCalendarNames[i] == name) return static_cast<Calendar>(i);
  }
  return std::nullopt;
}

enum class Phase : std::uint8_t { Closed, PreMarket, Regular, AfterHours };

inline constexpr std::array<std::string_view, 4> kPhaseNames = {"closed", "pre_market", "regular",
                                                                "after_hours"};

constexpr std::string_view Name(Phase phase) {
  return kPhaseNames[static_cast<std::size_t>(phase)];
}

/// From `begin` on `phase` holds, until the next change.
struct PhaseChange {
  std::chrono::nanoseconds begin;  ///< on the wall clock of New York
  Phase phase;
};

/// What changes on one day, in order. Before the first change a day is what the day before left.
struct PhaseChanges {
  std::array<PhaseChange, 4> changes = {};
  std::size_t size = 0;

  constexpr const PhaseChange* begin() const { return changes.data(); }
  constexpr const PhaseChange* end() const { return changes.data() + size; }
};

/// `day` in New York. Stocks trade from 4:00 (NYSE Arca Rule 7.34-E, early session) to four hours
/// after the close: 20:00, or 17:00 on a day that closes early.
constexpr PhaseChanges ChangesOn(Calendar calendar, std::chrono::local_days day) {
  using std::chrono::hours;
  const std::chrono::weekday weekday{day};
  if (calendar == Calendar::UsEquities && nyse::IsTradingDay(day)) {
    const hours close = nyse::CloseOf(day);
    return {{{{hours{4}, Phase::PreMarket},
              {hours{9} + std::chrono::minutes{30}, Phase::Regular},
              {close, Phase::AfterHours},
              {close + hours{4}, Phase::Closed}}},
            4};
  }
  if (calendar == Calendar::Forex && weekday == std::chrono::Sunday) {
    return {{{{hours{17}, Phase::Regular}}}, 1};
  }
  if (calendar == Calendar::Forex && weekday == std::chrono::Friday) {
    return {{{{hours{17}, Phase::Closed}}}, 1};
  }
  if (calendar == Calendar::UsFutures && weekday == std::chrono::Sunday) {
    return {{{{hours{18}, Phase::Regular}}}, 1};
  }
  if (calendar == Calendar::UsFutures && weekday != std::chrono::Saturday) {
    return {{{{hours{17}, Phase::Closed}, {hours{18}, Phase::Regular}}},
            weekday == std::chrono::Friday ? 1u : 2u};
  }
  return {};
}

/// `utc_ns`: since the Unix epoch.
constexpr Phase PhaseAt(Calendar calendar, std::int64_t utc_ns) {
  if (calendar == Calendar::Always) return Phase::Regular;
  const EasternTime now = ToEastern(utc_ns);
  // Forex opens on Sunday and says nothing until Friday, stocks close every day they open.
  std::optional<Phase> phase;
  for (const PhaseChange& change : ChangesOn(calendar, now.day)) {
    if (change.begin <= now.time_of_day) phase = change.phase;
  }
  for (std::chrono::local_days day = now.day; !phase; day -= std::chrono::days{1}) {
    const PhaseChanges before = ChangesOn(calendar, day - std::chrono::days{1});
    if (before.size > 0) phase = (before.end() - 1)->phase;
  }
  return *phase;
}

inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// When the phase changes next: later than `utc_ns`, kNever if it always stays as it is.
constexpr std::int64_t NextChange(Calendar calendar, std::int64_t utc_ns) {
  if (calendar == Calendar::Always) return kNever;
  const EasternTime now = ToEastern(utc_ns);
  for (std::chrono::local_days day = now.day;; day += std::chrono::days{1}) {
    for (const PhaseChange& change : ChangesOn(calendar, day)) {
      if (day > now.day || change.begin > now.time_of_day) return FromEastern({day, change.begin});
    }
  }
}

}  // namespace feedmux
