#include "synthetic_source.hpp"

#include "synthetic_connection.hpp"

namespace feedmux::synthetic {

SyntheticSource::SyntheticSource(Host& host, const Options& options)
    : host_(host), settings_(ReadSettings(options)) {}

std::unique_ptr<Connection> SyntheticSource::NewConnection(const ConnectionSpec& spec) {
  return std::make_unique<SyntheticConnection>(host_, settings_, spec, DefaultTickers());
}

std::vector<std::string> SyntheticSource::DefaultTickers() const {
  return {"AAPL", "MSFT", "NVDA", "AMZN", "GOOGL", "META", "TSLA", "AVGO", "JPM", "LLY",
          "V",    "UNH",  "XOM",  "MA",   "COST",  "HD",   "PG",   "JNJ",  "SPY", "QQQ"};
}

}  // namespace feedmux::synthetic
