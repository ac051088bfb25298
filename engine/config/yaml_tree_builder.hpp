#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <memory>         // shared_ptr
#include <stdexcept>      // runtime_error
#include <string>         // string
#include <unordered_map>  // unordered_map
#include <unordered_set>  // unordered_set
#include <vector>         // vector

#include "config/yaml_document.hpp"

namespace feedmux {

/// Ends the parsing: the document cannot be taken further.
class YamlRefused : public std::runtime_error {
 public:
  YamlRefused(Place place, const std::string& what) : std::runtime_error(what), place_(place) {}
  Place place() const { return place_; }

 private:
  Place place_;
};

/// Makes YamlNodes of yaml-cpp's events. What is wrong with a key or a tag is added to `problems`
/// and left out of the tree; what grows too large ends the parsing with YamlRefused.
class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  YamlTreeBuilder(const YamlDocument& document, Problems& problems)
      : document_(document), problems_(problems) {}

  std::shared_ptr<const YamlNode> root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { Close(); }

 private:
  using Node = std::shared_ptr<YamlNode>;
  using ConstNode = std::shared_ptr<const YamlNode>;
  using Keys = std::unordered_set<std::string>;

  /// A list or map that is still being read.
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    bool awaits_value = false;  // map: the key is read
    bool key_usable = false;
    bool key_merges = false;
    std::string key;
    Place key_place;
    std::unordered_map<std::string, Place> seen_keys;
    ConstNode merged;  // value of <<
  };

  Node NewNode(YamlNode::Type type, const YAML::Mark& mark);
  void Start(YamlNode::Type type, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor);
  void Close();
  void CheckTag(const std::string& tag, Place place);
  void Finish(const Node& node, YAML::anchor_t anchor, bool plain);
  void Deliver(const ConstNode& node, bool plain);
  void TakeKey(Open& open, const ConstNode& node, bool plain);
  void Merge(YamlNode& into, const ConstNode& from, Keys& present);
  void Count(std::size_t nodes, Place place);

  const YamlDocument& document_;
  Problems& problems_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, ConstNode> anchors_;  // null while the node is open
  std::size_t nodes_ = 0;
  bool had_document_ = false;
  ConstNode root_;
};

}  // namespace feedmux
