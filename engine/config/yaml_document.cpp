#include "config/yaml_document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>  // upper_bound, min, max
#include <sstream>    // istringstream
#include <utility>    // move

#include "config/utf8.hpp"
#include "config/yaml_tree_builder.hpp"

namespace feedmux {
namespace {

bool IsUtf16(std::string_view text) {
  return text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF";
}

}  // namespace

std::string_view Name(YamlNode::Type type) {
  switch (type) {
    case YamlNode::Type::Null:
      return "nothing (null)";
    case YamlNode::Type::Text:
      return "text";
    case YamlNode::Type::List:
      return "a list";
    case YamlNode::Type::Map:
      return "a map";
  }
  return "something else";
}

const YamlEntry* YamlNode::Find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

YamlDocument::YamlDocument(std::string_view text, std::string file, Problems& problems)
    : file_(std::move(file)) {
  if (text.size() > kMaxBytes) {
    problems.Error({file_, 1, 1}, "",
                   fmt::format("expected at most {} bytes, found {}", kMaxBytes, text.size()));
    return;
  }
  text_ = NormalizeText(text);
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
  if (CheckCharacters(problems)) Parse(problems);
}

Location YamlDocument::At(Place place) const {
  if (line_starts_.empty()) return {file_, 1, 1};
  const auto last = static_cast<int>(line_starts_.size()) - 1;
  const auto line = static_cast<std::size_t>(std::clamp(place.line, 0, last));
  const std::size_t begin = line_starts_[line];
  const auto column = static_cast<std::size_t>(std::max(place.column, 0));
  const std::size_t bytes = std::min(column, text_.size() - begin);
  const std::size_t characters = CountCharacters(std::string_view{text_}.substr(begin, bytes));
  return {file_, static_cast<int>(line) + 1, static_cast<int>(characters) + 1};
}

/// yaml-cpp would take some control characters for the end of the file, and passes on bytes that
/// are no characters.
bool YamlDocument::CheckCharacters(Problems& problems) const {
  const std::size_t invalid = FindInvalidUtf8(text_);
  if (invalid != std::string::npos) {
    problems.Error(At(PlaceOf(invalid)), "",
                   IsUtf16(text_) ? "expected UTF-8, found UTF-16; save the file as UTF-8"
                                  : fmt::format("expected UTF-8, found the byte 0x{:02x}",
                                                static_cast<unsigned char>(text_[invalid])));
    return false;
  }
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text_[i]);
    if ((byte >= 0x20 && byte != 0x7F) || byte == '\n' || byte == '\t') continue;
    problems.Error(At(PlaceOf(i)), "",
                   fmt::format("expected text, found the control character 0x{:02x}", byte));
    return false;
  }
  return true;
}

Place YamlDocument::PlaceOf(std::size_t offset) const {
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = next - line_starts_.begin() - 1;
  return {static_cast<int>(line),
          static_cast<int>(offset - line_starts_[static_cast<std::size_t>(line)])};
}

void YamlDocument::Parse(Problems& problems) {
  YamlTreeBuilder builder{*this, problems};
  Place place;
  std::string what;
  try {
    std::istringstream stream{text_};
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(builder)) {
    }
    root_ = builder.root() ? builder.root() : std::make_shared<const YamlNode>();
    return;
  } catch (const YamlRefused& refused) {
    place = refused.place();
    what = refused.what();
  } catch (const YAML::Exception& error) {
    place = {error.mark.line, error.mark.column};
    what = "not valid YAML: " + error.msg;
    if (error.msg.find("flow") != std::string::npos && text_.find("${") != std::string::npos) {
      what += "; within [...] and {...}, put ${VAR} in quotes";
    }
  }
  problems.Error(At(place), "", std::move(what));
}

}  // namespace feedmux
