#include "source_massive/options.hpp"

#include <algorithm>     // find, any_of
#include <filesystem>    // is_regular_file
#include <span>          // span
#include <string_view>   // string_view
#include <system_error>  // error_code

#include "feedmux/errors.hpp"

namespace feedmux::massive {
namespace {

using ChannelNames = std::span<const std::string_view>;

constexpr std::string_view kStocks[] = {"T", "Q", "A", "AM", "LULD", "NOI", "FMV", "LV"};
constexpr std::string_view kOptions[] = {"T", "Q", "A", "AM", "FMV", "LV"};
constexpr std::string_view kIndices[] = {"V", "A", "AM"};
constexpr std::string_view kForex[] = {"C", "CAS", "CA", "FMV", "LV", "AM"};
constexpr std::string_view kCrypto[] = {"XT", "XQ", "XAS", "XA", "XL2", "XS", "FMV", "LV", "AM"};
constexpr std::string_view kFutures[] = {"T", "Q", "A", "AM"};

ChannelNames ChannelsOf(Market market) {
  switch (market) {
    case Market::Stocks:
      return kStocks;
    case Market::Options:
      return kOptions;
    case Market::Indices:
      return kIndices;
    case Market::Forex:
      return kForex;
    case Market::Crypto:
      return kCrypto;
    case Market::Futures:
      return kFutures;
  }
  return {};
}

std::string Join(ChannelNames names) {
  std::string joined;
  for (const std::string_view name : names) joined.append(joined.empty() ? "" : ", ").append(name);
  return joined;
}

void CheckChannel(const std::string& channel, const SourceOptions& options) {
  if (options.market) {
    const ChannelNames known = ChannelsOf(*options.market);
    if (std::find(known.begin(), known.end(), channel) != known.end()) return;
    throw OptionError("channels", "some of " + Join(known) + " for " + options.url.ForPeople() +
                                      ", found \"" + channel + '"');
  }
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  if (!channel.empty() && channel.find_first_not_of(kAllowed) == std::string::npos) return;
  throw OptionError("channels",
                    "capital letters and digits, such as T or AM, found \"" + channel + '"');
}

std::string Text(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

}  // namespace

SourceOptions ReadSourceOptions(const Options& options) {
  SourceOptions read;
  OptionErrors errors;
  errors.Collect([&] {
    std::string expected;
    if (!websocket::ParseUrl(options.String("url"), read.url, expected)) {
      throw OptionError("url", expected);
    }
    const std::string path = read.url.resource.substr(0, read.url.resource.find('?'));
    read.market = MarketFromPath(path);
  });

  read.api_key = options.String("api_key");
  errors.Collect([&] {
    const bool printable = std::none_of(read.api_key.begin(), read.api_key.end(),
                                        [](unsigned char c) { return c <= ' ' || c >= 0x7f; });
    if (read.api_key.empty() || !printable) {
      throw OptionError("api_key", "a key of printable characters without spaces");
    }
  });

  errors.Collect([&] {
    for (const std::string& channel : options.Strings("channels")) {
      CheckChannel(channel, read);
      const bool known =
          std::find(read.channels.begin(), read.channels.end(), channel) != read.channels.end();
      if (!known) read.channels.push_back(channel);
    }
    if (read.channels.empty()) throw OptionError("channels", "at least one");
  });

  errors.Collect([&] {
    if (!options.Has("ca_file")) return;
    read.client.ca_file = options.String("ca_file");
    std::error_code error;
    if (!std::filesystem::is_regular_file(read.client.ca_file, error)) {
      throw OptionError("ca_file", "a PEM file, found none at " + read.client.ca_file);
    }
  });
  read.client.connect_timeout = options.Duration("connect_timeout");
  read.client.ping_interval = options.Duration("ping_interval");
  read.client.dead_after = options.Duration("dead_after");
  errors.Collect([&] {
    if (read.client.dead_after > read.client.ping_interval) return;
    throw OptionError("dead_after", "more than ping_interval (" + Text(read.client.ping_interval) +
                                        "), found " + Text(read.client.dead_after));
  });
  errors.ThrowIfAny();
  read.client.max_message_bytes = static_cast<std::size_t>(options.Integer("max_message_bytes"));
  read.auth_timeout = options.Duration("auth_timeout");
  read.ack_timeout = options.Duration("ack_timeout");
  read.subscribe_bytes = static_cast<std::size_t>(options.Integer("subscribe_bytes"));
  return read;
}

}  // namespace feedmux::massive
