#include <nlohmann/json.hpp>
#include <set>     // set
#include <string>  // string, to_string
#include <vector>  // vector

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

/// Refuses a key that its object has already: the parser would keep the last and say nothing.
class DuplicateKeys {
 public:
  explicit DuplicateKeys(const std::string& file) : file_(file) {}

  bool operator()(int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) {
      open_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      open_.pop_back();
    } else if (event == Json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!open_.back().insert(key).second) {
        throw FileError(file_ + ": \"" + key + "\" is there twice");
      }
    }
    return true;
  }

 private:
  const std::string& file_;
  std::vector<std::set<std::string>> open_;  // keys of the objects around the current place
};

}  // namespace

UniverseLists ReadJson(const Source& source) {
  try {
    const Json json = Json::parse(source.content, DuplicateKeys{source.file});
    return ReadTree(Convert(json, source.file, 0), source.stem);
  } catch (const Json::parse_error& error) {
    throw FileError(source.file + ": not valid JSON: " + error.what());
  }
}

}  // namespace feedmux::universe_file
