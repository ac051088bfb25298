#pragma once

#include <chrono>            // milliseconds
#include <exception>         // exception
#include <initializer_list>  // initializer_list
#include <string>            // string
#include <string_view>       // string_view
#include <utility>           // pair
#include <vector>            // vector

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "scripted_http_server.hpp"
#include "universe_massive/massive_resolver.hpp"
#include "universe_massive/options.hpp"

namespace feedmux::universe_massive {

using testing::HttpExchange;
using testing::ScriptedHttpServer;
using Script = ScriptedHttpServer::Script;

inline constexpr const char* kApiKey = "the-secret-key";

/// A page of the vendor's list.
inline std::string Page(std::initializer_list<const char*> tickers,
                        const std::string& next_url = "") {
  std::string results;
  for (const std::string ticker : tickers) {
    results += (results.empty() ? "" : ",") +
               (R"({"ticker":")" + ticker + R"(","market":"stocks","active":true})");
  }
  const std::string next = next_url.empty() ? "" : R"(,"next_url":")" + next_url + '"';
  return R"({"results":[)" + results + R"(],"status":"OK")" + next + '}';
}

inline Script Answering(int status, std::string body, std::vector<std::string> headers = {}) {
  return [status, body = std::move(body), headers = std::move(headers)](HttpExchange& exchange) {
    exchange.Answer(status, body, headers);
  };
}

/// The vendor's server with TLS, and a resolver that asks it. Waits between attempts take no time
/// and are noted.
struct VendorFixture {
  using Values = std::vector<std::pair<std::string, std::string>>;

  explicit VendorFixture(const Values& more = {})
      : server{{.tls = authority.Issue({"127.0.0.1"})}},
        resolver{host, WithOptions(more),
                 [this](std::chrono::milliseconds wait) { waits.push_back(wait.count()); }} {}

  Options WithOptions(const Values& more) const {
    Options options = testing::MakeOptions(
        kOptions,
        {{"base_url", server.url()}, {"api_key", kApiKey}, {"ca_file", authority.ca_file()}});
    for (const auto& [name, text] : more) {
      for (const OptionSpec& spec : kOptions) {
        if (name == spec.name) options.Set(name, testing::ParseOption(spec.type, text));
      }
    }
    return options;
  }

  /// The text of the error that Resolve ends with; empty if it does not.
  std::string Error(std::string_view key = "massive:stocks") {
    try {
      resolver.Resolve(key);
    } catch (const std::exception& error) {
      return error.what();
    }
    return {};
  }

  testing::TestAuthority authority;
  ScriptedHttpServer server;
  testing::FakeHost host;
  std::vector<long> waits;  // milliseconds
  MassiveResolver resolver;
};

}  // namespace feedmux::universe_massive
