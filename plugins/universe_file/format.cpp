#include "format.hpp"

#include <algorithm>  // transform
#include <cctype>     // tolower
#include <string>     // string

#include "universe/check_text.hpp"

namespace feedmux::universe_file {

using universe::Trimmed;

namespace {

std::string_view FirstLine(std::string_view content) {
  while (!content.empty()) {
    const auto end = content.find('\n');
    const std::string_view line = Trimmed(content.substr(0, end));
    if (!line.empty() && line.front() != '#') return line;
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
  }
  return {};
}

Format DetectByContent(std::string_view content) {
  const std::string_view line = FirstLine(content);
  if (line.empty()) return Format::Text;
  const bool is_section = line.front() == '[' && line.size() > 2 && line.back() == ']' &&
                          line.find_first_of("\",") == std::string_view::npos;
  if (is_section) return Format::Text;
  if (line.front() == '{' || line.front() == '[') return Format::Json;
  if (line.substr(0, 2) == "- " || line.substr(0, 3) == "---") return Format::Yaml;
  if (line.back() == ':' || line.find(": ") != std::string_view::npos) return Format::Yaml;
  if (line.find(',') != std::string_view::npos) return Format::Csv;
  return Format::Text;
}

}  // namespace

Format DetectFormat(const std::filesystem::path& path, std::string_view content) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".yaml" || extension == ".yml") return Format::Yaml;
  if (extension == ".json") return Format::Json;
  if (extension == ".csv") return Format::Csv;
  if (extension == ".txt" || extension == ".text" || extension == ".list" || extension == ".lst") {
    return Format::Text;
  }
  return DetectByContent(content);
}

}  // namespace feedmux::universe_file
