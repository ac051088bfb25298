#include "universe_massive/massive_resolver.hpp"

#include <gmock/gmock.h>

#include "full_disk.hpp"
#include "temp_folder.hpp"
#include "vendor_fixture.hpp"

namespace feedmux::universe_massive {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr const char* kFile = "massive-stocks.json";

TEST(MassiveResolver, KeysWithoutThePrefixAreNotItsOwn) {
  VendorFixture vendor;
  for (const char* key : {"", "stocks", "market_leaders:top_500", "massive", "xmassive:stocks"}) {
    EXPECT_EQ(vendor.resolver.Resolve(key), std::nullopt) << key;
  }
  EXPECT_THAT(vendor.server.Requests(), SizeIs(0));
}

TEST(MassiveResolver, AKeyOfItsOwnThatIsWrongIsAnErrorWithoutAskingTheVendor) {
  VendorFixture vendor;
  EXPECT_THAT(vendor.Error("massive:stoks"),
              AllOf(HasSubstr("\"massive:stoks\": behind \"massive:\" expected"),
                    HasSubstr("stocks, otc, indices, fx, crypto; found \"stoks\"")));
  EXPECT_THAT(vendor.server.Requests(), SizeIs(0));
}

TEST(MassiveResolver, ThePrefixCanBeAnother) {
  VendorFixture vendor{{{"prefix", "vendor/"}}};
  vendor.server.Next(Answering(200, Page({"IBM"})));
  EXPECT_THAT(vendor.resolver.Resolve("vendor/stocks"), Optional(ElementsAre("IBM")));
}

TEST(MassiveResolver, ItsKeysAreTheMarkets) {
  VendorFixture vendor;
  EXPECT_THAT(vendor.resolver.Keys(),
              ElementsAre("massive:stocks", "massive:otc", "massive:indices", "massive:fx",
                          "massive:crypto"));
}

TEST(MassiveResolver, NeedsTheNetwork) {
  VendorFixture vendor;
  EXPECT_FALSE(vendor.resolver.ResolvesOffline());
}

TEST(MassiveResolver, AYoungAnswerIsUsedWithoutAskingAgain) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.host.manual_clock().Advance(std::chrono::hours{23});
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("IBM")));
  EXPECT_THAT(vendor.server.Requests(), SizeIs(1));
}

TEST(MassiveResolver, AnOldAnswerIsReplaced) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.server.Next(Answering(200, Page({"AAPL"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.host.manual_clock().Advance(std::chrono::hours{24});
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("AAPL")));
  EXPECT_THAT(vendor.host.log().UnexpectedLines(), ElementsAre());
}

TEST(MassiveResolver, WithMaxAgeZeroEachCallAsks) {
  VendorFixture vendor{{{"max_age", "0s"}}};
  vendor.server.Always(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.resolver.Resolve("massive:stocks");
  EXPECT_THAT(vendor.server.Requests(), SizeIs(2));
}

TEST(MassiveResolver, TheLastGoodAnswerIsUsedWithAWarningWhileTheServerFails) {
  VendorFixture vendor{{{"retries", "0"}}};
  vendor.server.Next(Answering(200, Page({"IBM", "KO"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.host.manual_clock().Advance(std::chrono::hours{27});
  vendor.server.Next(Answering(503, ""));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("IBM", "KO")));
  EXPECT_THAT(
      vendor.host.log().UnexpectedLines(),
      ElementsAre(AllOf(HasSubstr("(HTTP 503"),
                        HasSubstr("the 2 symbols of \"massive:stocks\" are from 1 d 3 h ago"))));
}

TEST(MassiveResolver, TheLastGoodAnswerIsUsedWhenTheListBreaksOffInTheMiddle) {
  VendorFixture vendor{{{"max_age", "0s"}}};
  vendor.host.log().Expect("page 2");
  vendor.server.Next(Answering(200, Page({"A", "B", "C"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.server.Next(Answering(200, Page({"A"}, vendor.server.url("/v3?cursor=1"))));
  vendor.server.Next(Answering(200, "garbage"));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("A", "B", "C")));
}

TEST(MassiveResolver, AnEmptyListDoesNotReplaceTheLastGoodAnswer) {
  VendorFixture vendor{{{"max_age", "0s"}}};
  vendor.host.log().Expect("no active tickers");
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.server.Next(Answering(200, Page({})));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("IBM")));
}

TEST(MassiveResolver, TheNextProcessUsesAYoungAnswerFromTheFile) {
  const testing::TempFolder folder;
  VendorFixture vendor{{{"cache_dir", folder.path()}}};
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks");
  MassiveResolver next{vendor.host, vendor.WithOptions({{"cache_dir", folder.path()}})};
  EXPECT_THAT(next.Resolve("massive:stocks"), Optional(ElementsAre("IBM")));
  EXPECT_THAT(vendor.server.Requests(), SizeIs(1));
}

TEST(MassiveResolver, AnAnswerFromTheFutureIsOld) {
  const testing::TempFolder folder;
  VendorFixture vendor{{{"cache_dir", folder.path()}, {"retries", "0"}}};
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks");
  vendor.host.manual_clock().Advance(std::chrono::hours{-1});
  vendor.server.Next(Answering(503, ""));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("IBM")));
  EXPECT_THAT(vendor.host.log().UnexpectedLines(),
              ElementsAre(HasSubstr("from a time that is still to come")));
}

TEST(MassiveResolver, ACorruptFileIsReportedAndReplaced) {
  const testing::TempFolder folder;
  folder.Write(kFile, "{\"symbols\": [");
  VendorFixture vendor{{{"cache_dir", folder.path()}}};
  vendor.server.Next(Answering(200, Page({"IBM"})));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("IBM")));
  EXPECT_THAT(vendor.host.log().UnexpectedLines(), ElementsAre(HasSubstr("no cache of symbols")));
  EXPECT_THAT(folder.Read(kFile), HasSubstr("IBM"));
}

TEST(MassiveResolver, AFullDiskIsOnlyAWarning) {
  const testing::TempFolder folder;
  VendorFixture vendor{{{"cache_dir", folder.path()}}};
  vendor.server.Next(Answering(200, Page({"IBM"})));
  {
    const FullDisk full;
    EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("IBM")));
  }
  EXPECT_THAT(vendor.host.log().UnexpectedLines(), ElementsAre(HasSubstr("used but not kept")));
  EXPECT_THAT(folder.Files(), ElementsAre());
}

TEST(MassiveResolver, TheFileDoesNotHoldTheKey) {
  const testing::TempFolder folder;
  VendorFixture vendor{{{"cache_dir", folder.path()}}};
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks");
  EXPECT_EQ(folder.Read(kFile).find(kApiKey), std::string::npos);
}

TEST(MassiveResolver, WithoutAnAnswerOrAnOldOneItIsAnError) {
  VendorFixture vendor;
  vendor.server.Next(Answering(401, ""));
  EXPECT_THAT(vendor.Error(), HasSubstr("the api_key is refused"));
}

}  // namespace
}  // namespace feedmux::universe_massive
