// with_massive_rest_server COMMAND [ARG...]: runs the command beside an HTTPS server with the
// vendor's lists of tickers, two pages each. Its URL and the file with its authority stand in for
// {rest_url} and {ca_file} in the arguments.
#include <string>  // string
#include <vector>  // vector

#include "run_with.hpp"
#include "scripted_http_server.hpp"

namespace {

using namespace feedmux::testing;

constexpr const char* kResults =
    R"({"results":[{"ticker":"AAPL","base_currency_symbol":"EUR","currency_symbol":"USD"},
                   {"ticker":"BRK.A","base_currency_symbol":"BTC","currency_symbol":"USD"}])";

int RunBesideServer(const std::vector<std::string>& words) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"127.0.0.1"})}};
  server.Always([&](HttpExchange& exchange) {
    const bool is_last = exchange.request().target.find("cursor") != std::string::npos;
    const std::string next = R"(,"next_url":")" + server.url("/v3?cursor=2") + '"';
    exchange.Answer(200, kResults + (is_last ? "" : next) + R"(,"status":"OK"})");
  });
  return feedmux::contract::RunWith(
      {{"{rest_url}", server.url()}, {"{ca_file}", authority.ca_file()}}, words);
}

}  // namespace

int main(int argc, char** argv) { return argc < 2 ? 1 : RunBesideServer({argv + 1, argv + argc}); }
