#pragma once

#include <vector>  // vector

#include "config/config.hpp"
#include "config/option_check.hpp"

namespace feedmux {

/// A source's keys as they stand in the file, for messages about them.
struct SourceNotes {
  CheckedOptions keys;
  std::vector<CheckedOptions> connections;  ///< empty if the file lists none
  Place connections_place;
  CheckedOptions reconnect;
};

struct SinkNotes {
  Place place;
  CheckedOptions keys;
  CheckedOptions filter;
  CheckedOptions retry;
};

/// A configuration between reading and the last checks. The notes stand in the same order as what
/// they are about.
struct Draft {
  Config config;
  std::vector<CheckedOptions> universes;
  std::vector<SourceNotes> sources;
  std::vector<SinkNotes> sinks;
};

}  // namespace feedmux
