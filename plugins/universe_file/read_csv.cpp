#include <algorithm>  // max, min, transform
#include <cctype>     // tolower
#include <string>     // string, to_string
#include <vector>     // vector

#include "readers.hpp"
#include "universe/check_text.hpp"

namespace feedmux::universe_file {

using universe::KeyProblem;
using universe::Quoted;
using universe::SymbolProblem;
using universe::Trimmed;

namespace {

struct Row {
  int line = 0;  // where it begins
  std::vector<std::string> fields;
};

class CsvRows {
 public:
  explicit CsvRows(const Source& source) : source_(source), rest_(source.content) {}

  // False at the end. Rows that are empty or a comment are passed over.
  bool Next(Row& row) {
    while (!rest_.empty()) {
      row.line = line_;
      row.fields.clear();
      if (rest_.front() == '#') {
        SkipLine();
        continue;
      }
      ReadRow(row);
      if (row.fields.size() > 1 || !row.fields.front().empty()) return true;
    }
    return false;
  }

  std::string Where(int line) const { return source_.file + ":" + std::to_string(line); }

 private:
  void SkipLine() {
    const auto end = rest_.find('\n');
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++line_;
  }

  void ReadRow(Row& row) {
    while (true) {
      const auto start = rest_.find_first_not_of(" \t");
      const bool is_quoted = start != std::string_view::npos && rest_[start] == '"';
      row.fields.push_back(is_quoted ? QuotedField(start) : PlainField());
      if (rest_.empty()) return;
      const char separator = rest_.front();
      rest_.remove_prefix(1);
      if (separator == '\n') {
        ++line_;
        return;
      }
    }
  }

  std::string PlainField() {
    const auto end = std::min(rest_.find_first_of(",\n"), rest_.size());
    const std::string field{Trimmed(rest_.substr(0, end))};
    rest_.remove_prefix(end);
    return field;
  }

  std::string QuotedField(std::size_t quote) {
    const int from_line = line_;
    rest_.remove_prefix(quote + 1);
    std::string field;
    while (true) {
      if (rest_.empty()) throw FileError(Where(from_line) + ": a quote is not closed");
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\n') ++line_;
      if (c != '"') {
        field += c;
      } else if (!rest_.empty() && rest_.front() == '"') {
        field += '"';
        rest_.remove_prefix(1);
      } else {
        break;
      }
    }
    const auto end = std::min(rest_.find_first_of(",\n"), rest_.size());
    if (!Trimmed(rest_.substr(0, end)).empty()) {
      throw FileError(Where(line_) + ": expected a comma or the end of the line after a quote");
    }
    rest_.remove_prefix(end);
    return field;
  }

  const Source& source_;
  std::string_view rest_;
  int line_ = 1;
};

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Columns {
  std::size_t symbol = kNone;
  std::size_t universe = kNone;
};

Columns ColumnsOf(const Row& header) {
  Columns columns;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string name = Lower(header.fields[i]);
    if (columns.symbol == kNone && (name == "symbol" || name == "ticker")) columns.symbol = i;
    if (columns.universe == kNone && name == "universe") columns.universe = i;
  }
  return columns;
}

}  // namespace

UniverseLists ReadCsv(const Source& source) {
  CsvRows rows{source};
  UniverseLists lists;
  Row row;
  if (!rows.Next(row)) throw FileError(source.file + ": expected symbols, found nothing");
  Columns columns = ColumnsOf(row);
  bool has_row = true;
  if (columns.symbol != kNone) {
    has_row = rows.Next(row);
  } else if (row.fields.size() == 1) {
    columns.symbol = 0;
  } else {
    throw FileError(rows.Where(row.line) +
                    ": expected a header with the columns 'symbol' and 'universe', found " +
                    Quoted(row.fields.front()) + ", " + Quoted(row.fields[1]));
  }
  for (; has_row; has_row = rows.Next(row)) {
    const std::size_t needed =
        1 +
        (columns.universe == kNone ? columns.symbol : std::max(columns.symbol, columns.universe));
    if (row.fields.size() < needed) {
      throw FileError(rows.Where(row.line) + ": expected at least " + std::to_string(needed) +
                      " columns, found " + std::to_string(row.fields.size()));
    }
    const std::string& key = columns.universe == kNone ? source.stem : row.fields[columns.universe];
    const std::string& symbol = row.fields[columns.symbol];
    for (const std::string& problem : {KeyProblem(key), SymbolProblem(symbol)}) {
      if (!problem.empty()) throw FileError(rows.Where(row.line) + ": " + problem);
    }
    lists.Add(key, symbol);
  }
  return lists;
}

}  // namespace feedmux::universe_file
