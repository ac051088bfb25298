#include "sink_redis/settings.hpp"

#include <string>  // string

#include "feedmux/errors.hpp"
#include "redis/endpoint_options.hpp"

namespace feedmux::redis {
namespace {

Format FormatFromName(const std::string& name) {
  if (name == "raw") return Format::Raw;
  if (name == "full") return Format::Full;
  return Format::Tickstock;
}

}  // namespace

Settings ReadSettings(const Options& options) {
  Settings settings;
  OptionErrors errors;
  errors.Collect([&] { settings.endpoint = ReadEndpoint(options); });
  for (const std::string& channel : options.Strings("channels")) {
    errors.Collect([&] { settings.channels.emplace_back("channels", channel); });
  }
  settings.format = FormatFromName(options.String("format"));
  settings.mode = options.String("mode") == "stream" ? Mode::Stream : Mode::PubSub;
  settings.stream_max_length = options.Integer("stream_max_length");
  errors.Collect([&] {
    if (!options.Has("last_value_hash")) return;
    settings.last_value_hash.emplace("last_value_hash", options.String("last_value_hash"));
    if (!settings.last_value_hash->uses_symbol()) {
      throw OptionError("last_value_hash", "a key with {symbol} in it, such as \"last:{symbol}\"");
    }
  });
  errors.ThrowIfAny();
  settings.connect_timeout = options.Duration("connect_timeout");
  settings.io_timeout = options.Duration("io_timeout");
  return settings;
}

}  // namespace feedmux::redis
