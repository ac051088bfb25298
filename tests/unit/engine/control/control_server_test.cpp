#include "control/control_server.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <optional>
#include <thread>

#include "control/peer.hpp"
#include "eventually.hpp"
#include "support/captured_log.hpp"
#include "support/control_parts.hpp"
#include "support/gate.hpp"
#include "support/raw_client.hpp"
#include "temp_folder.hpp"

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kStatus = R"({"v":1,"command":"status"})";
constexpr const char* kRefresh = R"({"v":1,"command":"universes","arguments":{"refresh":true}})";

class Server : public ::testing::Test {
 protected:
  void Start(ControlLimits limits = {}) {
    server_.emplace(path(), parts_.services, limits);
    server_->Start();
  }
  std::filesystem::path path() const { return folder_.path() / "control.sock"; }
  RawClient Client() const { return RawClient{path()}; }

  testing::TempFolder folder_;
  CapturedLog log_;
  ControlParts parts_;
  std::optional<ControlServer> server_;
};

TEST_F(Server, AnswersARequest) {
  Start();
  EXPECT_EQ(Client().Ask(kStatus)["result"]["total_connections"], 2);
}

TEST_F(Server, AnswersOneRequestAfterTheOther) {
  Start();
  RawClient client = Client();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.Ask(kStatus)["ok"], true);
}

TEST_F(Server, AnswersRequestsThatComeTogetherInTheirOrder) {
  Start();
  RawClient client = Client();
  client.Send("{\"v\":1,\"command\":\"log_level\"}\n" + std::string{kStatus} + "\nx\n");
  EXPECT_EQ(client.ReadJson()["result"], "info");
  EXPECT_EQ(client.ReadJson()["result"]["total_connections"], 2);
  EXPECT_EQ(client.ReadJson()["code"], "bad_request");
}

TEST_F(Server, AnswersARequestThatComesInPieces) {
  Start();
  RawClient client = Client();
  for (const char c : std::string{kStatus}) client.Send({&c, 1});
  EXPECT_EQ(client.Ask("")["ok"], true);
}

TEST_F(Server, TellsTheEngineWhoAsks) {
  Start();
  Client().Ask(R"({"v":1,"command":"pause","arguments":{"connection":"connection_1"}})");
  const std::string who = NameOf({::getpid(), ::geteuid()});
  EXPECT_THAT(parts_.control.Changes(), ElementsAre(who + ": pause connection_1"));
  EXPECT_THAT(who, HasSubstr(fmt::format("uid {}", ::geteuid())));
}

TEST_F(Server, GoesOnAfterGarbage) {
  Start();
  RawClient client = Client();
  EXPECT_EQ(client.Ask("GET / HTTP/1.1")["code"], "bad_request");
  EXPECT_EQ(client.Ask(std::string("\0\xff\x1b", 3))["code"], "bad_request");
  EXPECT_EQ(client.Ask(kStatus)["ok"], true);
}

TEST_F(Server, HangsUpOnALineWithoutEnd) {
  ControlLimits limits;
  limits.request_bytes = 1000;
  Start(limits);
  RawClient client = Client();
  client.Send(std::string(1001, 'x'));
  EXPECT_EQ(client.ReadJson()["error"], "a request has at most 1000 bytes");
  EXPECT_TRUE(client.IsHungUp());
}

TEST_F(Server, DoesNothingForHalfALine) {
  Start();
  RawClient client = Client();
  client.Send(R"({"v":1,"command":"pause","arguments":{"connection":"connection_1"}})");
  client.HalfClose();
  EXPECT_TRUE(client.IsHungUp());
  EXPECT_THAT(parts_.control.Changes(), IsEmpty());
}

TEST_F(Server, HangsUpOnAClientThatSaysNothing) {
  ControlLimits limits;
  limits.idle = milliseconds{10};
  Start(limits);
  EXPECT_TRUE(Client().IsHungUp());
}

TEST_F(Server, HangsUpOnAClientThatTakesNoReply) {
  ControlLimits limits;
  limits.slow_reader = milliseconds{10};
  parts_.report["long"] = std::string(8 << 20, 'x');
  Start(limits);
  RawClient client = Client();
  client.Send(std::string{kStatus} + "\n");
  // It has, once what it never read is cut short.
  while (client.Send("x")) std::this_thread::yield();
  EXPECT_TRUE(client.IsHungUp());
}

TEST_F(Server, RefusesMoreClientsThanItHasPlaceFor) {
  ControlLimits limits;
  limits.clients = 2;
  Start(limits);
  RawClient first = Client(), second = Client();
  EXPECT_EQ(first.Ask(kStatus)["ok"], true);
  EXPECT_EQ(second.Ask(kStatus)["ok"], true);
  RawClient third = Client();
  EXPECT_EQ(third.ReadJson()["code"], "busy");
  EXPECT_TRUE(third.IsHungUp());
}

TEST_F(Server, HasPlaceAgainWhenAClientGoes) {
  ControlLimits limits;
  limits.clients = 1;
  Start(limits);
  EXPECT_EQ(Client().Ask(kStatus)["ok"], true);
  EXPECT_TRUE(Eventually([this] { return Client().Ask(kStatus)["ok"] == true; }));
}

TEST_F(Server, ServesManyAtOnce) {
  Start();
  std::vector<std::thread> clients;
  for (int i = 0; i < 16; ++i) {
    clients.emplace_back([this] {
      RawClient client = Client();
      for (int j = 0; j < 50; ++j) EXPECT_EQ(client.Ask(kStatus)["ok"], true);
    });
  }
  for (std::thread& client : clients) client.join();
}

TEST_F(Server, ServesWhoWaitedForTheStart) {
  server_.emplace(path(), parts_.services);
  RawClient early = Client();
  early.Send(std::string{kStatus} + "\n");
  server_->Start();
  EXPECT_EQ(early.ReadJson()["ok"], true);
}

TEST_F(Server, HangsUpWhenItStops) {
  Start();
  RawClient client = Client();
  client.Ask(kStatus);
  EXPECT_TRUE(server_->Stop(std::chrono::seconds{10}));
  EXPECT_TRUE(client.IsHungUp());
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(Server, MayBeStartedWhereItWasStopped) {
  Start();
  server_.reset();
  Start();
  EXPECT_EQ(Client().Ask(kStatus)["ok"], true);
}

class ServerOfASlowEngine : public Server {
 protected:
  ServerOfASlowEngine() {
    parts_.control.OnRefresh([this] {
      entered_.Open();
      gate_.Pass();
    });
    Start();
    waiting_.emplace(path());
    waiting_->Send(std::string{kRefresh} + "\n");
    entered_.Pass();
  }
  ~ServerOfASlowEngine() override {
    gate_.Open();
    server_.reset();
  }

  Gate entered_, gate_;
  std::optional<RawClient> waiting_;
};

TEST_F(ServerOfASlowEngine, StillServesOthers) {
  EXPECT_EQ(Client().Ask(kStatus)["ok"], true);
  gate_.Open();
  EXPECT_EQ(waiting_->ReadJson()["ok"], true);
  EXPECT_EQ(waiting_->Ask(kStatus)["ok"], true);
}

TEST_F(ServerOfASlowEngine, BearsAClientThatDoesNotWait) {
  waiting_.reset();
  gate_.Open();
  EXPECT_TRUE(Eventually([this] { return !parts_.control.Changes().empty(); }));
  EXPECT_EQ(Client().Ask(kStatus)["ok"], true);
}

TEST_F(ServerOfASlowEngine, SaysThatItCannotStop) {
  EXPECT_FALSE(server_->Stop(milliseconds{1}));
  EXPECT_TRUE(waiting_->IsHungUp());
}

}  // namespace
}  // namespace feedmux
