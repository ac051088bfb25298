#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux {

struct DotenvVariable {
  std::string name;
  std::string value;
  int line = 0;  ///< from 1
};

struct Dotenv {
  std::vector<DotenvVariable> variables;  ///< in the file's order, each name once: the last counts
  std::vector<std::string> remarks;       ///< about lines that were not taken; no values in them
};

/// Reads NAME=value lines as shells and dotenv libraries do: `export` before the name, spaces
/// around =, # comments, 'quotes' and "quotes" with \n, \t, \r, \", \\ and \$, over several lines
/// if need be. References to other variables are left as they are.
Dotenv ParseDotenv(std::string_view text);

}  // namespace feedmux
