#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

enum class Colour { None, Dim, Green, Yellow, Red, Bold };

/// Colours text for a terminal, or leaves it as it is.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}

  /// On where standard output is a terminal and NO_COLOR is not set.
  static Paint ForStandardOutput();

  std::string operator()(Colour colour, std::string_view text) const;

 private:
  bool on_;
};

}  // namespace feedmux
