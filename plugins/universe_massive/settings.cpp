#include "universe_massive/settings.hpp"

#include <arpa/inet.h>  // inet_pton

#include <algorithm>     // all_of
#include <filesystem>    // is_regular_file
#include <system_error>  // error_code

#include "feedmux/errors.hpp"
#include "universe/check_text.hpp"

namespace feedmux::universe_massive {
namespace {

bool IsLoopback(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) return ntohl(address.s_addr) >> 24 == 127;
  return host == "localhost" || host == "::1";
}

net::Url ReadBaseUrl(const Options& options) {
  net::Url url;
  std::string expected;
  if (!ParseHttpUrl(options.String("base_url"), url, expected)) {
    throw OptionError("base_url", expected);
  }
  if (!url.secure && !IsLoopback(url.host)) {
    throw OptionError("base_url", "https://, because the api_key would travel in the open to " +
                                      url.host + "; http:// is for this machine only");
  }
  if (url.resource.find('?') != std::string::npos) {
    throw OptionError("base_url", "a URL without a query (?)");
  }
  if (url.resource.back() == '/') url.resource.pop_back();
  return url;
}

std::string ReadApiKey(const Options& options) {
  const std::string& key = options.String("api_key");
  const bool is_printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (key.empty() || !is_printable) {
    throw OptionError("api_key", "a key of printable characters without spaces");
  }
  return key;
}

std::string ReadPrefix(const Options& options) {
  const std::string& prefix = options.String("prefix");
  if (!universe::KeyProblem(prefix).empty()) {
    throw OptionError("prefix", "text without spaces and +, such as \"massive:\"; found " +
                                    universe::Quoted(prefix));
  }
  return prefix;
}

std::string ReadCaFile(const Options& options) {
  if (!options.Has("ca_file")) return {};
  const std::string& file = options.String("ca_file");
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw OptionError("ca_file", "a PEM file, found none at " + file);
  }
  return file;
}

std::string ReadCacheDir(const Options& options) {
  if (!options.Has("cache_dir")) return {};
  const std::string& folder = options.String("cache_dir");
  const bool is_path = !folder.empty() && folder.find('\0') == std::string::npos;
  if (!is_path) throw OptionError("cache_dir", "the path of a folder");
  return folder;
}

}  // namespace

bool ParseHttpUrl(std::string_view text, net::Url& url, std::string& expected) {
  return net::ParseUrl(text, {"http", "https", "https://api.massive.com"}, url, expected);
}

Settings ReadSettings(const Options& options) {
  Settings settings;
  settings.fetch.base_url = ReadBaseUrl(options);
  settings.fetch.api_key = ReadApiKey(options);
  settings.fetch.ca_file = ReadCaFile(options);
  settings.fetch.timeout = options.Duration("timeout");
  settings.fetch.retries = static_cast<int>(options.Integer("retries"));
  settings.fetch.max_retry_wait = options.Duration("max_retry_wait");
  settings.fetch.max_response_bytes =
      static_cast<std::size_t>(options.Integer("max_response_bytes"));
  settings.fetch.max_pages = static_cast<int>(options.Integer("max_pages"));
  settings.prefix = ReadPrefix(options);
  settings.cache_dir = ReadCacheDir(options);
  settings.max_age = options.Duration("max_age");
  return settings;
}

}  // namespace feedmux::universe_massive
