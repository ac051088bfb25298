#pragma once

#include <chrono>  // seconds
#include <string>  // string

namespace feedmux::universe_massive {

/// An age for people, in its two largest units: "3 d 4 h", "2 h 5 min", "40 s".
std::string AgeText(std::chrono::seconds age);

}  // namespace feedmux::universe_massive
