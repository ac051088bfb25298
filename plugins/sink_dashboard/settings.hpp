#pragma once

#include <chrono>      // milliseconds
#include <cstdint>     // uint16_t
#include <filesystem>  // path
#include <string>      // string
#include <vector>      // vector

#include "feedmux/options.hpp"

namespace feedmux::dashboard {

/// The option table's values, ready for use.
struct Settings {
  std::string address;  ///< numeric, without brackets
  std::uint16_t port = 0;
  std::string tls_certificate;  ///< empty: no TLS
  std::string tls_key;
  std::filesystem::path users_file;
  std::filesystem::path audit_log;
  std::filesystem::path sessions_file;  ///< no other engine's, even with the same users
  std::chrono::milliseconds idle_timeout{};
  std::chrono::milliseconds session_lifetime{};
  std::size_t max_connections = 0;
  std::vector<std::string> allowed_hosts;    ///< in lower case; empty: any
  std::vector<std::string> trusted_proxies;  ///< each a PlainAddress

  bool is_secure() const { return !tls_certificate.empty(); }
};

/// Changes nothing; reads the TLS files to check them. Throws OptionError.
Settings ReadSettings(const Options& options);

}  // namespace feedmux::dashboard
