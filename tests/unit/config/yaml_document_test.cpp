#include "config/yaml_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Parsed {
 public:
  explicit Parsed(std::string_view text) : document_(text, "c.yaml", collector_) {
    for (const Problem& problem : collector_.TakeSorted()) problems_.push_back(ToString(problem));
  }

  const YamlNode* root() const { return document_.root(); }
  const std::vector<std::string>& problems() const { return problems_; }

  const YamlNode& operator[](std::string_view key) const { return *root()->Find(key)->value; }

  std::string PlaceOf(std::string_view key) const {
    const Location at = document_.At((*this)[key].place);
    return std::to_string(at.line) + ":" + std::to_string(at.column);
  }

 private:
  Problems collector_;
  YamlDocument document_;
  std::vector<std::string> problems_;
};

std::vector<std::string> ProblemsOf(std::string_view text) { return Parsed{text}.problems(); }

TEST(YamlDocument, KeepsScalarsAsTheyAreWritten) {
  const Parsed parsed{"{a: ON, b: 010, c: \"1e5\", d: no, e: 1.50}"};
  EXPECT_EQ(parsed["a"].text, "ON");
  EXPECT_EQ(parsed["b"].text, "010");
  EXPECT_EQ(parsed["c"].text, "1e5");
  EXPECT_EQ(parsed["d"].text, "no");
  EXPECT_EQ(parsed["e"].text, "1.50");
}

TEST(YamlDocument, KnowsPlacesInCharacters) {
  const Parsed parsed{"# é\n\"é\": 1\nb: {\"ü\": 1}\nc: é\n\"éé\": x\n"};
  EXPECT_EQ(parsed.PlaceOf("é"), "2:6");
  EXPECT_EQ(parsed.PlaceOf("éé"), "5:7");
}

TEST(YamlDocument, ReadsFilesFromWindows) {
  const Parsed parsed{"\xEF\xBB\xBF# c\r\na: 1\r\nb:\r\n  - x\r\n"};
  EXPECT_THAT(parsed.problems(), IsEmpty());
  EXPECT_EQ(parsed.PlaceOf("a"), "2:4");
  EXPECT_EQ(parsed["b"].items[0]->text, "x");
}

TEST(YamlDocument, PlacesAMissingValueAtItsKey) {
  EXPECT_EQ(Parsed{"a:\nb: 1\n"}.PlaceOf("a"), "1:1");
}

TEST(YamlDocument, HasARootWithoutContent) {
  for (const char* text : {"", "\n", "# only a comment\n", "---\n"}) {
    const Parsed parsed{text};
    ASSERT_TRUE(parsed.root()) << text;
    EXPECT_EQ(parsed.root()->type, YamlNode::Type::Null) << text;
  }
}

TEST(YamlDocument, FollowsAliases) {
  const Parsed parsed{"a: &x [1, 2]\nb: *x\n"};
  ASSERT_EQ(parsed["b"].items.size(), 2U);
  EXPECT_EQ(parsed["b"].items[1]->text, "2");
}

TEST(YamlDocument, MergesMapsAndLetsTheMapsOwnKeysWin) {
  const Parsed parsed{"x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {<<: [*x, *y], a: 5}\n"};
  const YamlNode& z = parsed["z"];
  ASSERT_EQ(z.entries.size(), 3U);
  EXPECT_EQ(z.Find("a")->value->text, "5");
  EXPECT_EQ(z.Find("b")->value->text, "2");
  EXPECT_EQ(z.Find("c")->value->text, "4");
}

TEST(YamlDocument, TellsWhereTheYamlIsWrong) {
  EXPECT_THAT(ProblemsOf("a: b: c"), ElementsAre("c.yaml:1:5: not valid YAML: illegal map value"));
  EXPECT_THAT(ProblemsOf("a:\n  - b\n\tc: d\n"),
              ElementsAre("c.yaml:3:1: not valid YAML: illegal tab when looking for indentation"));
  EXPECT_THAT(ProblemsOf("a: *x"),
              ElementsAre("c.yaml:1:4: not valid YAML: the referenced anchor is not defined"));
}

TEST(YamlDocument, HintsAtUnquotedReferencesWithinBraces) {
  EXPECT_THAT(ProblemsOf("{a: ${X}}"),
              ElementsAre("c.yaml:1:6: not valid YAML: end of map flow not found; within [...] and "
                          "{...}, put ${VAR} in quotes"));
}

TEST(YamlDocument, RefusesDoubledAndStrangeKeys) {
  EXPECT_THAT(ProblemsOf("a: 1\na: 2\n? [x]\n: 3\n~: 4\n"),
              ElementsAre("c.yaml:2:1: the key \"a\" is given twice, first in line 1",
                          "c.yaml:3:3: expected text as a key, found a list",
                          "c.yaml:5:1: expected text as a key, found nothing (null)"));
}

TEST(YamlDocument, RefusesTags) {
  EXPECT_THAT(ProblemsOf("{a: !!str 1, b: !env X}"),
              ElementsAre("c.yaml:1:17: expected a value without a tag, found the tag \"!env\""));
}

TEST(YamlDocument, RefusesASecondDocument) {
  EXPECT_THAT(ProblemsOf("---\na: 1\n---\nb: 2\n"),
              ElementsAre("c.yaml:3:1: expected one YAML document, found a second one"));
}

TEST(YamlDocument, RefusesToMergeWhatIsNoMap) {
  EXPECT_THAT(
      ProblemsOf("<<: [{a: 1}, 2, [3]]\n"),
      ElementsAre("c.yaml:1:14: expected a map or a list of maps to merge with <<, found text",
                  "c.yaml:1:17: expected a map to merge with <<, found a list"));
}

TEST(YamlDocument, RefusesWhatIsNoUtf8) {
  EXPECT_THAT(ProblemsOf("a: 1\nb: \xE9\n"),
              ElementsAre("c.yaml:2:4: expected UTF-8, found the byte 0xe9"));
  EXPECT_THAT(ProblemsOf(std::string_view{"\xFF\xFE\x61\x00", 4}),
              ElementsAre("c.yaml:1:1: expected UTF-8, found UTF-16; save the file as UTF-8"));
}

TEST(YamlDocument, RefusesControlCharacters) {
  EXPECT_THAT(ProblemsOf("a: 1\n\x04\nb: 2\n"),
              ElementsAre("c.yaml:2:1: expected text, found the control character 0x04"));
  EXPECT_THAT(ProblemsOf(std::string_view{"a: \0", 4}),
              ElementsAre("c.yaml:1:4: expected text, found the control character 0x00"));
}

TEST(YamlDocument, RefusesAnAliasOfItself) {
  EXPECT_THAT(ProblemsOf("&a [*a]"),
              ElementsAre("c.yaml:1:5: this alias stands within what it stands for"));
}

TEST(YamlDocument, RefusesAliasesThatWouldFillTheMemory) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string name = "a" + std::to_string(i);
    bomb += name + ": &" + name + " [";
    for (int j = 0; j < 10; ++j) bomb += (j ? ", *a" : "*a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  EXPECT_THAT(ProblemsOf(bomb), ElementsAre(StartsWith("c.yaml:6:45: too large: at most 1000000")));
}

TEST(YamlDocument, MergesManyMapsInNoTime) {
  std::string text = "a: &a {x: 1}\nb:\n  <<: [*a";
  for (int i = 0; i < 50'000; ++i) text += ", *a";
  text += "]\n";
  for (int i = 0; i < 50'000; ++i) text += "  k" + std::to_string(i) + ": v\n";
  EXPECT_EQ(Parsed{text}["b"].entries.size(), 50'001U);
}

TEST(YamlDocument, RefusesToNestDeeply) {
  const std::string deep = std::string(33, '[') + std::string(33, ']');
  EXPECT_THAT(ProblemsOf(deep),
              ElementsAre("c.yaml:1:33: nested too deeply; at most 32 levels are read"));
}

TEST(YamlDocument, RefusesToNestDeeplyThroughAliases) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string name = "a" + std::to_string(i);
    text += name + ": &" + name + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_THAT(ProblemsOf(text), ElementsAre(StartsWith("c.yaml:32:6: nested too deeply")));
}

TEST(YamlDocument, RefusesHugeFiles) {
  EXPECT_THAT(ProblemsOf(std::string(YamlDocument::kMaxBytes + 1, ' ')),
              ElementsAre("c.yaml:1:1: expected at most 4194304 bytes, found 4194305"));
}

}  // namespace
}  // namespace feedmux
