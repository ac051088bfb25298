#pragma once

#include <string>       // string
#include <string_view>  // string_view

#include "universe_lists.hpp"

namespace feedmux::universe_file {

/// A file's content and how messages call it.
struct Source {
  std::string file;  ///< its path
  std::string stem;  ///< key of what the file gives no name
  std::string_view content;
};

/// Each reads a whole file and throws FileError for the first thing that is wrong.
///
/// YAML and JSON:
///     dow30: [AAPL, MSFT]             key dow30
///     market_leaders:
///       top_10: [AAPL, MSFT]          key market_leaders:top_10
/// A list alone is named after the file. An item may be a map that has the symbol as `ticker` or
/// `symbol`, and a list of such maps may stand as `stocks` in a map of its own, whose other
/// entries are passed over: {"dow30": {"stocks": [{"ticker": "AAPL", "name": "Apple"}]}}.
/// Symbols of the YAML are text whatever YAML would make of them: ON, TRUE and 1E5 stay as written.
UniverseLists ReadYaml(const Source& source);
UniverseLists ReadJson(const Source& source);

/// A header names the columns: `symbol` (or `ticker`) and, if wanted, `universe`; others are passed
/// over. Without a header the file has one column, the symbols. Lists without `universe` are named
/// after the file. Quotes as in RFC 4180; lines that begin with # are comments.
UniverseLists ReadCsv(const Source& source);

/// One symbol a line; # begins a comment. [name] begins a list; symbols before the first such line
/// are named after the file.
UniverseLists ReadText(const Source& source);

}  // namespace feedmux::universe_file
