#pragma once

#include <chrono>    // milliseconds
#include <cstdint>   // int64_t
#include <optional>  // optional
#include <vector>    // vector

#include "feedmux/options.hpp"
#include "redis/endpoint.hpp"
#include "sink_redis/name_template.hpp"

namespace feedmux::redis {

enum class Format { Tickstock, Raw, Full };
enum class Mode { PubSub, Stream };

/// The option table's values, ready for use.
struct Settings {
  Endpoint endpoint;
  std::vector<NameTemplate> channels;
  Format format = Format::Tickstock;
  Mode mode = Mode::PubSub;
  std::int64_t stream_max_length = 0;  ///< entries; 0: no limit
  std::optional<NameTemplate> last_value_hash;
  std::chrono::milliseconds connect_timeout{};
  std::chrono::milliseconds io_timeout{};
};

/// Throws OptionError.
Settings ReadSettings(const Options& options);

}  // namespace feedmux::redis
