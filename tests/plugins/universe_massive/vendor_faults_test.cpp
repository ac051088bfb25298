#include <gmock/gmock.h>

#include "vendor_fixture.hpp"

namespace feedmux::universe_massive {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;

const std::string kGood = Page({"AAPL"});

TEST(MassiveFault, ARefusedKeyIsAnErrorThatSaysSoAndIsNotTriedAgain) {
  VendorFixture vendor;
  vendor.server.Next(Answering(401, R"({"status":"ERROR","error":"Unknown API Key"})"));
  EXPECT_THAT(vendor.Error(),
              AllOf(HasSubstr(vendor.server.url() + ": the api_key is refused (HTTP 401"),
                    HasSubstr("\"Unknown API Key\"")));
  EXPECT_THAT(vendor.server.Requests(), SizeIs(1));
}

TEST(MassiveFault, APlanWithoutTheListIsAnErrorThatSaysSo) {
  VendorFixture vendor;
  vendor.server.Next(Answering(403, R"({"message":"You are not entitled to this data."})"));
  EXPECT_THAT(vendor.Error(), AllOf(HasSubstr("plan does not include this (HTTP 403"),
                                    HasSubstr("\"You are not entitled to this data.\"")));
}

TEST(MassiveFault, AnUnknownPathPointsToTheBaseUrl) {
  VendorFixture vendor;
  EXPECT_THAT(vendor.Error(), AllOf(HasSubstr("(HTTP 404"), HasSubstr("is base_url right?")));
}

TEST(MassiveFault, ARedirectIsNotFollowed) {
  VendorFixture vendor;
  ScriptedHttpServer another;
  vendor.server.Next(Answering(302, "", {"Location: " + another.url("/v3?token=hunter2")}));
  EXPECT_THAT(vendor.Error(),
              AllOf(HasSubstr("redirected, which is not followed with a key (HTTP 302"),
                    HasSubstr("to " + another.url("/v3")), Not(HasSubstr("hunter2"))));
  EXPECT_EQ(another.connections(), 0);
}

TEST(MassiveFault, AKeyThatTheServerRepeatsIsNotShown) {
  const std::string secret = kApiKey;
  for (const auto& [status, body] :
       {std::pair{401, R"({"error":"Unknown API Key )" + secret + "\"}"},
        std::pair{200, "your key " + secret}, std::pair{200, Page({("A B" + secret).c_str()})}}) {
    VendorFixture vendor;
    vendor.host.log().Expect("left out");
    vendor.server.Next(Answering(status, body, {"Location: /" + secret}));
    const std::string error = vendor.Error();
    EXPECT_NE(error, "");
    EXPECT_THAT(error, Not(HasSubstr(secret)));
    EXPECT_FALSE(vendor.host.log().Contains(secret));
  }
}

TEST(MassiveFault, TooManyRequestsAreTriedAgainAfterTheTimeThatTheServerAsksFor) {
  VendorFixture vendor;
  vendor.server.Next(Answering(429, "", {"Retry-After: 7"}));
  vendor.server.Next(Answering(200, kGood));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("AAPL")));
  EXPECT_THAT(vendor.waits, ElementsAre(7'000));
  EXPECT_THAT(vendor.host.log().UnexpectedLines(), ElementsAre());
}

TEST(MassiveFault, AServerInTroubleIsAskedAgainEachTimeLater) {
  VendorFixture vendor;
  for (const int status : {500, 502, 503}) vendor.server.Next(Answering(status, ""));
  vendor.server.Next(Answering(200, kGood));
  EXPECT_THAT(vendor.resolver.Resolve("massive:stocks"), Optional(ElementsAre("AAPL")));
  EXPECT_THAT(vendor.waits, ElementsAre(1'000, 2'000, 4'000));
}

TEST(MassiveFault, TheWaitBetweenAttemptsIsCapped) {
  VendorFixture vendor{{{"max_retry_wait", "1500ms"}}};
  for (int i = 0; i < 3; ++i) vendor.server.Next(Answering(500, ""));
  vendor.server.Next(Answering(200, kGood));
  vendor.resolver.Resolve("massive:stocks");
  EXPECT_THAT(vendor.waits, ElementsAre(1'000, 1'500, 1'500));
}

TEST(MassiveFault, AttemptsAreBounded) {
  VendorFixture vendor{{{"retries", "2"}}};
  vendor.server.Always(Answering(503, "", {"Retry-After: 0"}));
  EXPECT_THAT(vendor.Error(),
              AllOf(HasSubstr("the server is in trouble (HTTP 503"), HasSubstr("at 3 attempts")));
  EXPECT_THAT(vendor.server.Requests(), SizeIs(3));
}

TEST(MassiveFault, AServerThatAsksForMoreThanTheCapIsNotAskedAgain) {
  VendorFixture vendor;
  vendor.server.Next(Answering(429, "", {"Retry-After: 3600"}));
  EXPECT_THAT(vendor.Error(), AllOf(HasSubstr("too many requests"),
                                    HasSubstr("asks to wait 3600 s, more than max_retry_wait")));
  EXPECT_THAT(vendor.waits, ElementsAre());
}

TEST(MassiveFault, AWaitBeyondTheTimeoutIsNotBegun) {
  VendorFixture vendor{{{"timeout", "5s"}}};
  vendor.server.Next(Answering(429, "", {"Retry-After: 10"}));
  EXPECT_THAT(vendor.Error(), HasSubstr("no time left for another attempt"));
  EXPECT_THAT(vendor.waits, ElementsAre());
}

TEST(MassiveFault, AServerThatDoesNotAnswerIsGivenUpAfterTheTimeout) {
  VendorFixture vendor{{{"timeout", "200ms"}}};
  vendor.server.Next([](HttpExchange& exchange) { exchange.WaitUntilTheClientLeaves(); });
  EXPECT_THAT(vendor.Error(), HasSubstr("no answer in time"));
}

TEST(MassiveFault, TheTimeoutIsForAllPagesTogether) {
  VendorFixture vendor{{{"timeout", "300ms"}, {"max_pages", "10000"}}};
  int page = 0;
  vendor.server.Always([&](HttpExchange& exchange) {
    exchange.Answer(200, Page({"A"}, vendor.server.url("/v3?cursor=" + std::to_string(++page))));
  });
  EXPECT_THAT(vendor.Error(),
              AllOf(HasSubstr("no answer in time"), HasSubstr("(timeout for all pages: 300 ms)")));
}

TEST(MassiveFault, AnAnswerThatIsCutOffIsAnError) {
  VendorFixture vendor;
  vendor.server.Next([](HttpExchange& exchange) {
    const std::string bytes = HttpExchange::ResponseBytes(200, kGood);
    exchange.socket().Write(bytes.substr(0, bytes.size() - 5));
  });
  EXPECT_THAT(vendor.Error(), HasSubstr("hung up before its answer ended"));
}

TEST(MassiveFault, AnAnswerThatIsNoJsonIsAnErrorThatSaysOnWhichPage) {
  VendorFixture vendor;
  vendor.server.Next(Answering(200, Page({"A"}, vendor.server.url("/v3?cursor=1"))));
  vendor.server.Next(Answering(200, "<html>maintenance</html>"));
  EXPECT_THAT(vendor.Error(),
              AllOf(HasSubstr("page 2: the answer is no JSON"), HasSubstr("<html>maintenance")));
}

TEST(MassiveFault, AnAnswerBeyondTheLimitIsAnError) {
  VendorFixture vendor{{{"max_response_bytes", "2000"}}};
  vendor.server.Next(Answering(200, std::string(2001, ' ')));
  EXPECT_THAT(vendor.Error(), HasSubstr("larger than 2000 bytes"));
}

TEST(MassiveFault, AServerWithAnotherCertificateGetsNoKey) {
  VendorFixture vendor;
  ScriptedHttpServer impostor{{.tls = vendor.authority.Issue({"evil.example"})}};
  const Options options = vendor.WithOptions({{"base_url", impostor.url()}});
  MassiveResolver resolver{vendor.host, options};
  try {
    resolver.Resolve("massive:stocks");
    FAIL() << "no error";
  } catch (const FetchError& error) {
    EXPECT_THAT(error.what(), HasSubstr("the certificate is for evil.example"));
  }
  EXPECT_THAT(impostor.Requests(), SizeIs(0));
}

}  // namespace
}  // namespace feedmux::universe_massive
