#pragma once

#include <gtest/gtest.h>

#include <utility>  // move

#include "running_client.hpp"
#include "scripted_massive_server.hpp"

namespace feedmux::websocket {

class WebSocketClient : public ::testing::Test {
 protected:
  /// The only connection's script, after the upgrade.
  void Script(testing::ScriptedMassiveServer::Script script) {
    server_.Next([script = std::move(script)](testing::MassiveSession& client) {
      client.Upgrade();
      script(client);
    });
  }

  testing::ScriptedMassiveServer server_;
};

/// Keeps the connection as it is, answering pings and close.
inline void Hold(testing::MassiveSession& client) {
  while (true) client.Read();
}

}  // namespace feedmux::websocket
