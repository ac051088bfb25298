#include "assembly/universe_set.hpp"

#include <gmock/gmock.h>

#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/scripted_universe.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UniverseSetTest : public ::testing::Test {
 protected:
  void Add(UniverseScript& script) {
    universes_.Add("lists", std::chrono::milliseconds{0},
                   std::make_unique<PluginHost>("lists", PluginHost::Role::Other, services_),
                   std::make_unique<ScriptedUniverse>(script));
  }
  std::string ErrorOf(std::string_view key) {
    try {
      universes_.Resolve(key);
    } catch (const UniverseError& error) {
      return error.what();
    }
    return "no error";
  }

  testing::ManualClock clock_;
  SymbolTable symbols_;
  HostServices services_{clock_, symbols_, {}, {}, nullptr};
  UniverseScript first_{{{"dow30", {"AAPL", "IBM"}}, {"empty", {}}}, "", true, 0};
  UniverseScript second_{{{"dow30", {"OTHER"}}, {"etf:broad", {"SPY", "IBM", "VTI"}}}, "", true, 0};
  UniverseSet universes_;
};

TEST_F(UniverseSetTest, GivesAUniversesSymbolsInItsOwnOrder) {
  Add(second_);
  EXPECT_THAT(universes_.Resolve("etf:broad").symbols, ElementsAre("SPY", "IBM", "VTI"));
}

TEST_F(UniverseSetTest, AsksResolversInOrder) {
  Add(first_);
  Add(second_);
  EXPECT_THAT(universes_.Resolve("dow30").symbols, ElementsAre("AAPL", "IBM"));
  EXPECT_EQ(second_.resolved, 0);
  EXPECT_THAT(universes_.Resolve("etf:broad").symbols, ElementsAre("SPY", "IBM", "VTI"));
}

TEST_F(UniverseSetTest, JoinsAUnionInOrderWithoutDuplicates) {
  Add(first_);
  Add(second_);
  EXPECT_THAT(universes_.Resolve("dow30 + etf:broad+dow30").symbols,
              ElementsAre("AAPL", "IBM", "SPY", "VTI"));
}

TEST_F(UniverseSetTest, KnowsAnEmptyUniverse) {
  Add(first_);
  EXPECT_THAT(universes_.Resolve("empty").symbols, IsEmpty());
}

TEST_F(UniverseSetTest, NamesTheNearestKeyOfAnUnknownOne) {
  Add(first_);
  Add(second_);
  EXPECT_EQ(ErrorOf("dow3"), "unknown universe \"dow3\"; did you mean \"dow30\"?");
  EXPECT_EQ(ErrorOf("dow30+etf:brod"),
            "unknown universe \"etf:brod\"; did you mean \"etf:broad\"?");
}

TEST_F(UniverseSetTest, NamesSeveralKeysThatAreNear) {
  UniverseScript leaders{{{"leaders:top_50", {}}, {"leaders:top_500", {}}}, "", true, 0};
  Add(leaders);
  EXPECT_EQ(
      ErrorOf("leaders:top_5000"),
      "unknown universe \"leaders:top_5000\"; the nearest are leaders:top_500, leaders:top_50");
  EXPECT_EQ(ErrorOf("top_50"),
            "unknown universe \"top_50\"; the nearest are leaders:top_50, leaders:top_500");
}

TEST_F(UniverseSetTest, ListsWhatThereIsWhereNothingIsNear) {
  UniverseScript many;
  for (char c = 'a'; c < 'a' + 12; ++c) many.lists[std::string(4, c)] = {};
  Add(first_);
  EXPECT_EQ(ErrorOf("russell2000"), "unknown universe \"russell2000\"; there are dow30, empty");
  Add(many);
  EXPECT_EQ(
      ErrorOf("russell2000"),
      "unknown universe \"russell2000\"; there are dow30, empty, aaaa, bbbb, cccc, dddd, eeee, "
      "ffff, gggg, hhhh and 4 more");
}

TEST_F(UniverseSetTest, RefusesAnEmptyPartOfAUnion) {
  Add(first_);
  EXPECT_EQ(ErrorOf("dow30+"), "unknown universe \"\"; there are dow30, empty");
  EXPECT_EQ(ErrorOf("+dow30"), "unknown universe \"\"; there are dow30, empty");
}

TEST_F(UniverseSetTest, SaysThatThereIsNone) {
  EXPECT_TRUE(universes_.empty());
  EXPECT_EQ(ErrorOf("dow30"), "universe \"dow30\": no universe is configured");
}

TEST_F(UniverseSetTest, GoesOnToTheNextResolverWhenOneFails) {
  first_.failure = "lists.yaml: cannot be read";
  Add(first_);
  Add(second_);
  EXPECT_THAT(universes_.Resolve("dow30").symbols, ElementsAre("OTHER"));
}

TEST_F(UniverseSetTest, DoubtsAnAnswerWhereOneThatIsAskedFirstFailed) {
  first_.failure = "lists.yaml: cannot be read";
  Add(first_);
  Add(second_);
  EXPECT_EQ(universes_.Resolve("dow30").doubt,
            "universe \"dow30\" could not be resolved as configured; lists.yaml: cannot be read; "
            "lists answered");
}

TEST_F(UniverseSetTest, DoubtsNoAnswerOfTheFirstThatKnowsTheKey) {
  Add(first_);
  Add(second_);
  EXPECT_EQ(universes_.Resolve("etf:broad").doubt, "");
}

TEST_F(UniverseSetTest, RefusesWhatCanBeNoSymbol) {
  first_.lists["dow30"] = {"AAPL", "C\nSUB D"};
  Add(first_);
  EXPECT_EQ(ErrorOf("dow30"),
            "universe \"dow30\" could not be resolved; lists gave \"C\\nSUB D\", which can be "
            "no symbol");
}

TEST_F(UniverseSetTest, SaysWhyAResolverCouldNotTell) {
  first_.failure = "lists.yaml: cannot be read";
  Add(first_);
  Add(second_);
  EXPECT_EQ(ErrorOf("nasdaq100"),
            "universe \"nasdaq100\" could not be resolved; lists.yaml: cannot be read");
}

TEST_F(UniverseSetTest, SaysWhyAResolverCannotTellItsKeys) {
  first_.keys_failure = "folder is gone";
  Add(first_);
  EXPECT_EQ(ErrorOf("nope"),
            "unknown universe \"nope\"; lists cannot tell its keys: Keys threw an unexpected "
            "exception: folder is gone");
}

TEST_F(UniverseSetTest, DoesNotResolveOfflineWhereAResolverCannotTell) {
  first_.keys_failure = "a bug";
  Add(first_);
  EXPECT_FALSE(universes_.ResolvesOffline());
}

TEST_F(UniverseSetTest, ResolvesOfflineIfAllItsResolversDo) {
  EXPECT_TRUE(universes_.ResolvesOffline());
  Add(first_);
  EXPECT_TRUE(universes_.ResolvesOffline());
  second_.offline = false;
  Add(second_);
  EXPECT_FALSE(universes_.ResolvesOffline());
}

}  // namespace
}  // namespace feedmux
