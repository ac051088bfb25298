#pragma once

#include <array>  // array

#include "feedmux/options.hpp"

namespace feedmux::console {

inline constexpr std::array kOptionTable = {
    OptionSpec{.name = "mode",
               .type = OptionType::Choice,
               .default_value = "summary",
               .choices = "summary|ticks",
               .description = "summary: one line each interval; ticks: one line a tick"},
    OptionSpec{.name = "interval",
               .type = OptionType::Duration,
               .default_value = "1s",
               .min = 100,
               .max = 86'400'000,
               .description = "Time between two summary lines"},
    OptionSpec{.name = "target",
               .type = OptionType::Choice,
               .default_value = "stdout",
               .choices = "stdout|stderr",
               .description = "Where the lines go"},
};

}  // namespace feedmux::console
