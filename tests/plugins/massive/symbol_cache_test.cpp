#include "massive/symbol_cache.hpp"

#include <gtest/gtest.h>

#include <set>     // set
#include <string>  // string

#include "feedmux/testing/fake_host.hpp"

namespace feedmux::massive {
namespace {

/// Counts how often it is asked.
class CountingSymbols final : public Symbols {
 public:
  SymbolId Intern(std::string_view text) override {
    ++asked_;
    return full_ ? kNoSymbol : symbols_.Intern(text);
  }
  std::string_view Text(SymbolId id) const override { return symbols_.Text(id); }

  int asked() const { return asked_; }
  void SetFull(bool full) { full_ = full; }

 private:
  testing::FakeSymbols symbols_;
  int asked_ = 0;
  bool full_ = false;
};

SymbolId Find(SymbolCache& cache, std::string text) {
  const std::size_t size = text.size();
  text += "garbage behind the text";
  return cache.Find(std::string_view{text}.substr(0, size));
}

TEST(SymbolCache, AsksOnceForEachText) {
  CountingSymbols symbols;
  SymbolCache cache{symbols};
  std::set<SymbolId> ids;
  constexpr int kTexts = 5000;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < kTexts; ++i) {
      const std::string text(static_cast<std::size_t>(i % 40), 'x');
      const std::string symbol = std::to_string(i) + text;
      const SymbolId id = Find(cache, symbol);
      EXPECT_EQ(symbols.Text(id), symbol);
      ids.insert(id);
    }
  }
  EXPECT_EQ(symbols.asked(), kTexts);
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(kTexts));
}

TEST(SymbolCache, TellsTextsApartByEveryByteAndTheSize) {
  CountingSymbols symbols;
  SymbolCache cache{symbols};
  std::set<SymbolId> ids;
  for (std::size_t size = 1; size <= 40; ++size) {
    ids.insert(Find(cache, std::string(size, '\0')));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, '\0');
      text[at] = 'A';
      ids.insert(Find(cache, text));
    }
  }
  EXPECT_EQ(ids.size(), 40U + 40U * 41U / 2);
}

TEST(SymbolCache, DoesNotRememberThatTheTableWasFull) {
  CountingSymbols symbols;
  SymbolCache cache{symbols};
  symbols.SetFull(true);
  const std::string long_text(30, 'x');
  EXPECT_EQ(Find(cache, "A"), kNoSymbol);
  EXPECT_EQ(Find(cache, long_text), kNoSymbol);
  symbols.SetFull(false);
  EXPECT_EQ(symbols.Text(Find(cache, "A")), "A");
  EXPECT_EQ(symbols.Text(Find(cache, long_text)), long_text);
}

}  // namespace
}  // namespace feedmux::massive
