#include <algorithm>    // all_of
#include <cctype>       // isdigit
#include <cstring>      // strchr
#include <set>          // set
#include <span>         // span
#include <string>       // string
#include <string_view>  // string_view

#include "contract_test.hpp"
#include "exported_symbols.hpp"
#include "isolated.hpp"
#include "option_values.hpp"

namespace feedmux::contract {

namespace {

bool IsSnakeCase(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void RequireOneLine(const std::string& what, const char* text) {
  Require(text && *text, what + " is missing");
  Require(!std::strchr(text, '\n'), what + " is longer than one line");
}

std::span<const OptionSpec> Table(const Subject& subject) {
  return {subject.descriptor.options, subject.descriptor.option_count};
}

void SaysWhatItIs(const Subject& subject) {
  const PluginDescriptor& descriptor = subject.descriptor;
  Require(descriptor.name && IsSnakeCase(descriptor.name),
          "its name is not of a-z, 0-9 and _, beginning with a letter");
  Require(descriptor.version && std::isdigit(static_cast<unsigned char>(*descriptor.version)),
          "its version does not begin with a number");
  RequireOneLine("its summary", descriptor.summary);
  Require(std::string_view{descriptor.summary}.back() != '.', "its summary ends with a dot");
}

void HasTheMakerOfItsKindOnly(const Subject& subject) {
  const PluginDescriptor& descriptor = subject.descriptor;
  Require(descriptor.kind <= PluginKind::Universe, "it is of no known kind");
  const auto check = [&](PluginKind kind, bool is_set) {
    const std::string maker = "make_" + std::string{Name(kind)};
    if (kind == descriptor.kind) Require(is_set, maker + " is null");
    if (kind != descriptor.kind) Require(!is_set, maker + " is set, which is not its kind");
  };
  check(PluginKind::Source, descriptor.make_source != nullptr);
  check(PluginKind::Sink, descriptor.make_sink != nullptr);
  check(PluginKind::Universe, descriptor.make_universe != nullptr);
}

void ExportsOneSymbol(const Subject& subject) {
  const auto symbols = ExportedSymbols(subject.arguments.plugin);
  Require(!symbols.empty(), "exports nothing");
  for (const std::string& symbol : symbols) {
    Require(symbol == kPluginSymbol,
            "exports " + symbol + " too (" + std::to_string(symbols.size()) + " symbols in all)");
  }
}

void DescribesItsOptions(const Subject& subject) {
  Require(subject.descriptor.option_count == 0 || subject.descriptor.options,
          "options are counted but not there");
  std::set<std::string_view> names;
  for (const OptionSpec& spec : Table(subject)) {
    Require(
        spec.name && IsSnakeCase(spec.name),
        std::string{"an option's name is not in snake_case: "} + (spec.name ? spec.name : "null"));
    const std::string option = std::string{"option "} + spec.name;
    Require(names.insert(spec.name).second, option + " is there twice");
    Require(spec.type <= OptionType::Choices, option + " has no known type");
    RequireOneLine(option + ": its description", spec.description);
    Require(spec.min <= spec.max, option + ": its range is empty");
    const bool has_choices = spec.choices && *spec.choices;
    const bool is_choice = spec.type == OptionType::Choice || spec.type == OptionType::Choices;
    Require(is_choice == has_choices, option + (is_choice ? " has no choices" : " has choices"));
    const auto choices = ChoicesOf(spec);
    const std::set<std::string> different{choices.begin(), choices.end()};
    Require(different.size() == choices.size(), option + " has a choice twice");
    Require(different.count("") == 0, option + " has an empty choice");
  }
}

void HasValidDefaults(const Subject& subject) {
  for (const OptionSpec& spec : Table(subject)) {
    if (!spec.default_value) continue;
    const std::string option = std::string{"option "} + spec.name;
    Require(!spec.required, option + " is required and has a default");
    std::string problem;
    if (ParseValue(spec, spec.default_value, problem)) continue;
    const std::string shown = spec.secret ? "" : std::string{" \""} + spec.default_value + '"';
    Fail(option + ": its default" + shown + ": " + problem);
  }
}

}  // namespace

std::vector<ContractTest> DescriptorTests() {
  return {{"says_what_it_is", {}, SaysWhatItIs},
          {"has_the_maker_of_its_kind_only", {}, HasTheMakerOfItsKindOnly},
          {"exports_one_symbol", {}, ExportsOneSymbol},
          {"describes_its_options", {}, DescribesItsOptions},
          {"has_valid_defaults", {}, HasValidDefaults}};
}

}  // namespace feedmux::contract
