#include <gmock/gmock.h>

#include "vendor_fixture.hpp"

namespace feedmux::universe_massive {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::Pair;

TEST(MassivePages, AreFollowedToTheLast) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"A", "AA"}, vendor.server.url("/v3?cursor=1"))));
  vendor.server.Next(Answering(200, Page({"AAPL"}, vendor.server.url("/v3?cursor=2"))));
  vendor.server.Next(Answering(200, Page({"IBM"})));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"),
              Optional(ElementsAre("A", "AA", "AAPL", "IBM")));
  EXPECT_THAT(vendor.host.log().UnexpectedLines(), ElementsAre());
}

TEST(MassivePages, TheFirstIsWhatTheKeySays) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"IBM"})));
  vendor.resolver.Resolve("massive:stocks/CS/XNYS");
  EXPECT_EQ(vendor.server.Requests().at(0).target, ParseQuery("stocks/CS/XNYS").Target());
}

TEST(MassivePages, APathOfTheBaseUrlComesFirst) {
  ScriptedHttpServer proxy;
  proxy.Next(Answering(200, Page({"IBM"})));
  VendorFixture vendor{{{"base_url", proxy.url("/massive/")}}};
  vendor.resolver.Resolve("massive:stocks");
  EXPECT_THAT(proxy.Requests().at(0).target, HasSubstr("/massive/v3/reference/tickers?"));
}

TEST(MassivePages, TheKeyTravelsInAHeaderOfEachRequestAndInNoUrl) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"A"}, vendor.server.url("/v3?cursor=1"))));
  vendor.server.Next(Answering(200, Page({"B"})));
  vendor.resolver.Resolve("massive:stocks");
  const auto requests = vendor.server.Requests();
  ASSERT_EQ(requests.size(), 2);
  for (const auto& request : requests) {
    EXPECT_THAT(request.headers, Contains(Pair("authorization", "Bearer the-secret-key")));
    EXPECT_THAT(request.target, Not(HasSubstr("the-secret-key")));
  }
}

TEST(MassivePages, ATickerOnTwoPagesIsThereOnce) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"A", "B"}, vendor.server.url("/v3?cursor=1"))));
  vendor.server.Next(Answering(200, Page({"B", "C"})));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("A", "B", "C")));
}

TEST(MassivePages, OnAnotherServerAreNotAskedFor) {
  VendorFixture vendor;
  ScriptedHttpServer another;
  for (const std::string& url :
       {another.url("/v3?cursor=1"), std::string{"https://evil.example/v3"},
        "http://127.0.0.1:" + std::to_string(vendor.server.port()) + "/v3"}) {
    vendor.server.Next(Answering(200, Page({"A"}, url)));
    EXPECT_THAT(vendor.Error(), HasSubstr("and the key goes to no other server")) << url;
  }
  EXPECT_EQ(another.connections(), 0);
}

TEST(MassivePages, ANextUrlThatIsNoneIsAnErrorThatDoesNotShowIt) {
  VendorFixture vendor;
  for (const char* url : {"/v3?cursor=secret-cursor", "ftp://a/secret-cursor", "https://"}) {
    vendor.server.Next(Answering(200, Page({"A"}, url)));
    EXPECT_THAT(vendor.Error(),
                AllOf(HasSubstr("next_url is no URL"), Not(HasSubstr("secret-cursor"))));
  }
}

TEST(MassivePages, ThatLeadInACircleAreAnError) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"A"}, vendor.server.url("/v3?cursor=1"))));
  vendor.server.Next(Answering(200, Page({"B"}, vendor.server.url("/v3?cursor=1"))));
  EXPECT_THAT(vendor.Error(), HasSubstr("leads back to a page already read"));
}

TEST(MassivePages, AreNotReadWithoutEnd) {
  VendorFixture vendor{{{"max_pages", "3"}}};
  int page = 0;
  vendor.server.Always([&](HttpExchange& exchange) {
    exchange.Answer(200, Page({"A"}, vendor.server.url("/v3?cursor=" + std::to_string(++page))));
  });
  EXPECT_THAT(vendor.Error(), HasSubstr("more than 3 pages (max_pages)"));
  EXPECT_EQ(page, 3);
}

TEST(MassivePages, ResultsThatAreNoSymbolsAreLeftOutWithAWarning) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"A B", "AAPL", "C D"})));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("AAPL")));
  EXPECT_THAT(
      vendor.host.log().UnexpectedLines(),
      ElementsAre(AllOf(HasSubstr("2 of the vendor's stocks are left out"), HasSubstr("\"A B\""))));
}

TEST(MassivePages, WithoutAnyTickerAreAnError) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({})));
  EXPECT_THAT(vendor.Error("massive:stocks/XYZ"),
              HasSubstr("there are no active tickers of stocks/XYZ"));
}

}  // namespace
}  // namespace feedmux::universe_massive
