#include <algorithm>  // min
#include <string>     // string, to_string

#include "readers.hpp"
#include "universe/check_text.hpp"

namespace feedmux::universe_file {

using universe::KeyProblem;
using universe::Quoted;
using universe::SymbolProblem;
using universe::Trimmed;

UniverseLists ReadText(const Source& source) {
  UniverseLists lists;
  std::string key = source.stem;
  std::string_view rest = source.content;
  for (int number = 1; !rest.empty(); ++number) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const std::string_view whole = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view line = Trimmed(whole.substr(0, whole.find('#')));
    if (line.empty()) continue;

    const auto fail = [&](const std::string& problem) {
      throw FileError(source.file + ":" + std::to_string(number) + ": " + problem);
    };
    if (line.front() == '[') {
      if (line.back() != ']') fail("expected [name of a universe], found " + Quoted(line));
      key = Trimmed(line.substr(1, line.size() - 2));
      if (const auto problem = KeyProblem(key); !problem.empty()) fail(problem);
      if (!lists.Open(key)) fail("universe " + Quoted(key) + " is there twice");
    } else {
      if (const auto problem = SymbolProblem(line); !problem.empty()) fail(problem);
      lists.Add(key, std::string{line});
    }
  }
  if (lists.universes().empty()) {
    throw FileError(source.file + ": expected symbols, found nothing");
  }
  return lists;
}

}  // namespace feedmux::universe_file
