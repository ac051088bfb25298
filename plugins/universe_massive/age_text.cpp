#include "universe_massive/age_text.hpp"

#include <fmt/format.h>

namespace feedmux::universe_massive {

std::string AgeText(std::chrono::seconds age) {
  const long long seconds = age.count();
  if (seconds < 60) return fmt::format("{} s", seconds);
  const long long minutes = seconds / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  const long long hours = minutes / 60;
  if (hours < 24) return fmt::format("{} h {} min", hours, minutes % 60);
  return fmt::format("{} d {} h", hours / 24, hours % 24);
}

}  // namespace feedmux::universe_massive
