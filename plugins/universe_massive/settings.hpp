#pragma once

#include <chrono>   // milliseconds
#include <cstddef>  // size_t
#include <string>   // string

#include "feedmux/options.hpp"
#include "net/url.hpp"

namespace feedmux::universe_massive {

/// How the vendor is asked.
struct FetchSettings {
  net::Url base_url;
  std::string api_key;
  std::string ca_file;  ///< empty: the system's authorities
  std::chrono::milliseconds timeout{};
  int retries = 0;
  std::chrono::milliseconds max_retry_wait{};
  std::size_t max_response_bytes = 0;
  int max_pages = 0;
};

struct Settings {
  FetchSettings fetch;
  std::string prefix;
  std::string cache_dir;  ///< empty: no files
  std::chrono::milliseconds max_age{};
};

/// Throws OptionError for what the table cannot rule out.
Settings ReadSettings(const Options& options);

/// Reads http:// and https:// URLs; see net::ParseUrl.
bool ParseHttpUrl(std::string_view text, net::Url& url, std::string& expected);

}  // namespace feedmux::universe_massive
