#pragma once

#include <cstddef>  // size_t
#include <string>   // string
#include <vector>   // vector

#include "cli/control/paint.hpp"

namespace feedmux {

/// Lines of output are at most this long, unless that would leave nothing of their names.
inline constexpr std::size_t kTableWidth = 100;

/// Columns as wide as what they hold, two blanks between them. The column that may be cut gives way
/// if the table would be wider than kTableWidth.
class Table {
 public:
  enum class Align { Left, Right };
  struct Column {
    std::string header;
    Align align = Align::Right;
    bool may_be_cut = false;
  };
  struct Cell {
    std::string text;
    Colour colour = Colour::None;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void AddRow(std::vector<Cell> cells) { rows_.push_back({std::move(cells), {}}); }

  /// A line of its own under the last row.
  void AddNote(Cell note) { rows_.push_back({{}, std::move(note)}); }

  std::string Text(const Paint& paint) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    Cell note;  ///< where there are no cells
  };

  std::vector<std::size_t> Widths() const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace feedmux
