#include "sink_dashboard/client_address.hpp"

#include <gtest/gtest.h>

namespace feedmux::dashboard {
namespace {

const std::vector<std::string> kProxies = {"127.0.0.1", "10.0.0.1", "2001:db8::1"};

std::string Client(const std::string& peer, const std::string& forwarded_for) {
  return ClientAddress(peer, forwarded_for, kProxies);
}

TEST(ClientAddress, IsThePeerWithoutATrustedProxy) {
  EXPECT_EQ(Client("192.0.2.7", "198.51.100.1"), "192.0.2.7");
  EXPECT_EQ(ClientAddress("127.0.0.1", "198.51.100.1", {}), "127.0.0.1");
}

TEST(ClientAddress, IsWhatATrustedProxySays) {
  EXPECT_EQ(Client("127.0.0.1", "198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(Client("2001:db8::1", "2001:DB8:0::7"), "2001:db8::7");
}

TEST(ClientAddress, IsNotWhatTheClientItselfSays) {
  EXPECT_EQ(Client("127.0.0.1", "1.1.1.1, 10.0.0.1, 198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(Client("127.0.0.1", "garbage, 198.51.100.1"), "198.51.100.1");
}

TEST(ClientAddress, PassesOverProxiesThatAreTrustedToo) {
  EXPECT_EQ(Client("127.0.0.1", "198.51.100.1,10.0.0.1 ,\t2001:db8::1"), "198.51.100.1");
}

TEST(ClientAddress, IsThePeerIfTheHeaderIsMalformedOrNamesNoClient) {
  for (const char* const header :
       {"", " ", ",", "198.51.100.1,", "unknown", "198.51.100.1:80", "[2001:db8::7]", "1.2.3",
        "198.51.100.1;198.51.100.2", "10.0.0.1", "10.0.0.1, 127.0.0.1", "garbage, 10.0.0.1"}) {
    EXPECT_EQ(Client("127.0.0.1", header), "127.0.0.1") << header;
  }
}

TEST(ClientAddress, OfAnIpv4ClientAtAnIpv6SocketIsIpv4) {
  EXPECT_EQ(Client("::ffff:192.0.2.7", ""), "192.0.2.7");
  EXPECT_EQ(Client("::ffff:127.0.0.1", "::ffff:198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(Client("fe80::1%eth0", ""), "fe80::1");
}

TEST(NetworkOf, IsTheAddressOrItsSlash64) {
  EXPECT_EQ(NetworkOf("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(NetworkOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(NetworkOf("2001:db8:1:2::7"), "2001:db8:1:2::/64");
  EXPECT_NE(NetworkOf("2001:db8:1:3::7"), "2001:db8:1:2::/64");
}

}  // namespace
}  // namespace feedmux::dashboard
