#include "sink_dashboard/settings.hpp"

#include <gmock/gmock.h>

#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "sink_dashboard/options.hpp"
#include "temp_folder.hpp"
#include "test_certificates.hpp"

namespace feedmux::dashboard {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
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
}

/// A good pair of files, and what they might be mistaken for.
class TlsSettings : public ::testing::Test {
 protected:
  TlsSettings() {
    const testing::TestAuthority authority;
    const auto identity = authority.Issue({"localhost"});
    certificate_ = folder_.Write("certificate.pem", identity.certificate);
    key_ = folder_.Write("key.pem", identity.private_key);
    other_key_ = folder_.Write("other.pem", authority.Issue({"localhost"}).private_key);
    text_ = folder_.Write("text.pem", "not PEM");
  }

  /// "option: expected …" of all that is wrong.
  static std::vector<std::string> Problems(const std::string& certificate, const std::string& key) {
    std::vector<std::string> problems;
    const auto add = [&](const OptionError& error) {
      problems.push_back(error.option() + ": " + error.what());
    };
    try {
      Read({{"tls_certificate", certificate}, {"tls_key", key}});
    } catch (const OptionError& error) {
      add(error);
      for (const OptionError& other : error.others()) add(other);
    }
    return problems;
  }

  testing::TempFolder folder_;
  std::string certificate_, key_, other_key_, text_;
};

TEST_F(TlsSettings, TakeACertificateWithItsKey) {
  EXPECT_THAT(Problems(certificate_, key_), IsEmpty());
  EXPECT_TRUE(Read({{"tls_key", key_}, {"tls_certificate", certificate_}}).is_secure());
}

TEST_F(TlsSettings, SayWhichFileIsMissing) {
  const std::string missing = folder_.path() / "missing.pem";
  EXPECT_THAT(
      Problems(missing, key_),
      ElementsAre("tls_certificate: a PEM file with a certificate: there is no file " + missing));
  EXPECT_THAT(Problems(certificate_, missing),
              ElementsAre("tls_key: a PEM file with the certificate's private key: there is no "
                          "file " +
                          missing));
}

TEST_F(TlsSettings, SayWhatCannotBeRead) {
  EXPECT_THAT(Problems(text_, folder_.path()),
              ElementsAre(HasSubstr("cannot read a PEM certificate from " + text_ + ": no start"),
                          HasSubstr("there is no file " + folder_.path().string())));
  EXPECT_THAT(
      Problems(certificate_, text_),
      ElementsAre(HasSubstr("cannot read a PEM private key without passphrase from " + text_)));
}

TEST_F(TlsSettings, SayThatTheKeyIsOfAnotherCertificate) {
  EXPECT_THAT(Problems(certificate_, other_key_),
              ElementsAre(HasSubstr(
                  "tls_key: a PEM file with the certificate's private key: the private key in " +
                  other_key_ + " is not that of the certificate in " + certificate_)));
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

TEST(DashboardSettings, TakeAddressesOfTrustedProxies) {
  EXPECT_THAT(Read({}).trusted_proxies, IsEmpty());
  EXPECT_THAT(Read({{"trusted_proxies", "127.0.0.1,2001:DB8:0::1"}}).trusted_proxies,
              ElementsAre("127.0.0.1", "2001:db8::1"));
  for (const char* const proxies : {"proxy.example.com", "10.0.0.0/8", "127.0.0.1:80", "[::1]"}) {
    EXPECT_EQ(WrongOption({{"trusted_proxies", proxies}}), "trusted_proxies") << proxies;
  }
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
