#pragma once

#include <string>  // string
#include <vector>  // vector

#include "universe_lists.hpp"

namespace feedmux::universe_file {

/// What YAML and JSON have in common, so that both are read by the same rules.
struct TreeEntry;

struct TreeNode {
  enum class Type { Nothing, Text, Other, List, Map };

  Type type = Type::Nothing;
  std::string text;   ///< Text: itself; Other: as it stands in the file
  std::string where;  ///< for messages: file and line, or file and path
  std::vector<TreeNode> items;
  std::vector<TreeEntry> entries;  ///< of a map, in the file's order
};

struct TreeEntry {
  std::string key;
  TreeNode value;
};

/// Deeper than this no tree has a meaning; readers need not descend further.
inline constexpr int kDeepestTree = 6;

/// Throws FileError.
UniverseLists ReadTree(const TreeNode& root, const std::string& stem);

}  // namespace feedmux::universe_file
