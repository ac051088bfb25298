#pragma once

#include <functional>  // function
#include <mutex>       // mutex
#include <string>      // string
#include <thread>      // thread

#include "loopback_listener.hpp"
#include "peer_socket.hpp"

namespace feedmux::universe_redis {

/// What takes the place of a Redis server for one client, and behaves as the script says.
class ScriptedRedis {
 public:
  explicit ScriptedRedis(std::function<void(testing::PeerSocket&)> script)
      : serving_([this, script = std::move(script)] {
          const auto accepted = listener_.Accept();
          if (!accepted) return;
          testing::PeerSocket socket{*accepted, nullptr};
          Show(&socket);
          try {
            script(socket);
          } catch (const testing::PeerGone&) {
          } catch (const testing::ServerStopped&) {
          }
          Show(nullptr);
        }) {}
  ~ScriptedRedis() {
    listener_.Interrupt();
    {
      const std::lock_guard lock{mutex_};
      if (client_) client_->Interrupt();
    }
    serving_.join();
  }

  std::string url() const { return "redis://127.0.0.1:" + std::to_string(listener_.port()); }

 private:
  void Show(testing::PeerSocket* client) {
    const std::lock_guard lock{mutex_};
    client_ = client;
  }

  testing::LoopbackListener listener_;
  std::mutex mutex_;
  testing::PeerSocket* client_ = nullptr;
  std::thread serving_;  // last: it uses the others
};

}  // namespace feedmux::universe_redis
