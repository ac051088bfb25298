#include <yaml-cpp/yaml.h>

#include <string>       // string, to_string
#include <string_view>  // string_view

#include "read_tree.hpp"
#include "readers.hpp"

namespace feedmux::universe_file {

namespace {

class YamlTree {
 public:
  explicit YamlTree(const Source& source) : source_(source) {}

  TreeNode Convert(const YAML::Node& node, int depth = 0) const {
    TreeNode tree;
    tree.where = Where(node.Mark());
    switch (node.Type()) {
      case YAML::NodeType::Scalar:
        tree.type = TreeNode::Type::Text;
        tree.text = node.Scalar();
        break;
      case YAML::NodeType::Sequence:
        tree.type = TreeNode::Type::List;
        if (depth == kDeepestTree) break;
        for (const YAML::Node& item : node) tree.items.push_back(Convert(item, depth + 1));
        break;
      case YAML::NodeType::Map:
        tree.type = TreeNode::Type::Map;
        if (depth == kDeepestTree) break;
        for (const auto& entry : node) {
          const TreeNode key = Convert(entry.first, depth + 1);
          if (key.type != TreeNode::Type::Text) {
            throw FileError(key.where + ": expected the name of a universe");
          }
          tree.entries.push_back({key.text, Convert(entry.second, depth + 1)});
        }
        break;
      case YAML::NodeType::Null:
      case YAML::NodeType::Undefined:
        tree.text = NullAsWritten(node.Mark());
        if (!tree.text.empty()) tree.type = TreeNode::Type::Text;
        break;
    }
    return tree;
  }

  std::string Where(const YAML::Mark& mark) const {
    if (mark.is_null()) return source_.file;
    return source_.file + ":" + std::to_string(mark.line + 1) + ":" +
           std::to_string(mark.column + 1);
  }

 private:
  // yaml-cpp drops the text of a null, and NULL may be meant as a symbol.
  std::string NullAsWritten(const YAML::Mark& mark) const {
    if (mark.is_null() || static_cast<std::size_t>(mark.pos) > source_.content.size()) return {};
    const std::string_view text = source_.content.substr(static_cast<std::size_t>(mark.pos), 4);
    for (const std::string_view word : {"NULL", "Null", "null"}) {
      if (text == word) return std::string{word};
    }
    return {};
  }

  const Source& source_;
};

}  // namespace

UniverseLists ReadYaml(const Source& source) {
  const YamlTree tree{source};
  try {
    const auto documents = YAML::LoadAll(std::string{source.content});
    if (documents.size() > 1) throw FileError(source.file + ": expected one YAML document");
    if (documents.empty()) throw FileError(source.file + ": expected named lists, found nothing");
    return ReadTree(tree.Convert(documents.front()), source.stem);
  } catch (const YAML::Exception& error) {
    throw FileError(tree.Where(error.mark) + ": not valid YAML: " + error.msg);
  }
}

}  // namespace feedmux::universe_file
