#pragma once

#include <string>  // string

namespace feedmux {

/// A place in a configuration file, both numbers from 1; 0 where there is none.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

}  // namespace feedmux
