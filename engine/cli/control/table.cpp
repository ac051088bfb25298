#include "cli/control/table.hpp"

#include <algorithm>  // max, min
#include <numeric>    // accumulate

#include "cli/control/text.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 10;  // a name that is cut further says nothing
constexpr const char* kNoteIndent = "  ";

std::string Line(const std::vector<Table::Column>& columns, const std::vector<Table::Cell>& cells,
                 const std::vector<std::size_t>& widths, const Paint& paint) {
  std::string line;
  std::size_t pending = 0;  // blanks that are written only if something follows
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string text = Cut(cells[i].text, widths[i]);
    const std::size_t blanks = widths[i] - text.size();
    if (columns[i].align == Table::Align::Right) pending += blanks;
    if (!text.empty()) {
      line.append(pending, ' ') += paint(cells[i].colour, text);
      pending = 0;
    }
    if (columns[i].align == Table::Align::Left) pending += blanks;
    pending += kGap;
  }
  return line + "\n";
}

}  // namespace

std::vector<std::size_t> Table::Widths() const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(column.header.size());
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], row.cells[i].text.size());
    }
  }
  const std::size_t total =
      std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  for (std::size_t i = 0; i < columns_.size() && total > kTableWidth; ++i) {
    if (!columns_[i].may_be_cut) continue;
    const std::size_t narrowest = std::min(widths[i], kNarrowest);
    widths[i] -= std::min(total - kTableWidth, widths[i] - narrowest);
    break;
  }
  return widths;
}

std::string Table::Text(const Paint& paint) const {
  const std::vector<std::size_t> widths = Widths();
  std::vector<Cell> headers;
  for (const Column& column : columns_) headers.push_back({column.header, Colour::Dim});
  std::string text = Line(columns_, headers, widths, paint);
  for (const Row& row : rows_) {
    if (row.cells.empty()) {
      text += paint(row.note.colour, Cut(kNoteIndent + row.note.text, kTableWidth)) + "\n";
    } else {
      text += Line(columns_, row.cells, widths, paint);
    }
  }
  return text;
}

}  // namespace feedmux
