#include "sink_dashboard/settings.hpp"

#include <gmock/gmock.h>

#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "sink_dashboard/options.hpp"

namespace feedmux::dashboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using OptionTexts = std::initializer_list<std::pair<std::string_view, std::string>>;

Settings Read(OptionTexts options) { return ReadSettings(testing::MakeOptions(kOptions, options)); }

std::string WrongOption(OptionTexts options) {
  try {
    Read(options);
    return "";
  } catch (const OptionError& error) {
    return error.option();
  }
}

TEST(DashboardSettings, TakeAddressesOfBothKinds) {
  EXPECT_EQ(Read({{"listen", "127.0.0.1:8080"}}).address, "127.0.0.1");
  EXPECT_EQ(Read({{"listen", "127.0.0.1:8080"}}).port, 8080);
  EXPECT_EQ(Read({{"listen", "[::1]:81"}}).address, "::1");
  EXPECT_EQ(Read({{"listen", "localhost:81"}}).address, "127.0.0.1");
}

TEST(DashboardSettings, RefuseWhatIsNoAddress) {
  for (const char* const listen : {"", ":", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "a:1",
                                   "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x", "::1:80",
                                   "[127.0.0.1]:80", "[::1]", "[]:80", "127.0.0.1 :80"}) {
    EXPECT_EQ(WrongOption({{"listen", listen}}), "listen") << listen;
  }
}

TEST(DashboardSettings, WantCertificateAndKeyTogether) {
  EXPECT_EQ(WrongOption({{"tls_certificate", "/a"}}), "tls_key");
  EXPECT_EQ(WrongOption({{"tls_key", "/a"}}), "tls_certificate");
  EXPECT_TRUE(Read({{"tls_key", "/a"}, {"tls_certificate", "/b"}}).is_secure());
}

TEST(DashboardSettings, KeepOtherFilesBesideTheUsers) {
  const Settings settings = Read({{"users_file", "/a/b/users.json"}});
  EXPECT_EQ(settings.audit_log, "/a/b/audit.log");
  EXPECT_EQ(settings.sessions_file, "/a/b/sessions-127.0.0.1-8080.json");
}

TEST(DashboardSettings, KeepTheSessionsOfEnginesThatShareTheUsersApart) {
  const auto sessions_file = [](const char* listen) {
    return Read({{"listen", listen}}).sessions_file;
  };
  EXPECT_NE(sessions_file("127.0.0.1:8080"), sessions_file("127.0.0.1:8081"));
  EXPECT_NE(sessions_file("127.0.0.1:8080"), sessions_file("127.0.0.2:8080"));
}

TEST(DashboardSettings, AllowLocalNamesOnLoopbackAndAnyBeyond) {
  EXPECT_THAT(Read({{"listen", "127.0.0.5:1"}}).allowed_hosts,
              ElementsAre("localhost", "127.0.0.1", "[::1]", "127.0.0.5"));
  EXPECT_THAT(Read({{"listen", "0.0.0.0:1"}}).allowed_hosts, IsEmpty());
  EXPECT_THAT(Read({{"allowed_hosts", "Feed.Example.com"}}).allowed_hosts,
              ElementsAre("feed.example.com"));
  EXPECT_EQ(WrongOption({{"allowed_hosts", "http://feed"}}), "allowed_hosts");
}

}  // namespace
}  // namespace feedmux::dashboard
