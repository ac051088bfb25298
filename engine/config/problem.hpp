#pragma once

#include <cstddef>      // size_t
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/location.hpp"

namespace feedmux {

struct InstanceConfig;

enum class Severity { Warning, Error };

/// Something about a configuration that its author should know. An error keeps the engine from
/// starting.
struct Problem {
  Severity severity = Severity::Error;
  Location location;
  std::string path;     ///< "sinks[1].options.port"; empty: the file as a whole
  std::string message;  ///< what was expected and what was found; never a secret
};

/// One line: `demo.yaml:12:7: sinks[1].options.port: expected an integer, found "abc"`. A warning
/// has "warning: " before its path.
std::string ToString(const Problem& problem);

/// An error about an option, found after loading: by the plugin's constructor, for instance.
Problem ProblemWithOption(const InstanceConfig& instance, const std::string& option,
                          std::string message);

/// Collects problems. Beyond kLimit it only counts, so that no file can make it eat the memory.
class Problems {
 public:
  static constexpr std::size_t kLimit = 1000;

  void Error(Location location, std::string path, std::string message);
  void Warning(Location location, std::string path, std::string message);
  void Add(Problem problem);

  /// Whether an error was added at this path or below it. One beyond kLimit may be anywhere.
  bool HasErrorAt(std::string_view path) const;

  /// Everything so far, by place in the file, and leaves it empty.
  std::vector<Problem> TakeSorted();

 private:
  std::vector<Problem> problems_;
  std::size_t not_kept_ = 0;
  bool error_not_kept_ = false;
};

}  // namespace feedmux
