#include "config/yaml_tree_builder.hpp"

#include <fmt/format.h>

#include <algorithm>    // max
#include <string_view>  // string_view
#include <utility>      // move

#include "config/shown.hpp"

namespace feedmux {
namespace {

constexpr std::string_view kMergeKey = "<<";

Place PlaceOf(const YAML::Mark& mark) { return {mark.line, mark.column}; }

bool IsStandardTag(std::string_view tag) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "?" || tag == "!") return true;
  if (tag.substr(0, kPrefix.size()) != kPrefix) return false;
  tag.remove_prefix(kPrefix.size());
  return tag == "str" || tag == "int" || tag == "float" || tag == "bool" || tag == "null" ||
         tag == "seq" || tag == "map";
}

}  // namespace

void YamlTreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (had_document_) {
    throw YamlRefused(PlaceOf(mark), "expected one YAML document, found a second one");
  }
  had_document_ = true;
}

void YamlTreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const Node node = NewNode(YamlNode::Type::Null, mark);
  // For a value that is not there, yaml-cpp gives the place of whatever comes next.
  if (!open_.empty() && open_.back().awaits_value &&
      node->place.line != open_.back().key_place.line) {
    node->place = open_.back().key_place;
  }
  Finish(node, anchor, true);
}

void YamlTreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const ConstNode& node = anchors_[anchor];
  if (!node) throw YamlRefused(PlaceOf(mark), "this alias stands within what it stands for");
  Count(node->size, PlaceOf(mark));
  Deliver(node, false);
}

void YamlTreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, const std::string& value) {
  const Node node = NewNode(YamlNode::Type::Text, mark);
  node->text = value;
  CheckTag(tag, node->place);
  Finish(node, anchor, tag == "?" || tag.empty());
}

void YamlTreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                      YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  Start(YamlNode::Type::List, mark, tag, anchor);
}

void YamlTreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag,
                                 YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  Start(YamlNode::Type::Map, mark, tag, anchor);
}

YamlTreeBuilder::Node YamlTreeBuilder::NewNode(YamlNode::Type type, const YAML::Mark& mark) {
  auto node = std::make_shared<YamlNode>();
  node->type = type;
  node->place = PlaceOf(mark);
  Count(1, node->place);
  return node;
}

void YamlTreeBuilder::Start(YamlNode::Type type, const YAML::Mark& mark, const std::string& tag,
                            YAML::anchor_t anchor) {
  const Node node = NewNode(type, mark);
  if (open_.size() >= YamlDocument::kMaxHeight) {
    throw YamlRefused(node->place, fmt::format("nested too deeply; at most {} levels are read",
                                               YamlDocument::kMaxHeight));
  }
  CheckTag(tag, node->place);
  if (anchor) anchors_[anchor] = nullptr;
  Open& open = open_.emplace_back();
  open.node = node;
  open.anchor = anchor;
}

void YamlTreeBuilder::Close() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.merged) {
    Keys present;
    for (const YamlEntry& entry : closed.node->entries) present.insert(entry.key);
    Merge(*closed.node, closed.merged, present);
  }
  Finish(closed.node, closed.anchor, false);
}

void YamlTreeBuilder::CheckTag(const std::string& tag, Place place) {
  if (IsStandardTag(tag)) return;
  problems_.Error(document_.At(place), "",
                  fmt::format("expected a value without a tag, found the tag {}", Shown(tag)));
}

void YamlTreeBuilder::Finish(const Node& node, YAML::anchor_t anchor, bool plain) {
  for (const ConstNode& item : node->items) {
    node->size += item->size;
    node->height = std::max(node->height, item->height + 1);
  }
  for (const YamlEntry& entry : node->entries) {
    node->size += entry.value->size;
    node->height = std::max(node->height, entry.value->height + 1);
  }
  if (node->height + open_.size() > YamlDocument::kMaxHeight + 1) {
    throw YamlRefused(node->place, fmt::format("nested too deeply; at most {} levels are read",
                                               YamlDocument::kMaxHeight));
  }
  if (anchor) anchors_[anchor] = node;
  Deliver(node, plain);
}

void YamlTreeBuilder::Deliver(const ConstNode& node, bool plain) {
  if (open_.empty()) {
    root_ = node;
    return;
  }
  Open& open = open_.back();
  if (open.node->type == YamlNode::Type::List) {
    open.node->items.push_back(node);
  } else if (!open.awaits_value) {
    TakeKey(open, node, plain);
  } else {
    open.awaits_value = false;
    if (open.key_merges) {
      open.merged = node;
    } else if (open.key_usable) {
      open.node->entries.push_back({std::move(open.key), open.key_place, node});
    }
  }
}

void YamlTreeBuilder::TakeKey(Open& open, const ConstNode& node, bool plain) {
  open.awaits_value = true;
  open.key_place = node->place;
  open.key_usable = open.key_merges = false;
  if (node->type != YamlNode::Type::Text) {
    problems_.Error(document_.At(node->place), "",
                    fmt::format("expected text as a key, found {}", Name(node->type)));
    return;
  }
  const auto [first, is_new] = open.seen_keys.try_emplace(node->text, node->place);
  if (!is_new) {
    problems_.Error(document_.At(node->place), "",
                    fmt::format("the key {} is given twice, first in line {}", Shown(node->text),
                                document_.At(first->second).line));
    return;
  }
  open.key_merges = plain && node->text == kMergeKey;
  open.key_usable = true;
  open.key = node->text;
}

void YamlTreeBuilder::Merge(YamlNode& into, const ConstNode& from, Keys& present) {
  if (from->type == YamlNode::Type::List) {
    for (const ConstNode& item : from->items) {
      if (item->type == YamlNode::Type::List) {
        problems_.Error(document_.At(item->place), "",
                        "expected a map to merge with <<, found a list");
      } else {
        Merge(into, item, present);
      }
    }
    return;
  }
  if (from->type != YamlNode::Type::Map) {
    problems_.Error(document_.At(from->place), "",
                    fmt::format("expected a map or a list of maps to merge with <<, found {}",
                                Name(from->type)));
    return;
  }
  for (const YamlEntry& entry : from->entries) {
    if (present.insert(entry.key).second) into.entries.push_back(entry);
  }
}

void YamlTreeBuilder::Count(std::size_t nodes, Place place) {
  nodes_ += nodes;
  if (nodes_ > YamlDocument::kMaxNodes) {
    throw YamlRefused(place, fmt::format("too large: at most {} values are read, with aliases "
                                         "written out",
                                         YamlDocument::kMaxNodes));
  }
}

}  // namespace feedmux
