#include "universe_redis/key_template.hpp"

#include <gmock/gmock.h>

#include "feedmux/errors.hpp"

namespace feedmux::universe_redis {
namespace {

using ::testing::HasSubstr;

TEST(KeyTemplate, AloneIsTheKeyItself) {
  const KeyTemplate key_template{"{key}"};
  EXPECT_EQ(key_template.RedisKey("market_leaders:top_500"), "market_leaders:top_500");
  EXPECT_EQ(key_template.UniverseKey("market_leaders:top_500"), "market_leaders:top_500");
  EXPECT_EQ(key_template.Pattern(), "*");
}

TEST(KeyTemplate, PutsTheKeyIntoItsPlace) {
  const KeyTemplate key_template{"cache:{key}:v2"};
  EXPECT_EQ(key_template.RedisKey("dow"), "cache:dow:v2");
  EXPECT_EQ(key_template.UniverseKey("cache:dow:v2"), "dow");
  EXPECT_EQ(key_template.Pattern(), "cache:*:v2");
}

TEST(KeyTemplate, OtherRedisKeysAreNoUniverses) {
  const KeyTemplate key_template{"aba:{key}:aba"};
  for (const char* key : {"", "aba:", "aba:aba", "dow", "aba:dow", "dow:aba"}) {
    EXPECT_EQ(key_template.UniverseKey(key), std::nullopt) << key;
  }
}

TEST(KeyTemplate, LeavesHashTagsAlone) {
  EXPECT_EQ(KeyTemplate{"{cache}:{key}"}.RedisKey("dow"), "{cache}:dow");
}

TEST(KeyTemplate, ItsPatternTakesWildcardsLiterally) {
  EXPECT_EQ(KeyTemplate{R"(a*b?[c]\{key})"}.Pattern(), R"(a\*b\?\[c\]\\*)");
}

TEST(KeyTemplate, NeedsThePlaceholderOnce) {
  for (const char* text : {"", "universe", "universe:{kye}", "{key}:{key}"}) {
    try {
      KeyTemplate{text};
      FAIL() << text;
    } catch (const OptionError& error) {
      EXPECT_EQ(error.option(), "key");
      EXPECT_THAT(error.what(), HasSubstr("with {key} in it once"));
      EXPECT_THAT(error.what(), HasSubstr(text));
    }
  }
}

}  // namespace
}  // namespace feedmux::universe_redis
