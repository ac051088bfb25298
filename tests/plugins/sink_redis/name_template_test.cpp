#include "sink_redis/name_template.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feedmux/errors.hpp"
#include "ticks.hpp"

namespace feedmux::redis {
namespace {

using ::testing::AllOf;
using testing::FakeHost;
using ::testing::HasSubstr;

std::string ErrorOf(std::string_view text) {
  try {
    const NameTemplate name{"channels", text};
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), "channels");
    return error.what();
  }
  return "";
}

TEST(NameTemplate, ExpandsEveryPlaceholder) {
  FakeHost host;
  host.AddConnection(1, {"connection_1", "primary", "massive"});
  const NameTemplate name{"channels", "{source}/{connection}.{kind}:{symbol}!"};
  EXPECT_EQ(name.Expand(host, testing::MakeTrade(host, 1, 1)), "massive/primary.trade:AAPL!");
}

TEST(NameTemplate, CallsANamelessConnectionByItsId) {
  FakeHost host;
  host.AddConnection(1, {"connection_1", "", "massive"});
  EXPECT_EQ((NameTemplate{"channels", "{connection}"}.Expand(host, testing::MakeTrade(host, 1, 1))),
            "connection_1");
}

TEST(NameTemplate, LeavesPlainTextAsItIs) {
  FakeHost host;
  const NameTemplate name{"channels", "tickstock:market:ticks"};
  EXPECT_EQ(name.Expand(host, testing::MakeTrade(host, 1, 1)), "tickstock:market:ticks");
  EXPECT_FALSE(name.uses_symbol() || name.uses_kind() || name.uses_connection());
}

TEST(NameTemplate, AnUnknownPlaceholderIsAnErrorThatListsTheValidOnes) {
  EXPECT_THAT(ErrorOf("ticks.{sybmol}"),
              AllOf(HasSubstr("{sybmol}"), HasSubstr("{symbol}, {kind}, {source} or {connection}"),
                    HasSubstr("ticks.{sybmol}")));
}

TEST(NameTemplate, AnUnbalancedBraceIsAnError) {
  EXPECT_THAT(ErrorOf("ticks.{symbol"), HasSubstr("a { without its }"));
  EXPECT_THAT(ErrorOf("ticks.symbol}"), HasSubstr("a } without its {"));
  EXPECT_THAT(ErrorOf("{symbol}}"), HasSubstr("a } without its {"));
}

TEST(NameTemplate, AnEmptyNameIsAnError) { EXPECT_THAT(ErrorOf(""), HasSubstr("nothing")); }

}  // namespace
}  // namespace feedmux::redis
