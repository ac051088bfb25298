#include "feedmux/options.hpp"

#include <gmock/gmock.h>

#include <string>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

TEST(Options, GiveEachTypeByItsGetter) {
  Options options;
  options.Set("text", std::string{"a"});
  options.Set("count", std::int64_t{3});
  options.Set("rate", 0.5);
  options.Set("on", true);
  options.Set("after", 250ms);
  options.Set("names", std::vector<std::string>{"a", "b"});
  EXPECT_EQ(options.String("text"), "a");
  EXPECT_EQ(options.Integer("count"), 3);
  EXPECT_EQ(options.Number("rate"), 0.5);
  EXPECT_TRUE(options.Boolean("on"));
  EXPECT_EQ(options.Duration("after"), 250ms);
  EXPECT_THAT(options.Strings("names"), ElementsAre("a", "b"));
}

TEST(Options, KnowWhatIsSet) {
  Options options;
  EXPECT_FALSE(options.Has("text"));
  options.Set("text", std::string{});
  EXPECT_TRUE(options.Has("text"));
}

TEST(Options, TakeTheLastValue) {
  Options options;
  options.Set("count", std::int64_t{1});
  options.Set("count", std::int64_t{2});
  EXPECT_EQ(options.Integer("count"), 2);
}

TEST(Options, NameWhatAPluginAskedForInVain) {
  Options options;
  options.Set("count", std::int64_t{1});
  const auto message_of = [](const auto& ask) -> std::string {
    try {
      ask();
    } catch (const std::logic_error& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_THAT(message_of([&] { options.String("url"); }), HasSubstr("'url' is not set"));
  EXPECT_THAT(message_of([&] { options.String("count"); }), HasSubstr("'count' has another type"));
}

}  // namespace
}  // namespace feedmux
