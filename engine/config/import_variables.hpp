#pragma once

#include <cstdint>   // int64_t
#include <map>       // map
#include <optional>  // optional
#include <set>       // set
#include <string>    // string
#include <vector>    // vector

#include "config/dotenv.hpp"

namespace feedmux {

/// The variables of a TickStock .env file while they are being carried over: who takes one marks
/// it as used, and what cannot be taken becomes a remark. No remark holds a value.
class ImportVariables {
 public:
  static constexpr int kMostConnections = 1000;

  explicit ImportVariables(Dotenv dotenv);

  /// The value without spaces around it; nothing if it is not set or empty.
  std::optional<std::string> Take(const std::string& name);

  /// The same as true or false; anything else is false, with a remark.
  std::optional<bool> TakeBoolean(const std::string& name);

  /// The same as a number; nothing, with a remark, if it is none or out of range.
  std::optional<std::int64_t> TakeInteger(const std::string& name, std::int64_t min,
                                          std::int64_t max);
  std::optional<double> TakeNumber(const std::string& name, double min, double max);

  /// The numbers N, up to kMostConnections, for which a WEBSOCKET_CONNECTION_N_... is set.
  std::set<int> ConnectionNumbers() const;

  /// The variables that nobody took, by name. A name that does not look like one may be a piece of
  /// a secret that runs over several lines: its line is given instead.
  std::vector<std::string> Unused() const;

  void Remark(std::string remark);
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  struct Variable {
    std::string value;
    int line = 0;
    bool used = false;
  };

  std::map<std::string, Variable> variables_;
  std::vector<std::string> remarks_;
};

}  // namespace feedmux
