#include "sink_dashboard/settings.hpp"

#include <arpa/inet.h>  // inet_pton

#include <algorithm>  // all_of
#include <charconv>   // from_chars

#include "feedmux/accounts/default_users_file.hpp"
#include "feedmux/errors.hpp"
#include "sink_dashboard/client_address.hpp"
#include "sink_dashboard/text.hpp"
#include "webserver/tls_files.hpp"

namespace feedmux::dashboard {
namespace {

constexpr const char* kListenForm =
    "an address of this machine and a port, such as 127.0.0.1:8080 or [::1]:8080";

bool IsAddress(const std::string& text) {
  in6_addr buffer{};
  return inet_pton(AF_INET, text.c_str(), &buffer) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &buffer) == 1;
}

bool IsLoopback(const std::string& address) {
  return address == "::1" || address.starts_with("127.");
}

void ReadListen(const std::string& listen, Settings& settings) {
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) throw OptionError("listen", kListenForm);
  std::string host = listen.substr(0, colon);
  const bool has_brackets = host.starts_with('[') && host.ends_with(']');
  if (has_brackets) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  const bool needs_brackets = host.find(':') != std::string::npos;
  const char* const end = listen.data() + listen.size();
  const auto [rest, error] = std::from_chars(listen.data() + colon + 1, end, settings.port);
  if (error != std::errc{} || rest != end || has_brackets != needs_brackets || !IsAddress(host)) {
    throw OptionError("listen", kListenForm);
  }
  settings.address = host;
}

void RequireTlsFilesTogether(const Options& options) {
  if (options.Has("tls_certificate") == options.Has("tls_key")) return;
  const char* const missing = options.Has("tls_key") ? "tls_certificate" : "tls_key";
  throw OptionError(missing, "tls_certificate and tls_key together, or neither");
}

void RequireNoProblem(const char* option, const char* expected, const std::string& problem) {
  if (!problem.empty()) throw OptionError(option, std::string{expected} + ": " + problem);
}

void ReadTls(const Options& options, Settings& settings, OptionErrors& errors) {
  errors.Collect([&] { RequireTlsFilesTogether(options); });
  if (!options.Has("tls_certificate") || !options.Has("tls_key")) return;
  settings.tls_certificate = options.String("tls_certificate");
  settings.tls_key = options.String("tls_key");
  const auto problems = webserver::CheckTlsFiles(settings.tls_certificate, settings.tls_key);
  errors.Collect([&] {
    RequireNoProblem("tls_certificate", "a PEM file with a certificate", problems.certificate);
  });
  errors.Collect([&] {
    RequireNoProblem("tls_key", "a PEM file with the certificate's private key", problems.key);
  });
}

void ReadAllowedHosts(const Options& options, Settings& settings) {
  if (options.Has("allowed_hosts")) {
    for (const std::string& name : options.Strings("allowed_hosts")) {
      const bool is_host =
          !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
            return c > ' ' && c < 0x7f && c != '/' && c != '@';
          });
      if (!is_host) {
        throw OptionError("allowed_hosts", "names without scheme and port: feed.example.com");
      }
      settings.allowed_hosts.push_back(InLowerCase(name));
    }
  }
  if (settings.allowed_hosts.empty() && IsLoopback(settings.address)) {
    settings.allowed_hosts = {"localhost", "127.0.0.1", "[::1]", settings.address};
  }
}

void ReadTrustedProxies(const Options& options, Settings& settings) {
  if (!options.Has("trusted_proxies")) return;
  for (const std::string& proxy : options.Strings("trusted_proxies")) {
    const auto address = PlainAddress(proxy);
    if (!address) throw OptionError("trusted_proxies", "addresses such as 127.0.0.1 or ::1");
    settings.trusted_proxies.push_back(*address);
  }
}

}  // namespace

Settings ReadSettings(const Options& options) {
  Settings settings;
  OptionErrors errors;
  errors.Collect([&] { ReadListen(options.String("listen"), settings); });
  ReadTls(options, settings, errors);
  errors.Collect([&] { ReadAllowedHosts(options, settings); });
  errors.Collect([&] { ReadTrustedProxies(options, settings); });
  errors.ThrowIfAny();

  settings.users_file = options.Has("users_file")
                            ? std::filesystem::path{options.String("users_file")}
                            : accounts::DefaultUsersFile();
  const std::filesystem::path folder = settings.users_file.parent_path();
  settings.audit_log = options.Has("audit_log") ? std::filesystem::path{options.String("audit_log")}
                                                : folder / "audit.log";
  settings.sessions_file =
      folder / ("sessions-" + settings.address + '-' + std::to_string(settings.port) + ".json");
  settings.idle_timeout = options.Duration("idle_timeout");
  settings.session_lifetime = options.Duration("session_lifetime");
  settings.max_connections = static_cast<std::size_t>(options.Integer("max_connections"));
  return settings;
}

}  // namespace feedmux::dashboard
