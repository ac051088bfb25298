#pragma once

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <optional>  // optional
#include <regex>     // regex, regex_search
#include <string>    // string
#include <vector>    // vector

namespace feedmux::testing {

/// A YAML text as JSON, scalars typed as YAML 1.2 has it: what an editor's schema check sees.
class YamlAsJson {
 public:
  static nlohmann::json Parse(const std::string& text) { return Convert(YAML::Load(text)); }

 private:
  static nlohmann::json Convert(const YAML::Node& node) {
    switch (node.Type()) {
      case YAML::NodeType::Sequence: {
        auto list = nlohmann::json::array();
        for (const YAML::Node& item : node) list.push_back(Convert(item));
        return list;
      }
      case YAML::NodeType::Map: {
        auto map = nlohmann::json::object();
        for (const auto& entry : node) map[entry.first.Scalar()] = Convert(entry.second);
        return map;
      }
      case YAML::NodeType::Scalar:
        return node.Tag() == "!" ? nlohmann::json(node.Scalar()) : ConvertPlain(node.Scalar());
      default:
        return nullptr;
    }
  }

  static nlohmann::json ConvertPlain(const std::string& text) {
    if (text == "true" || text == "false") return text == "true";
    static const std::regex kNumber{"[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"};
    static const std::regex kInteger{"[-+]?[0-9]+"};
    if (std::regex_match(text, kInteger)) return std::stoll(text);
    if (std::regex_match(text, kNumber)) return std::stod(text);
    return text;
  }
};

/// The keywords of JSON Schema that ConfigSchema writes. Others are an error, so that none is
/// passed over.
class JsonSchema {
 public:
  explicit JsonSchema(nlohmann::json schema) : root_(std::move(schema)) {}

  /// Where the value does not conform, with the keyword that says so; nothing if it does.
  std::optional<std::string> FirstMismatch(const nlohmann::json& value) const {
    return Check(root_, value, "");
  }

 private:
  using Json = nlohmann::json;
  using Mismatch = std::optional<std::string>;

  Mismatch Check(const Json& schema, const Json& value, const std::string& path) const {
    for (const auto& [keyword, rule] : schema.items()) {
      if (const Mismatch mismatch = CheckKeyword(schema, keyword, rule, value, path)) {
        return mismatch;
      }
    }
    return std::nullopt;
  }

  Mismatch CheckKeyword(const Json& schema, const std::string& keyword, const Json& rule,
                        const Json& value, const std::string& path) const {
    const auto expect = [&](bool holds) {
      return holds ? Mismatch{} : Mismatch{path + ": " + keyword};
    };
    static const std::vector<std::string> kOnlySaid = {
        "$schema", "$defs", "title", "description", "default", "writeOnly", "then"};
    if (std::find(kOnlySaid.begin(), kOnlySaid.end(), keyword) != kOnlySaid.end()) return {};
    if (keyword == "$ref") {
      return Check(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value, path);
    }
    if (keyword == "type") return expect(HasType(rule, value));
    if (keyword == "enum") return expect(std::find(rule.begin(), rule.end(), value) != rule.end());
    if (keyword == "const") return expect(rule == value);
    if (keyword == "pattern") {
      return expect(!value.is_string() || std::regex_search(value.get<std::string>(),
                                                            std::regex{rule.get<std::string>()}));
    }
    if (keyword == "minimum") return expect(!value.is_number() || value >= rule);
    if (keyword == "maximum") return expect(!value.is_number() || value <= rule);
    if (keyword == "minItems") return expect(!value.is_array() || value.size() >= rule);
    if (keyword == "maxItems") return expect(!value.is_array() || value.size() <= rule);
    if (keyword == "required") {
      return expect(!value.is_object() ||
                    std::all_of(rule.begin(), rule.end(), [&](const Json& key) {
                      return value.contains(key.get<std::string>());
                    }));
    }
    if (keyword == "additionalProperties") {
      if (!value.is_object()) return {};
      for (const auto& [key, unused] : value.items()) {
        if (!schema.at("properties").contains(key)) return path + "/" + key + ": " + keyword;
      }
      return {};
    }
    if (keyword == "properties") {
      for (const auto& [key, sub] : rule.items()) {
        if (!value.is_object() || !value.contains(key)) continue;
        if (const Mismatch mismatch = Check(sub, value[key], path + "/" + key)) return mismatch;
      }
      return {};
    }
    if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        if (const Mismatch mismatch = Check(rule, value[i], path + "/" + std::to_string(i))) {
          return mismatch;
        }
      }
      return {};
    }
    if (keyword == "anyOf") {
      return expect(std::any_of(rule.begin(), rule.end(),
                                [&](const Json& sub) { return !Check(sub, value, path); }));
    }
    if (keyword == "allOf") {
      for (const Json& sub : rule) {
        if (const Mismatch mismatch = Check(sub, value, path)) return mismatch;
      }
      return {};
    }
    if (keyword == "if") {
      return Check(rule, value, path) ? Mismatch{} : Check(schema.at("then"), value, path);
    }
    return path + ": unknown keyword " + keyword;
  }

  static bool HasType(const Json& types, const Json& value) {
    if (types.is_array()) {
      return std::any_of(types.begin(), types.end(),
                         [&](const Json& type) { return HasType(type, value); });
    }
    return (types == "integer" && value.is_number_integer()) ||
           (types == "number" && value.is_number()) || types == value.type_name();
  }

  Json root_;
};

}  // namespace feedmux::testing
