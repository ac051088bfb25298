#include "config/dotenv.hpp"

#include <fmt/format.h>

#include <algorithm>  // count, find_if
#include <optional>   // optional
#include <utility>    // move

#include "config/trim.hpp"
#include "config/utf8.hpp"
#include "config/variable_name.hpp"

namespace feedmux {
namespace {

constexpr std::string_view kBlanks = " \t";

char Unescaped(char c) { return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c; }

bool IsEscape(char c) { return std::string_view{"ntr\"\\$"}.find(c) != std::string_view::npos; }

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  Dotenv Parse() {
    while (!rest_.empty()) {
      ++line_;
      ParseLine();
    }
    return std::move(dotenv_);
  }

 private:
  void ParseLine() {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    std::string_view left = Trim(line, kBlanks);
    if (left.empty() || left[0] == '#') return Skip(line.size());
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return Refuse(line, "no NAME=value");
    const std::string_view name = NameIn(line.substr(0, equals));
    if (!IsVariableName(name)) return Refuse(line, "no valid name before the =");

    const std::size_t begin = line.find_first_not_of(kBlanks, equals + 1);
    if (begin == std::string_view::npos) return Take(name, "", line.size());
    const char quote = line[begin];
    if (quote == '"' || quote == '\'') return ParseQuoted(name, line, begin);
    Take(name, std::string{Trim(WithoutComment(line.substr(equals + 1)), kBlanks)}, line.size());
  }

  static std::string_view NameIn(std::string_view left) {
    constexpr std::string_view kExport = "export";
    left = Trim(left, kBlanks);
    if (left.substr(0, kExport.size()) == kExport && left.size() > kExport.size() &&
        kBlanks.find(left[kExport.size()]) != std::string_view::npos) {
      left = Trim(left.substr(kExport.size()), kBlanks);
    }
    return left;
  }

  static std::string_view WithoutComment(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const bool after_space = i == 0 || kBlanks.find(value[i - 1]) != std::string_view::npos;
      if (value[i] == '#' && after_space) return value.substr(0, i);
    }
    return value;
  }

  void ParseQuoted(std::string_view name, std::string_view line, std::size_t begin) {
    const char quote = rest_[begin];
    std::string value;
    std::size_t i = begin + 1;
    for (; i < rest_.size() && rest_[i] != quote; ++i) {
      const bool escape =
          quote == '"' && rest_[i] == '\\' && i + 1 < rest_.size() && IsEscape(rest_[i + 1]);
      value += escape ? Unescaped(rest_[++i]) : rest_[i];
    }
    if (i >= rest_.size()) return Refuse(line, "the quote has no end");
    const std::size_t end = std::min(rest_.find('\n', i), rest_.size());
    const std::string_view after = Trim(rest_.substr(i + 1, end - i - 1), kBlanks);
    if (!after.empty() && after[0] != '#') return Refuse(line, "text after the closing quote");
    Take(name, std::move(value), end);
  }

  void Take(std::string_view name, std::string value, std::size_t size) {
    if (FindInvalidUtf8(value) != std::string::npos) {
      Remark("a value that is not UTF-8");
      return Skip(size);
    }
    auto& variables = dotenv_.variables;
    const auto earlier =
        std::find_if(variables.begin(), variables.end(),
                     [&](const DotenvVariable& variable) { return variable.name == name; });
    if (earlier != variables.end()) {
      dotenv_.remarks.push_back(fmt::format(
          "line {} sets the same variable as line {}: the last one counts", line_, earlier->line));
      variables.erase(earlier);
    }
    variables.push_back({std::string{name}, std::move(value), line_});
    Skip(size);
  }

  void Refuse(std::string_view line, std::string_view why) {
    Remark(why);
    Skip(line.size());
  }

  void Remark(std::string_view why) {
    dotenv_.remarks.push_back(fmt::format("line {} is left out: {}", line_, why));
  }

  /// Goes on behind `size` bytes and the end of the line that follows them.
  void Skip(std::size_t size) {
    line_ +=
        static_cast<int>(std::count(rest_.begin(), rest_.begin() + static_cast<long>(size), '\n'));
    rest_.remove_prefix(std::min(size + 1, rest_.size()));
  }

  std::string_view rest_;
  int line_ = 0;
  Dotenv dotenv_;
};

}  // namespace

Dotenv ParseDotenv(std::string_view text) {
  const std::string normal = NormalizeText(text);
  return Parser{normal}.Parse();
}

}  // namespace feedmux
