#pragma once

#include <cstddef>      // size_t
#include <memory>       // shared_ptr
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/location.hpp"
#include "config/problem.hpp"

namespace feedmux {

/// A place in a document, both from 0, the column in bytes. YamlDocument::At makes it readable.
struct Place {
  int line = 0;
  int column = 0;
};

struct YamlNode;

struct YamlEntry {
  std::string key;
  Place key_place;
  std::shared_ptr<const YamlNode> value;
};

/// One value of a parsed document. Scalars keep their text: `ON`, `1e5` and `"1e5"` are what was
/// written, and whoever asks for a number or a boolean reads it from there.
struct YamlNode {
  enum class Type { Null, Text, List, Map };

  Type type = Type::Null;
  Place place;
  std::string text;                                    ///< Text
  std::vector<std::shared_ptr<const YamlNode>> items;  ///< List
  std::vector<YamlEntry> entries;  ///< Map: in the file's order, each key once, merge keys resolved
  std::size_t size = 1;            ///< nodes in here, those behind aliases counted each time
  std::size_t height = 1;          ///< levels in here

  /// Null if there is no such key.
  const YamlEntry* Find(std::string_view key) const;
};

/// What a message calls it: "a map".
std::string_view Name(YamlNode::Type type);

/// A parsed text: YAML 1.2 with anchors, aliases and merge keys (`<<`), one document, no tags but
/// the standard ones.
class YamlDocument {
 public:
  static constexpr std::size_t kMaxBytes = 4 << 20;
  static constexpr std::size_t kMaxNodes = 1'000'000;  ///< with aliases written out
  static constexpr std::size_t kMaxHeight = 32;

  /// Never throws for what the text holds: what is wrong with it is added to `problems`. `file` is
  /// the name for messages.
  YamlDocument(std::string_view text, std::string file, Problems& problems);

  /// Null if the text could not be parsed; a node of type Null if there is nothing in it.
  const YamlNode* root() const { return root_.get(); }

  Location At(Place place) const;

 private:
  bool CheckCharacters(Problems& problems) const;
  Place PlaceOf(std::size_t offset) const;
  void Parse(Problems& problems);

  std::string file_;
  std::string text_;                      // without byte order mark, lines end in \n
  std::vector<std::size_t> line_starts_;  // offsets in text_
  std::shared_ptr<const YamlNode> root_;
};

}  // namespace feedmux
