#include "source_massive/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "source_massive/option_table.hpp"

namespace feedmux::massive {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

SourceOptions Read(std::pair<std::string_view, std::string> changed,
                   const std::string& url = "wss://socket.massive.com/stocks") {
  return ReadSourceOptions(testing::MakeOptions(
      kSourceOptions, {{"url", url}, {"api_key", "secret-key"}, std::move(changed)}));
}

/// The message about `option`.
std::string ErrorAbout(std::string_view option, const std::string& value,
                       const std::string& url = "wss://socket.massive.com/stocks") {
  try {
    Read({option, value}, url);
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), option);
    return error.what();
  }
  ADD_FAILURE() << "accepted " << option << " = " << value;
  return {};
}

TEST(MassiveOptions, DefaultsSuitTheRealService) {
  const SourceOptions options = Read({"channels", "T,Q"});
  EXPECT_EQ(options.market, Market::Stocks);
  EXPECT_THAT(options.channels, ElementsAre("T", "Q"));
  EXPECT_EQ(options.client.ping_interval, 20s);
  EXPECT_EQ(options.client.dead_after, 35s);
  EXPECT_EQ(options.auth_timeout, 10s);
  EXPECT_LT(options.subscribe_bytes, 1'000'000u);
}

TEST(MassiveOptions, TheUrlMustBeAWebSocketUrl) {
  EXPECT_THAT(ErrorAbout("url", "https://socket.massive.com"), HasSubstr("ws:// or wss://"));
}

TEST(MassiveOptions, AnUnusableKeyIsNotShown) {
  EXPECT_THAT(ErrorAbout("api_key", "secret key"),
              AllOf(HasSubstr("printable"), Not(HasSubstr("secret key"))));
  ErrorAbout("api_key", "");
}

TEST(MassiveOptions, ChannelsMustBeThoseOfTheMarket) {
  EXPECT_THAT(ErrorAbout("channels", "T,AS"),
              AllOf(HasSubstr("T, Q, A, AM, LULD, NOI"), HasSubstr("found \"AS\"")));
  EXPECT_THAT(ErrorAbout("channels", "T", "wss://host/crypto"), HasSubstr("XT, XQ"));
  EXPECT_THAT(ErrorAbout("channels", "Q", "wss://host/indices"), HasSubstr("V, A, AM"));
  EXPECT_THAT(Read({"channels", "C,CA,CAS"}, "wss://host/forex").channels,
              ElementsAre("C", "CA", "CAS"));
  EXPECT_THAT(Read({"channels", "T,Q"}, "wss://host/futures/cme?x").channels,
              ElementsAre("T", "Q"));
}

TEST(MassiveOptions, ChannelsOfAnUnknownPathNeedOnlyLookLikeChannels) {
  const SourceOptions options = Read({"channels", "ZZ9"}, "ws://127.0.0.1:9000/");
  EXPECT_EQ(options.market, std::nullopt);
  ErrorAbout("channels", "T.AAPL", "ws://127.0.0.1:9000/");
}

TEST(MassiveOptions, AChannelCountsOnce) {
  EXPECT_THAT(Read({"channels", "T,Q,T"}).channels, ElementsAre("T", "Q"));
}

TEST(MassiveOptions, DeadAfterMustExceedThePingInterval) {
  EXPECT_THAT(ErrorAbout("dead_after", "20s"),
              AllOf(HasSubstr("20000 ms"), HasSubstr("ping_interval")));
}

}  // namespace
}  // namespace feedmux::massive
