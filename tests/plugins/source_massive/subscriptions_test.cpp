#include "source_massive/subscriptions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source_massive/acks.hpp"

namespace feedmux::massive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(Subscriptions, AreTakenInTheOrderOfTheCalls) {
  Subscriptions subscriptions;
  subscriptions.Add({"C", "A"});
  subscriptions.Add({"B"});
  EXPECT_THAT(subscriptions.TakeChanges().subscribe, ElementsAre("C", "A", "B"));
  EXPECT_THAT(subscriptions.TakeChanges().subscribe, IsEmpty());
}

TEST(Subscriptions, SayWhenThereIsSomethingNewToTake) {
  Subscriptions subscriptions;
  EXPECT_FALSE(subscriptions.Remove({"A"}));
  EXPECT_TRUE(subscriptions.Add({"A"}));
  EXPECT_FALSE(subscriptions.Add({"B"}));
  subscriptions.TakeChanges();
  EXPECT_FALSE(subscriptions.Add({"A"}));
  EXPECT_TRUE(subscriptions.Remove({"A"}));
}

TEST(Subscriptions, ThatAreUndoneAreNeverSaid) {
  Subscriptions subscriptions;
  subscriptions.Add({"A"});
  subscriptions.TakeChanges();
  subscriptions.Add({"B"});
  subscriptions.Remove({"B", "A"});
  subscriptions.Add({"A"});
  const auto changes = subscriptions.TakeChanges();
  EXPECT_THAT(changes.subscribe, IsEmpty());
  EXPECT_THAT(changes.unsubscribe, IsEmpty());
  EXPECT_EQ(subscriptions.size(), 1u);
}

TEST(Subscriptions, RestoreTheOthersWhenTheWildcardGoes) {
  Subscriptions subscriptions;
  subscriptions.Add({"*", "A", "B", "C"});
  subscriptions.TakeChanges();
  subscriptions.Remove({"*", "C"});
  const auto changes = subscriptions.TakeChanges();
  EXPECT_THAT(changes.unsubscribe, ElementsAre("*", "C"));
  EXPECT_THAT(changes.restore, UnorderedElementsAre("A", "B"));
}

TEST(Subscriptions, KeepImpossibleTickersApart) {
  Subscriptions subscriptions;
  EXPECT_TRUE(subscriptions.Add({"A B", "\n", "O:SPY241220P00720000", "EUR/USD"}));
  const auto changes = subscriptions.TakeChanges();
  EXPECT_THAT(changes.impossible, ElementsAre("A B", "\n"));
  EXPECT_THAT(changes.subscribe, ElementsAre("O:SPY241220P00720000", "EUR/USD"));
}

TEST(PendingAcks, KnowWhatIsMissingOfARequest) {
  PendingAcks acks;
  const auto first = acks.Expect({"T", "Q"}, {"A"});
  const auto second = acks.Expect({"T"}, {"B"});
  EXPECT_TRUE(acks.Confirm("T.A"));
  EXPECT_FALSE(acks.Confirm("T.A"));
  EXPECT_THAT(acks.TakeMissing(first), ElementsAre("Q.A"));
  EXPECT_THAT(acks.TakeMissing(first), IsEmpty());
  EXPECT_THAT(acks.TakeMissing(second), ElementsAre("T.B"));
}

TEST(PendingAcks, ForgetWhatIsNotSubscribedAnyMore) {
  PendingAcks acks;
  const auto request = acks.Expect({"T", "Q"}, {"A", "B"});
  acks.Forget({"T", "Q"}, {"A"});
  EXPECT_THAT(acks.TakeMissing(request), ElementsAre("Q.B", "T.B"));
}

TEST(PendingAcks, OfARepeatedSubscriptionBelongToTheLastRequest) {
  PendingAcks acks;
  const auto first = acks.Expect({"T"}, {"A"});
  const auto second = acks.Expect({"T"}, {"A"});
  EXPECT_THAT(acks.TakeMissing(first), IsEmpty());
  EXPECT_THAT(acks.TakeMissing(second), ElementsAre("T.A"));
}

}  // namespace
}  // namespace feedmux::massive
