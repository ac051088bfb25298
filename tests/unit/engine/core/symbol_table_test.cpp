#include "core/symbol_table.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace feedmux {
namespace {

std::string NameOf(int number) { return "S" + std::to_string(number); }

TEST(SymbolTable, GivesOneNumberForAText) {
  SymbolTable symbols;
  const SymbolId apple = symbols.Intern("AAPL");
  const SymbolId nvidia = symbols.Intern("NVDA");
  EXPECT_NE(apple, kNoSymbol);
  EXPECT_NE(nvidia, kNoSymbol);
  EXPECT_NE(apple, nvidia);
  EXPECT_EQ(symbols.Intern(std::string{"AAPL"}), apple);
}

TEST(SymbolTable, GivesTheTextBack) {
  SymbolTable symbols;
  EXPECT_EQ(symbols.Text(symbols.Intern("BRK.A")), "BRK.A");
}

TEST(SymbolTable, KeepsBytesThatAreNoText) {
  SymbolTable symbols;
  const std::string_view odd{"a\0b\xff", 4};
  EXPECT_EQ(symbols.Text(symbols.Intern(odd)), odd);
}

TEST(SymbolTable, TakesEmptyTextForNoSymbol) {
  SymbolTable symbols;
  EXPECT_EQ(symbols.Intern(""), kNoSymbol);
  EXPECT_EQ(symbols.Text(kNoSymbol), "");
}

TEST(SymbolTable, HasNoTextForANumberItNeverGave) {
  SymbolTable symbols;
  const SymbolId last = symbols.Intern("AAPL");
  EXPECT_EQ(symbols.Text(last + 1), "");
  EXPECT_EQ(symbols.Text(~SymbolId{0}), "");
}

TEST(SymbolTable, NeverMovesAText) {
  SymbolTable symbols;
  const std::string_view first = symbols.Text(symbols.Intern(NameOf(0)));
  for (int i = 1; i < 20'000; ++i) symbols.Intern(NameOf(i));
  EXPECT_EQ(first.data(), symbols.Text(symbols.Intern(NameOf(0))).data());
  EXPECT_EQ(first, "S0");
}

TEST(SymbolTable, SaysNoSymbolWhenItIsFull) {
  SymbolTable symbols{3};
  const SymbolId first = symbols.Intern("AAPL");
  const SymbolId second = symbols.Intern("NVDA");
  EXPECT_EQ(symbols.Intern("one too many"), kNoSymbol);
  EXPECT_EQ(symbols.Intern("AAPL"), first);
  EXPECT_EQ(symbols.Text(second), "NVDA");
}

TEST(SymbolTable, IsReadWhileItGrows) {
  SymbolTable symbols;
  constexpr int kNames = 10'000;
  std::atomic<SymbolId> newest{kNoSymbol};
  std::atomic<bool> growing{true};
  std::thread reader{[&] {
    while (growing) {
      const SymbolId id = newest.load(std::memory_order_relaxed);
      if (id != kNoSymbol) {
        ASSERT_EQ(symbols.Text(id).front(), 'S');
      }
    }
  }};
  const auto grow = [&] {
    for (int i = 0; i < kNames; ++i) {
      newest.store(symbols.Intern(NameOf(i)), std::memory_order_relaxed);
    }
  };
  std::thread one{grow};
  std::thread other{grow};
  one.join();
  other.join();
  growing = false;
  reader.join();
  for (int i = 0; i < kNames; ++i) ASSERT_EQ(symbols.Text(symbols.Intern(NameOf(i))), NameOf(i));
  EXPECT_EQ(symbols.Text(kNames + 1), "");
}

}  // namespace
}  // namespace feedmux
