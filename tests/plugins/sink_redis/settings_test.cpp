#include "sink_redis/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "sink_redis/options.hpp"

namespace feedmux::redis {
namespace {

using ::testing::HasSubstr;
using testing::MakeOptions;

TEST(Settings, DefaultsPublishTickstockMessagesToALocalServer) {
  const Settings settings = ReadSettings(MakeOptions(kOptions));
  EXPECT_EQ(settings.endpoint.Display(), "redis://127.0.0.1:6379");
  EXPECT_EQ(settings.channels.size(), 1u);
  EXPECT_EQ(settings.format, Format::Tickstock);
  EXPECT_EQ(settings.mode, Mode::PubSub);
  EXPECT_FALSE(settings.last_value_hash.has_value());
}

TEST(Settings, OptionsTakeThePlaceOfPartsOfTheUrl) {
  const Settings settings = ReadSettings(MakeOptions(kOptions, {{"url", "redis://a:b@host/3"},
                                                                {"unix_socket", "/r.sock"},
                                                                {"username", "feed"},
                                                                {"password", "secret"},
                                                                {"database", "7"}}));
  EXPECT_EQ(settings.endpoint.Display(), "unix:///r.sock?db=7");
  EXPECT_EQ(settings.endpoint.username, "feed");
  EXPECT_EQ(settings.endpoint.password, "secret");
}

TEST(Settings, AUsernameNeedsAPassword) {
  EXPECT_THROW(ReadSettings(MakeOptions(kOptions, {{"username", "feed"}})), OptionError);
}

TEST(Settings, TheLastValueHashIsPerSymbol) {
  try {
    ReadSettings(MakeOptions(kOptions, {{"last_value_hash", "last"}}));
    FAIL();
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), "last_value_hash");
    EXPECT_THAT(error.what(), HasSubstr("{symbol}"));
  }
}

TEST(Settings, WhatMayHoldAPasswordIsSecret) {
  for (const OptionSpec& spec : kOptions) {
    const std::string_view name = spec.name;
    EXPECT_EQ(spec.secret, name == "url" || name == "password") << name;
  }
}

}  // namespace
}  // namespace feedmux::redis
