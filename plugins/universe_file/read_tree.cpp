#include "read_tree.hpp"
#include "universe/check_text.hpp"

#include <string_view>  // string_view

namespace feedmux::universe_file {

using universe::KeyProblem;
using universe::Quoted;
using universe::SymbolProblem;

namespace {

using Type = TreeNode::Type;

[[noreturn]] void Fail(const TreeNode& at, const std::string& problem) {
  throw FileError(at.where + ": " + problem);
}

std::string Describe(const TreeNode& node) {
  switch (node.type) {
    case Type::Nothing:
      return "nothing";
    case Type::Text:
    case Type::Other:
      return Quoted(node.text);
    case Type::List:
      return "a list";
    case Type::Map:
      return "a map";
  }
  return "something else";
}

const TreeNode* Entry(const TreeNode& map, std::string_view name) {
  for (const auto& [key, value] : map.entries) {
    if (key == name) return &value;
  }
  return nullptr;
}

const TreeNode& SymbolOf(const TreeNode& item) {
  if (item.type == Type::Text) return item;
  if (item.type == Type::Map) {
    for (const std::string_view name : {"ticker", "symbol"}) {
      const TreeNode* symbol = Entry(item, name);
      if (symbol && symbol->type == Type::Text) return *symbol;
    }
    Fail(item, "expected a symbol, found a map without 'ticker' or 'symbol'");
  }
  Fail(item, "expected a symbol, found " + Describe(item));
}

bool HasStocks(const TreeNode& node) {
  if (node.type != Type::Map) return false;
  const TreeNode* stocks = Entry(node, "stocks");
  return stocks && stocks->type == Type::List && !stocks->items.empty() &&
         stocks->items.front().type == Type::Map;
}

class TreeReader {
 public:
  UniverseLists Read(const TreeNode& root, const std::string& stem) {
    if (IsUniverse(root)) {
      ReadUniverse(stem, root);
    } else if (root.type == Type::Map) {
      for (const auto& [name, value] : root.entries) ReadEntry(name, value);
    } else {
      Fail(root, "expected named lists of symbols, found " + Describe(root));
    }
    return std::move(lists_);
  }

 private:
  static bool IsUniverse(const TreeNode& node) {
    return node.type == Type::List || HasStocks(node);
  }

  void ReadEntry(const std::string& name, const TreeNode& value) {
    if (IsUniverse(value) || value.type != Type::Map) return ReadUniverse(name, value);
    for (const auto& [inner, list] : value.entries) ReadUniverse(name + ":" + inner, list);
  }

  void ReadUniverse(const std::string& key, const TreeNode& node) {
    if (!IsUniverse(node)) Fail(node, "expected a list of symbols, found " + Describe(node));
    if (const auto problem = KeyProblem(key); !problem.empty()) Fail(node, problem);
    if (!lists_.Open(key)) Fail(node, "universe " + Quoted(key) + " is there twice");
    const TreeNode& list = node.type == Type::List ? node : *Entry(node, "stocks");
    for (const TreeNode& item : list.items) {
      const TreeNode& symbol = SymbolOf(item);
      if (const auto problem = SymbolProblem(symbol.text); !problem.empty()) Fail(symbol, problem);
      lists_.Add(key, symbol.text);
    }
  }

  UniverseLists lists_;
};

}  // namespace

UniverseLists ReadTree(const TreeNode& root, const std::string& stem) {
  return TreeReader{}.Read(root, stem);
}

}  // namespace feedmux::universe_file
