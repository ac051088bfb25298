#include <gtest/gtest.h>

#include <algorithm>    // count
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

constexpr auto kMalformed = RejectReason::Malformed;
constexpr auto kInvalidUtf8 = RejectReason::InvalidUtf8;

/// `frame` with A, B and C standing for three good events.
std::string Filled(const std::string& frame) {
  std::string filled;
  for (const char c : frame) {
    if (c >= 'A' && c <= 'C') {
      filled += R"({"ev":"T","sym":")" + std::string{c} + R"(","p":1,"c":[1],"q":2})";
    } else {
      filled += c;
    }
  }
  return filled;
}

std::string SymbolsOf(const Decoding& decoding) {
  std::string symbols;
  for (const Tick& tick : decoding.ticks()) symbols += decoding.Symbol(tick);
  return symbols;
}

struct Damaged {
  std::string frame;  ///< see Filled
  std::string symbols;
  std::uint64_t malformed;
};

TEST(DamagedFrame, CostsOnlyTheEventsThatAreDamaged) {
  const std::vector<Damaged> cases = {
      {"[A,B,C]", "ABC", 0},
      // around the events
      {"[A,B,C", "ABC", 1},
      {"A,B,C]", "ABC", 1},
      {"[A,B,C]]", "ABC", 1},
      {"[A,B,C]x", "ABC", 1},
      {"[A,B,C][]", "ABC", 1},
      {"[A,B,C],", "ABC", 1},
      {"[A,B][C]", "ABC", 1},
      {"[A B C]", "ABC", 1},
      {"[A,,B,C]", "ABC", 1},
      {"[A,B,C,]", "ABC", 1},
      {"[,A,B,C]", "ABC", 1},
      {"[A;B,C]", "ABC", 1},
      {"[A,B,C}", "ABC", 1},
      {"A]", "A", 1},
      {"A B", "AB", 1},
      {"x[A,B]", "AB", 1},
      {"[A,xyz,B]", "AB", 1},
      {"[A,'B',C]", "AC", 1},
      // elements that are no objects
      {"[A,42,B]", "AB", 1},
      {"[A,\"x\",B,null,true]", "AB", 3},
      {"[A,[B],C]", "AC", 1},
      {"[[A,B,C]]", "", 1},
      {"42", "", 1},
      {"\"x\"", "", 1},
      {"null", "", 1},
      // within an event
      {R"([A,{"ev":"T","sym":"X","p":1 "s":2},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","p":1,},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X",,"p":1},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","p":},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","p"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","p":1,B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","p":1],B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","c":[1,2},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","c":[1,]},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","c":[1 2]},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X,"p":1},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","i":"1},B,C])", "ABC", 1},
      {R"([A,{"ev:"T","sym":"X","p":1},B])", "AB", 1},
      {R"([A,{ev":"T","sym":"X","p":1},B])", "AB", 1},
      {R"([A,{"ev":"T" "sym":"X"},B])", "AB", 1},
      {R"([A,{"ev" "T","sym":"X"},B])", "AB", 1},
      {R"([A,{"ev","T","sym":"X"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X\q"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X\u12G4"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X\ud800"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X\udc00"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","new":"\q"},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","\q":1},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","new":nul},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","new":{"ev":"T","sym":"Y" 1}},B])", "AB", 1},
      {R"([A,{"ev":"T","sym":"X","new":[{"ev":"T","sym":"Y"},{"ev":"T","sym":"Z"} 1]},B])", "AB",
       1},
      {"[A,{\"ev\":\"T\",\"sym\":\"X\n\"},B]", "AB", 1},
      {R"([A,{not json},B])", "AB", 1},
      {R"([A,{,B])", "AB", 1},
      {R"([{"ev":"T","sym":"X")", "", 1},
      {R"([A,{"ev":"T","sym":"X"p":1},{"ev":"T","sym":"X,"p":1},B])", "AB", 2},
      {R"([A,{"sym":"X" "ev":"T"},{"sym":"Y","ev":"T"}])", "AY", 1},
      // garbage
      {"{not json]][", "", 1},
      {"[", "", 1},
      {"]", "", 1},
      {"{", "", 1},
      {"}", "", 1},
      {"\"", "", 1},
      {"[[[[", "", 1},
      {"]][[", "", 1},
      {"{\"", "", 1},
      {"[{\"ev\":", "", 1},
      {"\\", "", 1},
      {",,,,", "", 1},
      {std::string("\0", 1), "", 1},
      {"[A" + std::string("\0", 1) + ",B]", "AB", 1},
      {"[A,B]" + std::string("\0", 1), "AB", 1},
  };
  for (const Damaged& damaged : cases) {
    const Decoding decoding{Filled(damaged.frame)};
    EXPECT_EQ(SymbolsOf(decoding), damaged.symbols) << damaged.frame;
    EXPECT_EQ(decoding.Rejected(kMalformed), damaged.malformed) << damaged.frame;
    EXPECT_EQ(decoding.batch().RejectedCount(), damaged.malformed) << damaged.frame;
  }
}

TEST(DamagedFrame, CostsOnlyTheEventsThatAreNoUtf8) {
  for (const char* bytes : {"\xFF", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
    const std::string event = R"({"ev":"T","sym":"X","new":")" + std::string{bytes} + "\"}";
    const Decoding decoding{Filled("[A,") + event + Filled(",B]")};
    EXPECT_EQ(SymbolsOf(decoding), "AB");
    EXPECT_EQ(decoding.Rejected(kInvalidUtf8), 1U);
    EXPECT_EQ(decoding.batch().RejectedCount(), 1U);
  }
}

TEST(DamagedFrame, MayBeDamagedTwice) {
  const Decoding decoding{Filled("[A,{\"ev\":\"T\",\"sym\":\"\xFF\"},{\"ev\":\"T\" 1},B")};
  EXPECT_EQ(SymbolsOf(decoding), "AB");
  EXPECT_EQ(decoding.Rejected(kInvalidUtf8), 1U);
  EXPECT_EQ(decoding.Rejected(kMalformed), 1U);
}

TEST(DamagedFrame, GivesEveryStatusOnce) {
  const std::string status = R"({"ev":"status","status":"success","message":"m"})";
  const Decoding decoding{"[" + status + Filled(",A,{\"ev\":\"T\" 1},") + status};
  EXPECT_EQ(decoding.statuses().size(), 2U);
  EXPECT_EQ(SymbolsOf(decoding), "A");
}

TEST(DamagedFrame, OfGarbageFromALiveServerIsNoTick) {
  const Decoding elements{CorpusFrame("bad_elements")};
  EXPECT_EQ(elements.batch().events, 4U);
  EXPECT_EQ(elements.ticks().size(), 1U);
  EXPECT_EQ(elements.ticks()[0].kind, Kind::Other);
  EXPECT_EQ(elements.Rejected(RejectReason::WrongType), 1U);
  EXPECT_EQ(elements.Rejected(kMalformed), 1U);
  EXPECT_EQ(elements.Rejected(RejectReason::MissingField), 1U);
}

TEST(DamagedFrame, NestedTooDeepIsMalformed) {
  const auto nested = [](int depth) {
    return R"([{"ev":"T","sym":"X","new":)" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + R"(},{"ev":"T","sym":"A"}])";
  };
  EXPECT_EQ(SymbolsOf(Decoding{nested(60)}), "XA");
  EXPECT_EQ(SymbolsOf(Decoding{nested(100)}), "A");
  EXPECT_EQ(SymbolsOf(Decoding{nested(100000)}), "A");
}

std::vector<std::string> GoodEvents() {
  std::vector<std::string> events;
  for (const char* name : {"stocks_t_fraction", "stocks_q", "stocks_a_decimal", "stocks_luld",
                           "stocks_noi_live", "stocks_fmv", "crypto_xl2", "type_last"}) {
    events.push_back(EventOf(CorpusFrame(name)));
  }
  return events;
}

TEST(TruncatedFrame, GivesTheEventsThatAreWholeAndNoOther) {
  const std::vector<std::string> events = GoodEvents();
  std::string frame = "[";
  std::vector<std::size_t> ends;
  for (const std::string& event : events) {
    if (!ends.empty()) frame += ',';
    frame += event;
    ends.push_back(frame.size());
  }
  for (std::size_t size = 0; size <= frame.size(); ++size) {
    const Decoding decoding{frame.substr(0, size)};
    std::size_t whole = 0;
    while (whole < ends.size() && ends[whole] <= size) ++whole;
    ASSERT_EQ(decoding.ticks().size(), whole) << size;
    for (std::size_t i = 0; i < whole; ++i) EXPECT_EQ(decoding.ticks()[i].Raw(), events[i]);
    EXPECT_EQ(decoding.batch().RejectedCount(), 1U) << size;
  }
}

/// One of each class that JSON knows, and what stands for itself in the frames.
constexpr std::string_view kTellingBytes{"{}[],:\"\\ \n\0\x1F\x7F\x80\xC3\xFF-+.eE019aAtnfTQu", 32};

void ExpectOthersUnharmed(const std::string& before, const std::string& event,
                          const std::string& after) {
  const std::string good = "[" + before + "," + event + "," + after + "]";
  const std::size_t begin = 1 + before.size() + 1;
  const std::size_t end = begin + event.size();
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : kTellingBytes) {
      std::string frame = good;
      frame[at] = byte;
      if (frame == good) continue;
      const Decoding decoding{frame};
      std::vector<std::string_view> raws;
      for (const Tick& tick : decoding.ticks()) raws.push_back(tick.Raw());
      const auto flows = [&raws](const std::string& raw) {
        return std::count(raws.begin(), raws.end(), raw) == 1;
      };
      const bool in_before = at > 0 && at < 1 + before.size();
      const bool in_event = at >= begin && at < end;
      const bool in_after = at > end && at < good.size() - 1;
      ASSERT_TRUE(in_before || flows(before)) << at << ' ' << frame;
      ASSERT_TRUE(in_event || flows(event)) << at << ' ' << frame;
      ASSERT_TRUE(in_after || flows(after)) << at << ' ' << frame;
      ASSERT_LE(raws.size(), 3U) << at << ' ' << frame;
      if (!nlohmann::json::accept(frame)) {
        ASSERT_GE(decoding.batch().RejectedCount(), 1U) << at << ' ' << frame;
        ASSERT_LE(decoding.batch().RejectedCount(), 2U) << at << ' ' << frame;
      }
    }
  }
}

TEST(CorruptedFrame, LosesNoEventButTheOneWithTheCorruptedByte) {
  const std::vector<std::string> events = {EventOf(CorpusFrame("stocks_t_fraction")),
                                           EventOf(CorpusFrame("stocks_q")),
                                           EventOf(CorpusFrame("stocks_noi"))};
  ExpectOthersUnharmed(events[0], events[1], events[2]);
}

TEST(CorruptedFrame, MayHaveTheTypeLast) {
  ExpectOthersUnharmed(R"({"sym":"A","p":1,"ev":"T"})", R"({"sym":"B","i":"x","ev":"T"})",
                       R"({"sym":"C","ev":"T","c":[1]})");
}

}  // namespace
}  // namespace feedmux::massive
