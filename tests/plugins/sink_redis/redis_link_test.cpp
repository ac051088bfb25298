#include "sink_redis/redis_link.hpp"

#include <gtest/gtest.h>

#include "redis_server.hpp"

namespace feedmux::redis {
namespace {

using testing::RedisServer;

constexpr RedisLink::Timeouts kTimeouts{.connect = std::chrono::seconds{10},
                                        .io = std::chrono::seconds{10}};

bool IsClosedSoon(const RedisLink& link) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (!link.ClosedByPeer()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
  }
  return true;
}

TEST(RedisLink, ASuccessorHasItsPredecessorClosedBeforeItIsUsed) {
  RedisServer server;
  const Endpoint endpoint = ParseUrl(server.url());
  const RedisLink predecessor{endpoint, kTimeouts, std::nullopt};
  EXPECT_FALSE(predecessor.ClosedByPeer());
  const RedisLink successor{endpoint, kTimeouts, predecessor.identity()};
  EXPECT_TRUE(IsClosedSoon(predecessor));
  EXPECT_FALSE(successor.ClosedByPeer());
}

TEST(RedisLink, AfterARestartAnotherClientOfThePredecessorsNumberIsLeftAlone) {
  RedisServer server;
  const Endpoint endpoint = ParseUrl(server.url());
  ClientIdentity predecessor = RedisLink{endpoint, kTimeouts, std::nullopt}.identity();
  server.Restart();
  const RedisLink other{endpoint, kTimeouts, std::nullopt};
  predecessor.client_id = other.identity().client_id;
  ASSERT_NE(predecessor.server_run_id, other.identity().server_run_id);
  const RedisLink successor{endpoint, kTimeouts, predecessor};
  EXPECT_FALSE(other.ClosedByPeer());
}

}  // namespace
}  // namespace feedmux::redis
