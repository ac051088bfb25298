#include "config/expand.hpp"

#include <fmt/format.h>

#include <cstdlib>  // getenv

#include "config/utf8.hpp"
#include "config/variable_name.hpp"

namespace feedmux {
namespace {

std::string WithoutDoubledDollars(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text.substr(i, 2) == "$$") ++i;
  }
  return out;
}

/// `reference` is what stands between "${" and "}".
void ExpandReference(std::string_view reference, const Environment& environment, Expanded& out) {
  const std::size_t colon = reference.find(':');
  const std::string_view name = reference.substr(0, colon);
  const std::string_view rest =
      colon == std::string_view::npos ? std::string_view{} : reference.substr(colon);
  if (!IsVariableName(name)) {
    out.errors.push_back(
        {"expected the name of an environment variable between ${ and }; a literal "
         "dollar is written $$"});
    return;
  }
  const char mode = rest.size() > 1 ? rest[1] : ' ';
  if (!rest.empty() && mode != '-' && mode != '?') {
    out.errors.push_back({"expected ${VAR}, ${VAR:-default} or ${VAR:?message}"});
    return;
  }
  const std::string_view word = rest.empty() ? rest : rest.substr(2);
  if (word.find("${") != std::string_view::npos) {
    out.errors.push_back({"a default or message cannot hold another ${...}"});
    return;
  }
  const std::optional<std::string> value = environment(name);
  if (value && (rest.empty() || !value->empty())) {
    out.from_environment = true;
    if (FindInvalidUtf8(*value) != std::string::npos) {
      out.errors.push_back({fmt::format("environment variable {} holds no valid UTF-8", name)});
      return;
    }
    out.text += *value;
  } else if (mode == '-') {
    out.text += WithoutDoubledDollars(word);
  } else {
    const std::string why = mode == '?' && !word.empty()
                                ? WithoutDoubledDollars(word)
                                : fmt::format("set it, or write ${{{}:-default}}", name);
    out.errors.push_back(
        {fmt::format("environment variable {} is {}: {}", name, value ? "empty" : "not set", why),
         true});
  }
}

}  // namespace

Environment ProcessEnvironment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string{name}.c_str());
    if (!value) return std::nullopt;
    return value;
  };
}

Expanded Expand(std::string_view text, const Environment& environment) {
  Expanded out;
  while (!text.empty()) {
    const std::size_t dollar = text.find('$');
    out.text.append(text.substr(0, dollar));
    if (dollar == std::string_view::npos) break;
    text.remove_prefix(dollar);
    if (text.substr(0, 2) == "$$") {
      out.text += '$';
      text.remove_prefix(2);
    } else if (text.substr(0, 2) == "${") {
      const std::size_t end = text.find('}');
      if (end == std::string_view::npos) {
        out.errors.push_back({"expected } at the end of ${...}; a literal dollar is written $$"});
        break;
      }
      ExpandReference(text.substr(2, end - 2), environment, out);
      text.remove_prefix(end + 1);
    } else {
      out.text += '$';
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace feedmux
