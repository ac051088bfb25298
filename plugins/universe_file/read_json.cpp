#include <nlohmann/json.hpp>
#include <string>  // string, to_string

#include "read_tree.hpp"
#include "readers.hpp"

namespace feedmux::universe_file {

namespace {

using Json = nlohmann::ordered_json;

TreeNode Convert(const Json& json, const std::string& where, int depth) {
  TreeNode tree;
  tree.where = where;
  if (json.is_string()) {
    tree.type = TreeNode::Type::Text;
    tree.text = json.get<std::string>();
  } else if (json.is_array()) {
    tree.type = TreeNode::Type::List;
    if (depth == kDeepestTree) return tree;
    for (std::size_t i = 0; i < json.size(); ++i) {
      tree.items.push_back(Convert(json[i], where + "[" + std::to_string(i) + "]", depth + 1));
    }
  } else if (json.is_object()) {
    tree.type = TreeNode::Type::Map;
    if (depth == kDeepestTree) return tree;
    const std::string separator = depth == 0 ? ": " : ".";
    for (const auto& [name, value] : json.items()) {
      tree.entries.push_back({name, Convert(value, where + separator + name, depth + 1)});
    }
  } else if (!json.is_null()) {
    tree.type = TreeNode::Type::Other;
    tree.text = json.dump();
  }
  return tree;
}

}  // namespace

UniverseLists ReadJson(const Source& source) {
  try {
    const Json json = Json::parse(source.content);
    return ReadTree(Convert(json, source.file, 0), source.stem);
  } catch (const Json::parse_error& error) {
    throw FileError(source.file + ": not valid JSON: " + error.what());
  }
}

}  // namespace feedmux::universe_file
