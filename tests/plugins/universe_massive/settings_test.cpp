#include "universe_massive/settings.hpp"

#include <gmock/gmock.h>

#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "universe_massive/options.hpp"

namespace feedmux::universe_massive {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Settings Read(const std::string& option, const std::string& value) {
  return ReadSettings(testing::MakeOptions(kOptions, {{"api_key", "key"}, {option, value}}));
}

std::string ErrorOf(const std::string& option, const std::string& value) {
  try {
    Read(option, value);
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), option);
    return error.what();
  }
  return {};
}

TEST(MassiveUniverseSettings, DefaultsAskTheVendor) {
  const Settings settings = Read("api_key", "key");
  EXPECT_EQ(settings.fetch.base_url.ForPeople(), "https://api.massive.com:443");
  EXPECT_EQ(settings.prefix, "massive:");
  EXPECT_EQ(settings.max_age, std::chrono::hours{24});
  EXPECT_EQ(settings.cache_dir, "");
}

TEST(MassiveUniverseSettings, TheBaseUrlMayHaveAPath) {
  EXPECT_EQ(Read("base_url", "https://proxy.example/massive/").fetch.base_url.resource, "/massive");
}

TEST(MassiveUniverseSettings, PlainHttpIsForThisMachineOnly) {
  for (const char* url :
       {"http://127.0.0.1:80", "http://127.9.9.9", "http://[::1]:1", "http://localhost"}) {
    EXPECT_EQ(ErrorOf("base_url", url), "") << url;
  }
  for (const char* url : {"http://api.massive.com", "http://128.0.0.1", "http://127.example.com",
                          "http://localhost.example.com"}) {
    EXPECT_THAT(ErrorOf("base_url", url), HasSubstr("https://, because")) << url;
  }
}

TEST(MassiveUniverseSettings, ABaseUrlThatIsNoneIsRefused) {
  EXPECT_THAT(ErrorOf("base_url", "wss://socket.massive.com"), HasSubstr("http:// or https://"));
  EXPECT_THAT(ErrorOf("base_url", ""), HasSubstr("such as https://api.massive.com"));
  EXPECT_THAT(ErrorOf("base_url", "https://a/?apiKey=hunter2"), HasSubstr("without a query"));
  EXPECT_THAT(ErrorOf("base_url", "https://a/?apiKey=hunter2"), Not(HasSubstr("hunter2")));
}

TEST(MassiveUniverseSettings, AKeyThatCannotBeSentIsRefusedWithoutRepeatingIt) {
  for (const char* key : {"", "hunter 2", "hunter\r\nHost: a", "h\xc3\xbcnter2"}) {
    EXPECT_THAT(ErrorOf("api_key", key), HasSubstr("printable")) << key;
    EXPECT_THAT(ErrorOf("api_key", key), Not(HasSubstr("unter"))) << key;
  }
}

TEST(MassiveUniverseSettings, ThePrefixIsPartOfAKey) {
  EXPECT_EQ(Read("prefix", "vendor/").prefix, "vendor/");
  EXPECT_THAT(ErrorOf("prefix", ""), HasSubstr("such as \"massive:\""));
  EXPECT_THAT(ErrorOf("prefix", "a+b"), HasSubstr("found \"a+b\""));
}

TEST(MassiveUniverseSettings, TheCaFileMustBeThere) {
  EXPECT_THAT(ErrorOf("ca_file", "/nowhere/ca.pem"), HasSubstr("/nowhere/ca.pem"));
}

TEST(MassiveUniverseSettings, TheCacheFolderNeedsAName) {
  EXPECT_THAT(ErrorOf("cache_dir", ""), HasSubstr("the path of a folder"));
}

TEST(MassiveUniverseSettings, OnlyTheKeyIsSecret) {
  for (const OptionSpec& spec : kOptions) {
    EXPECT_EQ(spec.secret, std::string_view{spec.name} == "api_key") << spec.name;
  }
}

}  // namespace
}  // namespace feedmux::universe_massive
