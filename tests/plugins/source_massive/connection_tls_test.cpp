#include "connection_fixture.hpp"

namespace feedmux::testing {
namespace {

using ::testing::HasSubstr;

ScriptedMassiveServer::Options Secure(TestIdentity identity) {
  ScriptedMassiveServer::Options options;
  options.tls = std::move(identity);
  return options;
}

TEST(MassiveTls, StreamsFromAServerThatTheCaFileVouchesFor) {
  const TestAuthority authority;
  ScriptedMassiveServer server{Secure(authority.Issue({"127.0.0.1"}))};
  RunningConnection connection{server.url(), {"AAPL"}, {{"ca_file", authority.ca_file()}}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  server.Feed(TradeFrame("AAPL", 1, 1));
  EXPECT_TRUE(connection.publisher.WaitForTicks(1));
}

TEST(MassiveTls, AnUnknownAuthorityIsANetworkErrorThatSaysSo) {
  const TestAuthority authority;
  ScriptedMassiveServer server{Secure(authority.Issue({"127.0.0.1"}))};
  RunningConnection connection{server.url(), {"AAPL"}};
  const auto error = connection.Start().Error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), FeedErrorKind::Network);
  EXPECT_THAT(error->what(), HasSubstr("the certificate is not trusted"));
}

TEST(MassiveTls, ACertificateForAnotherHostIsANetworkErrorThatSaysSo) {
  const TestAuthority authority;
  ScriptedMassiveServer server{Secure(authority.Issue({"socket.example.com"}))};
  RunningConnection connection{server.url(), {"AAPL"}, {{"ca_file", authority.ca_file()}}};
  const auto error = connection.Start().Error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), FeedErrorKind::Network);
  EXPECT_THAT(error->what(), HasSubstr("is for socket.example.com, not for 127.0.0.1"));
}

}  // namespace
}  // namespace feedmux::testing
