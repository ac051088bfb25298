#include "config/schema.hpp"

#include <cmath>  // abs, floor, isinf
#include <nlohmann/json.hpp>
#include <utility>  // move

#include "config/core_tables.hpp"
#include "config/option_text.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kDurationPattern = "^([0-9]+\\.?[0-9]*|\\.[0-9]+)(ms|s|m|h)$";
constexpr const char* kBytesPattern = "^([0-9]+\\.?[0-9]*|\\.[0-9]+)(KiB|MiB|GiB)?$";

Json Ref(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

/// A whole number as an integer, so that 1 does not stand there as 1.0.
Json NumberOf(double value) {
  constexpr double kExact = 9e15;
  if (std::abs(value) < kExact && std::floor(value) == value) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

void AddRange(Json& schema, const OptionSpec& spec, const char* min, const char* max) {
  if (!std::isinf(spec.min)) schema[min] = NumberOf(spec.min);
  if (!std::isinf(spec.max)) schema[max] = NumberOf(spec.max);
}

/// One scalar: for an option that takes a list, an item.
Json ScalarSchema(const OptionSpec& spec) {
  Json alternatives = Json::array();
  switch (spec.type) {
    case OptionType::String:
    case OptionType::Path:
    case OptionType::Strings:
      return Ref("text");
    case OptionType::Integer:
    case OptionType::Number: {
      Json number = {{"type", spec.type == OptionType::Integer ? "integer" : "number"}};
      AddRange(number, spec, "minimum", "maximum");
      alternatives.push_back(std::move(number));
      break;
    }
    case OptionType::Boolean:
      alternatives.push_back({{"type", "boolean"}});
      break;
    case OptionType::Duration:
      alternatives.push_back({{"type", "string"}, {"pattern", kDurationPattern}});
      break;
    case OptionType::Bytes: {
      Json number = {{"type", "integer"}};
      AddRange(number, spec, "minimum", "maximum");
      alternatives.push_back(std::move(number));
      alternatives.push_back({{"type", "string"}, {"pattern", kBytesPattern}});
      break;
    }
    case OptionType::Choice:
    case OptionType::Choices:
      alternatives.push_back({{"enum", ChoicesOf(spec)}});
      break;
  }
  alternatives.push_back(Ref("reference"));
  return {{"anyOf", std::move(alternatives)}};
}

Json DefaultSchema(const OptionValue& value, const OptionSpec& spec) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return spec.type == OptionType::Bytes ? Json(spec.default_value) : Json(*number);
  }
  if (const auto* number = std::get_if<double>(&value)) return NumberOf(*number);
  if (const auto* boolean = std::get_if<bool>(&value)) return *boolean;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
  return spec.default_value;
}

Json OptionSchema(const OptionSpec& spec) {
  Json schema;
  if (TakesList(spec.type)) {
    Json list = {{"type", "array"}, {"items", ScalarSchema(spec)}};
    AddRange(list, spec, "minItems", "maxItems");
    Json alternatives = Json::array({std::move(list)});
    if (AllowsCount(spec, 1)) alternatives.push_back(ScalarSchema(spec));
    schema["anyOf"] = std::move(alternatives);
  } else {
    schema = ScalarSchema(spec);
  }
  if (spec.description) schema["description"] = spec.description;
  if (spec.secret) {
    schema["writeOnly"] = true;
  } else if (const auto value = DefaultOf(spec)) {
    schema["default"] = DefaultSchema(*value, spec);
  }
  return schema;
}

/// A map with these options and no other keys.
Json TableSchema(std::span<const OptionSpec> options) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const OptionSpec& spec : options) {
    properties[spec.name] = OptionSchema(spec);
    if (spec.required) required.push_back(spec.name);
  }
  Json schema = {{"type", Json::array({"object", "null"})},
                 {"additionalProperties", false},
                 {"properties", std::move(properties)}};
  if (!required.empty()) {
    schema["type"] = "object";
    schema["required"] = std::move(required);
  }
  return schema;
}

std::string DefinitionName(const PluginDescriptor& plugin) {
  return std::string{Name(plugin.kind)} + "_" + plugin.name;
}

class SchemaWriter {
 public:
  explicit SchemaWriter(std::span<const PluginDescriptor* const> plugins) : plugins_(plugins) {}

  Json Write() const {
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", "feedmux configuration"}};
    schema.update(SectionSchema(kRootSection));
    schema["type"] = "object";
    Json& definitions = schema["$defs"];
    definitions["text"] = {{"type", Json::array({"string", "number", "boolean"})}};
    definitions["reference"] = {
        {"type", "string"},
        {"pattern", "\\$\\{"},
        {"description", "${VAR}, ${VAR:-default} or ${VAR:?message}: from the environment"}};
    for (const PluginDescriptor* plugin : plugins_) {
      Json options = TableSchema({plugin->options, plugin->option_count});
      if (plugin->summary) options["description"] = plugin->summary;
      definitions[DefinitionName(*plugin)] = std::move(options);
    }
    return schema;
  }

 private:
  Json SectionSchema(const Section& section) const {
    Json schema = TableSchema(section.options);
    schema["description"] = section.description;
    Json& properties = schema["properties"];
    if (section.plugin) AddPlugins(*section.plugin, schema);
    for (const SubSection& sub : section.sections) {
      Json map = SectionSchema(*sub.section);
      if (sub.is_list) {
        Json description = std::move(map["description"]);
        map.erase("description");
        properties[sub.name] = {{"type", Json::array({"array", "null"})},
                                {"description", std::move(description)},
                                {"items", std::move(map)}};
      } else {
        properties[sub.name] = std::move(map);
      }
    }
    return schema;
  }

  /// What `options` may hold depends on `plugin`.
  void AddPlugins(PluginKind kind, Json& schema) const {
    Json names = Json::array();
    Json cases = Json::array();
    for (const PluginDescriptor* plugin : plugins_) {
      if (plugin->kind != kind) continue;
      names.push_back(plugin->name);
      Json then = {{"properties", {{"options", Ref(DefinitionName(*plugin))}}}};
      for (std::uint32_t i = 0; i < plugin->option_count; ++i) {
        if (plugin->options[i].required) then["required"] = Json::array({"options"});
      }
      cases.push_back({{"if",
                        {{"properties", {{"plugin", {{"const", plugin->name}}}}},
                         {"required", Json::array({"plugin"})}}},
                       {"then", std::move(then)}});
    }
    Json& properties = schema["properties"];
    properties["options"] = {{"type", Json::array({"object", "null"})},
                             {"description", "The plugin's own options"}};
    if (names.empty()) return;
    Json& plugin = properties["plugin"];
    plugin.erase("$ref");
    plugin["anyOf"] = Json::array({Json{{"enum", std::move(names)}}, Ref("reference")});
    schema["allOf"] = std::move(cases);
  }

  std::span<const PluginDescriptor* const> plugins_;
};

}  // namespace

std::string ConfigSchema(std::span<const PluginDescriptor* const> plugins) {
  return SchemaWriter{plugins}.Write().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace feedmux
