#pragma once

#include <array>  // array

#include "feedmux/options.hpp"

namespace feedmux::synthetic {

inline constexpr std::array kOptionTable = {
    OptionSpec{.name = "rate",
               .type = OptionType::Integer,
               .default_value = "1000",
               .min = 0,
               .max = 100'000'000,
               .description =
                   "Trades and quotes per second and connection, 0: as fast as possible. "
                   "Bars, and the trades that complete a pattern, come on top"},
    OptionSpec{.name = "seed",
               .type = OptionType::Integer,
               .default_value = "1",
               .min = 0,
               .description = "The same seed, options, connection name and tickers repeat the same "
                              "ticks: with start_time byte for byte, times included; without it "
                              "what hangs on the wall clock differs (times, bars, patterns, "
                              "time_of_day_volume; at rate 0 also prices)"},
    OptionSpec{.name = "kinds",
               .type = OptionType::Choices,
               .choices = "trade|quote|bar",
               .description = "What is published; all three if not given. Bars are made of trades, "
                              "which then count for the rate although nobody sees them"},
    OptionSpec{.name = "trade_share",
               .type = OptionType::Number,
               .default_value = "0.5",
               .min = 0,
               .max = 1,
               .description = "Trades as a share of trades and quotes, where both are made"},
    OptionSpec{.name = "scenario",
               .type = OptionType::Choice,
               .default_value = "normal",
               .choices = "normal|volatile|crash|rally|opening_bell",
               .description =
                   "How the market behaves from the start of the connection on. crash: a "
                   "fifth lost in a minute, then unstable; rally: 0.5 % up a minute for "
                   "30 minutes; opening_bell: a burst of volume and volatility that "
                   "calms down over some minutes"},
    OptionSpec{.name = "volatility",
               .type = OptionType::Number,
               .default_value = "0.3",
               .min = 0,
               .max = 10,
               .description = "Of prices, per year of 252 sessions: 0.3 is 30 %"},
    OptionSpec{.name = "bar_interval",
               .type = OptionType::Duration,
               .default_value = "1m",
               .min = 1000,
               .max = 86'400'000,
               .description = "Length of a bar's window; windows begin at whole multiples of it, "
                              "UTC. A bar sums up all trades of its symbol in the window"},
    OptionSpec{.name = "pattern_frequency",
               .type = OptionType::Number,
               .default_value = "0",
               .min = 0,
               .max = 1,
               .description = "How often a bar begins a candlestick pattern, its trades included: "
                              "0.1 is every tenth. Symbols below 1.60 get none"},
    OptionSpec{.name = "patterns",
               .type = OptionType::Choices,
               .choices = "doji|hammer|shooting_star|bullish_engulfing|bearish_engulfing|harami",
               .description = "The patterns to choose from; all if not given"},
    OptionSpec{.name = "price_min",
               .type = OptionType::Number,
               .default_value = "20",
               .min = 0.1,
               .max = 100'000,
               .description = "Prices start between price_min and price_max, by symbol and seed"},
    OptionSpec{.name = "price_max",
               .type = OptionType::Number,
               .default_value = "500",
               .min = 0.1,
               .max = 100'000,
               .description = "See price_min"},
    OptionSpec{.name = "time_of_day_volume",
               .type = OptionType::Boolean,
               .default_value = "true",
               .description = "Scale sizes over the US session: 1.8 times the mean at 9:30 and "
                              "16:00 New York time, 0.6 at noon, 0.1 while it is closed. The rate "
                              "stays as it is"},
    OptionSpec{.name = "start_time",
               .type = OptionType::String,
               .description = "UTC, such as 2024-01-22T14:30:00Z: event times are simulated and "
                              "begin here. Without it they follow the wall clock"},
    OptionSpec{.name = "simulated_rate",
               .type = OptionType::Integer,
               .min = 1,
               .max = 100'000'000,
               .description = "With start_time: trades and quotes per simulated second, so that a "
                              "day can pass in minutes. Not given: the rate, or 1000 if that is 0"},
    OptionSpec{.name = "batch",
               .type = OptionType::Integer,
               .default_value = "0",
               .min = 0,
               .max = 100'000,
               .description = "Trades and quotes per frame, 0: chosen so that there are at most "
                              "1000 frames a second, or 1024 at rate 0"},
    OptionSpec{.name = "raw",
               .type = OptionType::Boolean,
               .default_value = "false",
               .description =
                   "Give each tick the JSON event that Massive would send (T, Q, A, AM), "
                   "its times in whole milliseconds"},
};

}  // namespace feedmux::synthetic
