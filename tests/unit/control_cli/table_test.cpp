#include "cli/control/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace feedmux {
namespace {

using Align = Table::Align;

const Paint kInColour{true};

Table NamesAndCounts() { return Table{{{"NAME", Align::Left, true}, {"COUNT"}}}; }

TEST(Table, AlignsItsColumns) {
  Table table = NamesAndCounts();
  table.AddRow({{"redis"}, {"7"}});
  table.AddRow({{"x"}, {"123,456"}});
  EXPECT_EQ(table.Text(Paint{false}),
            "NAME     COUNT\n"
            "redis        7\n"
            "x      123,456\n");
}

TEST(Table, HasNoBlanksAtTheEndOfALine) {
  Table table{{{"A", Align::Left}, {"B", Align::Left}}};
  table.AddRow({{"x"}, {""}});
  EXPECT_EQ(table.Text(Paint{false}), "A  B\nx\n");
}

TEST(Table, PutsANoteUnderItsRow) {
  Table table = NamesAndCounts();
  table.AddRow({{"redis"}, {"7"}});
  table.AddNote({"is away"});
  EXPECT_EQ(table.Text(Paint{false}), "NAME   COUNT\nredis      7\n  is away\n");
}

TEST(Table, ColoursTextAndNotTheBlanksAroundIt) {
  Table table = NamesAndCounts();
  table.AddRow({{"a", Colour::Red}, {"7"}});
  EXPECT_EQ(table.Text(kInColour),
            "\x1b[2mNAME\x1b[0m  \x1b[2mCOUNT\x1b[0m\n\x1b[31ma\x1b[0m         7\n");
}

TEST(Table, CutsTheColumnThatMayBeCut) {
  Table table = NamesAndCounts();
  table.AddRow({{std::string(200, 'n')}, {"7"}});
  table.AddNote({std::string(200, '.')});
  std::istringstream lines{table.Text(Paint{false})};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), kTableWidth);
}

}  // namespace
}  // namespace feedmux
