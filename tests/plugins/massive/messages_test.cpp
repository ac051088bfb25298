#include "massive/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>  // json
#include <string>             // string
#include <vector>             // vector

namespace feedmux::massive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Texts = std::vector<std::string>;

TEST(MassiveMessages, AuthCarriesTheKey) {
  EXPECT_EQ(AuthMessage("abc123"), R"({"action":"auth","params":"abc123"})");
  const auto odd = nlohmann::json::parse(AuthMessage("a\"b\\\n"));
  EXPECT_EQ(odd["params"], "a\"b\\\n");
}

TEST(MassiveMessages, SubscribeNamesEveryChannelOfEveryTicker) {
  EXPECT_THAT(SubscribeMessages(Texts{"T", "Q"}, Texts{"AAPL", "BRK.B"}),
              ElementsAre(R"({"action":"subscribe","params":"T.AAPL,Q.AAPL,T.BRK.B,Q.BRK.B"})"));
  EXPECT_THAT(UnsubscribeMessages(Texts{"T"}, Texts{"*"}),
              ElementsAre(R"({"action":"unsubscribe","params":"T.*"})"));
}

TEST(MassiveMessages, OfNothingAreNone) {
  EXPECT_THAT(SubscribeMessages(Texts{}, Texts{"AAPL"}), IsEmpty());
  EXPECT_THAT(SubscribeMessages(Texts{"T"}, Texts{}), IsEmpty());
}

TEST(MassiveMessages, AreSplitAtTheLimit) {
  Texts tickers;
  for (int i = 0; i < 20000; ++i) tickers.push_back("O:SPY24122" + std::to_string(i));
  const Texts messages = SubscribeMessages(Texts{"T", "Q"}, tickers, 1000);
  std::size_t params = 0;
  for (const std::string& message : messages) {
    EXPECT_LE(message.size(), 1000U);
    EXPECT_GT(message.size(), 900U + (&message == &messages.back() ? -900U : 0U));
    const std::string list = nlohmann::json::parse(message)["params"];
    params += 1 + static_cast<std::size_t>(std::count(list.begin(), list.end(), ','));
  }
  EXPECT_EQ(params, 40000U);
  for (const std::string& message : SubscribeMessages(Texts{"T", "Q"}, tickers)) {
    EXPECT_LE(message.size(), kMaxMessageBytes);
  }
}

TEST(MassiveMessages, HoldWhatJustFits) {
  const std::string both = SubscribeMessages(Texts{"T"}, Texts{"A", "B"}).at(0);
  EXPECT_EQ(SubscribeMessages(Texts{"T"}, Texts{"A", "B"}, both.size()).size(), 1U);
  EXPECT_EQ(SubscribeMessages(Texts{"T"}, Texts{"A", "B"}, both.size() - 1).size(), 2U);
}

TEST(MassiveMessages, KeepAParameterWholeThatIsLongerThanTheLimit) {
  EXPECT_EQ(SubscribeMessages(Texts{"T"}, Texts{"AAPL", "MSFT"}, 5).size(), 2U);
}

TEST(MassiveMessages, EscapeWhatATickerShouldNotHold) {
  const auto message = SubscribeMessages(Texts{"T"}, Texts{"A\"B", "\xFF"}).at(0);
  EXPECT_EQ(nlohmann::json::parse(message)["params"], "T.A\"B,T.\xEF\xBF\xBD");
}

TEST(MassiveStatus, IsClassifiedByItsWord) {
  EXPECT_EQ(Classify({"connected", "Connected Successfully"}), Status::Connected);
  EXPECT_EQ(Classify({"auth_success", "authenticated"}), Status::AuthSuccess);
  EXPECT_EQ(Classify({"auth_failed", "authentication failed"}), Status::AuthFailed);
  EXPECT_EQ(Classify({"auth_timeout", ""}), Status::AuthTimeout);
  EXPECT_EQ(Classify({"auth_required", ""}), Status::AuthRequired);
  EXPECT_EQ(Classify({"success", "subscribed to: T.MSFT"}), Status::Success);
  EXPECT_EQ(Classify({"error", "not authorized"}), Status::Error);
  EXPECT_EQ(Classify({"max_connections", ""}), Status::MaxConnections);
  EXPECT_EQ(Classify({"slow_consumer", ""}), Status::SlowConsumer);
  EXPECT_EQ(Classify({"force_disconnect", ""}), Status::ForceDisconnect);
  EXPECT_EQ(Classify({"new_in_2030", "success"}), Status::Other);
  EXPECT_EQ(Classify({"", ""}), Status::Other);
}

TEST(MassiveStatus, OfOldServersIsToldByItsMessage) {
  EXPECT_EQ(Classify({"success", "Connected Successfully"}), Status::Connected);
  EXPECT_EQ(Classify({"success", "authenticated"}), Status::AuthSuccess);
}

TEST(MassiveStatus, HasTheVendorsName) {
  EXPECT_EQ(Name(Status::MaxConnections), "max_connections");
  EXPECT_EQ(Name(Status::Other), "other");
}

TEST(MassiveAck, NamesItsParameter) {
  const auto subscribed = ParseAck({"success", "subscribed to: T.BRK.B"});
  ASSERT_TRUE(subscribed.has_value());
  EXPECT_TRUE(subscribed->subscribed);
  EXPECT_EQ(subscribed->param, "T.BRK.B");
  const auto unsubscribed = ParseAck({"success", "unsubscribed to:T.MSFT "});
  ASSERT_TRUE(unsubscribed.has_value());
  EXPECT_FALSE(unsubscribed->subscribed);
  EXPECT_EQ(unsubscribed->param, "T.MSFT");
}

TEST(MassiveAck, IsNothingElse) {
  EXPECT_FALSE(ParseAck({"error", "subscribed to: T.MSFT"}).has_value());
  EXPECT_FALSE(ParseAck({"success", "authenticated"}).has_value());
  EXPECT_FALSE(ParseAck({"success", "subscribed to: "}).has_value());
  EXPECT_FALSE(ParseAck({"success", ""}).has_value());
}

}  // namespace
}  // namespace feedmux::massive
