#include "config/option_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>  // move

#include "config/nearest.hpp"
#include "config/option_text.hpp"
#include "config/shown.hpp"

namespace feedmux {
namespace {

class OptionChecker {
 public:
  OptionChecker(const ReadContext& context, const OptionMap& map, const KnownKeys& known)
      : context_(context), map_(map), known_(known) {}

  CheckedOptions Check() {
    if (map_.node) {
      for (const YamlEntry& entry : map_.node->entries) CheckKey(entry);
    }
    for (const OptionSpec& spec : known_.options) CheckOption(spec);
    return std::move(checked_);
  }

 private:
  void CheckKey(const YamlEntry& entry) {
    std::vector<std::string> valid;
    for (const OptionSpec& spec : known_.options) valid.emplace_back(spec.name);
    valid.insert(valid.end(), known_.sections.begin(), known_.sections.end());
    for (const std::string& key : valid) {
      if (key == entry.key) return;
    }
    const auto misplaced = known_.misplaced.find(entry.key);
    const std::string hint = misplaced == known_.misplaced.end()
                                 ? DidYouMean(entry.key, valid)
                                 : "; it belongs in " + misplaced->second;
    const std::string list =
        valid.empty() ? "there are none here" : fmt::format("valid: {}", fmt::join(valid, ", "));
    Error(entry.key_place, map_.path,
          fmt::format("unknown key {}{} ({})", ShownKey(entry.key), hint, list));
  }

  /// Without what follows a colon: it is a value, perhaps a secret, whose blank is missing.
  static std::string ShownKey(const std::string& key) {
    const std::size_t colon = key.find(':');
    if (colon == std::string::npos) return Shown(key);
    return Shown(key.substr(0, colon) + ":***") + " (a blank is missing after the colon)";
  }

  void CheckOption(const OptionSpec& spec) {
    const YamlEntry* entry = map_.node ? map_.node->Find(spec.name) : nullptr;
    std::optional<OptionValue> value;
    if (entry) {
      GivenOption& given = checked_.given[spec.name];
      given.place = entry->value->place;
      value = TakesList(spec.type) ? ReadList(spec, *entry->value, given)
                                   : ReadText(spec, *entry->value, PathOf(spec), given);
    } else if (spec.required) {
      Error(map_.place, PathOf(spec),
            fmt::format("required, but missing; expected {}{}", Expected(spec), About(spec)));
    }
    if (!value) value = Default(spec);
    if (value) checked_.options.Set(spec.name, std::move(*value));
  }

  std::optional<OptionValue> Default(const OptionSpec& spec) {
    if (!spec.default_value) return std::nullopt;
    std::optional<OptionValue> value = DefaultOf(spec);
    if (!value) {
      Error(map_.place, PathOf(spec),
            fmt::format("the plugin's own default is not valid: expected {}", Expected(spec)));
    } else if (spec.type == OptionType::Path) {
      value = Absolute(std::get<std::string>(*value));
    }
    return value;
  }

  std::optional<OptionValue> ReadList(const OptionSpec& spec, const YamlNode& node,
                                      GivenOption& given) {
    std::vector<std::string> items;
    bool valid = true;
    const auto read = [&](const YamlNode& item, const std::string& path) {
      std::optional<OptionValue> value = ReadText(spec, item, path, given);
      if (value) items.push_back(std::get<std::string>(std::move(*value)));
      valid = valid && value;
    };
    if (node.type == YamlNode::Type::Text) {
      read(node, PathOf(spec));
    } else if (node.type == YamlNode::Type::List) {
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        read(*node.items[i], fmt::format("{}[{}]", PathOf(spec), i));
      }
    } else {
      Error(node.place, PathOf(spec), Mismatch(Expected(spec), Name(node.type)));
      return std::nullopt;
    }
    if (valid && !AllowsCount(spec, items.size())) {
      Error(node.place, PathOf(spec),
            Mismatch(Expected(spec), fmt::format("{} items", items.size())));
      return std::nullopt;
    }
    if (!valid) return std::nullopt;
    return items;
  }

  std::optional<OptionValue> ReadText(const OptionSpec& spec, const YamlNode& node,
                                      const std::string& path, GivenOption& given) {
    if (node.type != YamlNode::Type::Text) {
      Error(node.place, path, Mismatch(ExpectedItem(spec), Name(node.type)));
      return std::nullopt;
    }
    const Expanded expanded = Expand(node.text, context_.environment);
    const bool hidden = spec.secret || expanded.from_environment;
    given.texts.push_back(
        {node.place, spec.secret ? "a value that is not shown" : Shown(node.text), hidden});
    for (const ExpandError& error : expanded.errors) {
      if (!error.unset || map_.variables_must_be_set) Error(node.place, path, error.message);
    }
    if (!expanded.errors.empty()) return std::nullopt;
    std::optional<OptionValue> value = ParseOptionText(spec, expanded.text);
    if (!value) {
      const std::string hint = hidden ? "" : DidYouMean(expanded.text, ChoicesOf(spec));
      Error(node.place, path, Mismatch(ExpectedItem(spec), given.texts.back().shown + hint));
      return std::nullopt;
    }
    if (spec.type == OptionType::Path) value = Absolute(std::get<std::string>(*value));
    return value;
  }

  std::string Absolute(const std::string& path) const {
    return (context_.folder / path).lexically_normal().string();
  }

  static std::string Mismatch(const std::string& expected, std::string_view found) {
    return fmt::format("expected {}, found {}", expected, found);
  }

  static std::string About(const OptionSpec& spec) {
    return spec.description ? fmt::format(" ({})", spec.description) : "";
  }

  std::string PathOf(const OptionSpec& spec) const {
    return map_.path.empty() ? spec.name : map_.path + "." + spec.name;
  }

  void Error(Place place, std::string path, std::string message) {
    context_.problems.Error(context_.document.At(place), std::move(path), std::move(message));
  }

  const ReadContext& context_;
  const OptionMap& map_;
  const KnownKeys& known_;
  CheckedOptions checked_;
};

const YamlNode* Expect(YamlNode::Type type, const ReadContext& context, const YamlNode& node,
                       const std::string& path) {
  if (node.type == type) return &node;
  if (node.type != YamlNode::Type::Null) {
    context.problems.Error(context.document.At(node.place), path,
                           fmt::format("expected {}, found {}", Name(type), Name(node.type)));
  }
  return nullptr;
}

}  // namespace

CheckedOptions CheckOptions(const ReadContext& context, const OptionMap& map,
                            const KnownKeys& known) {
  return OptionChecker{context, map, known}.Check();
}

const YamlNode* ExpectMap(const ReadContext& context, const YamlNode& node,
                          const std::string& path) {
  return Expect(YamlNode::Type::Map, context, node, path);
}

const YamlNode* ExpectList(const ReadContext& context, const YamlNode& node,
                           const std::string& path) {
  return Expect(YamlNode::Type::List, context, node, path);
}

bool IsSwitchedOff(const ReadContext& context, const YamlNode& map) {
  const YamlEntry* enabled = map.Find("enabled");
  if (!enabled || enabled->value->type != YamlNode::Type::Text) return false;
  const Expanded expanded = Expand(enabled->value->text, context.environment);
  const OptionSpec spec{.name = "enabled", .type = OptionType::Boolean};
  const std::optional<OptionValue> value = ParseOptionText(spec, expanded.text);
  return expanded.errors.empty() && value && !std::get<bool>(*value);
}

}  // namespace feedmux
