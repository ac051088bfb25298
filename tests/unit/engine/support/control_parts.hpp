#pragma once

#include <memory>  // make_shared
#include <nlohmann/json.hpp>
#include <string>  // string
#include <vector>  // vector

#include "bus/bus.hpp"
#include "control/control_services.hpp"
#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_control.hpp"

namespace feedmux {

/// An engine as a control server sees it: connection_1 ("primary", with AAPL and MSFT) and
/// connection_2 ("secondary", with TSLA) of the source "massive".
class ControlParts {
 public:
  ControlParts() {
    control.Assign("connection_1", {"AAPL", "MSFT"});
    control.Assign("connection_2", {"TSLA"});
  }

  void Publish(const std::vector<std::string>& tickers, ConnectionIndex connection = 1) {
    const BatchRef batch = bus.NewBatch();
    batch->connection = connection;
    for (const std::string& ticker : tickers) {
      Tick& tick = batch->Add(Kind::Trade);
      tick.symbol = symbols.Intern(ticker);
      tick.price = 100.25;
      tick.size = 50;
    }
    batch->events = tickers.size();
    bus.Publish(batch);
  }

  testing::FakeControl control;
  Bus bus{2};
  SymbolTable symbols;
  std::vector<ConnectionNames> connections = {{"connection_1", "primary", "massive"},
                                              {"connection_2", "secondary", "massive"}};
  nlohmann::ordered_json report = {{"total_connections", 2}};
  ControlServices services{control, [this] { return report; }, bus, symbols, connections};
};

}  // namespace feedmux
