#include "sink_redis/name_template.hpp"

#include <algorithm>  // any_of

#include "feedmux/errors.hpp"
#include "sink_redis/connection_name.hpp"

namespace feedmux::redis {

NameTemplate::NameTemplate(std::string_view option, std::string_view text) {
  const auto invalid = [&](const std::string& why) {
    return OptionError(std::string{option},
                       "a name with the placeholders {symbol}, {kind}, {source} or {connection}; " +
                           why + " in \"" + std::string{text} + "\"");
  };
  if (text.empty()) throw invalid("there is nothing");

  std::string_view rest = text;
  while (!rest.empty()) {
    const auto brace = rest.find_first_of("{}");
    if (brace > 0) parts_.push_back({Part::Literal, std::string{rest.substr(0, brace)}});
    if (brace == std::string_view::npos) break;
    rest.remove_prefix(brace);

    const auto close = rest.find('}');
    if (rest.front() == '}') throw invalid("there is a } without its {");
    if (close == std::string_view::npos) throw invalid("there is a { without its }");
    const auto placeholder = rest.substr(0, close + 1);
    if (placeholder == "{symbol}") {
      parts_.push_back({Part::Symbol, {}});
    } else if (placeholder == "{kind}") {
      parts_.push_back({Part::Kind, {}});
    } else if (placeholder == "{source}") {
      parts_.push_back({Part::Source, {}});
    } else if (placeholder == "{connection}") {
      parts_.push_back({Part::Connection, {}});
    } else {
      throw invalid("there is " + std::string{placeholder});
    }
    rest.remove_prefix(placeholder.size());
  }
}

bool NameTemplate::Uses(Part::Type type) const {
  return std::any_of(parts_.begin(), parts_.end(),
                     [type](const Part& part) { return part.type == type; });
}

std::string NameTemplate::Expand(Host& host, const Tick& tick) const {
  std::string name;
  for (const Part& part : parts_) {
    switch (part.type) {
      case Part::Literal:
        name += part.literal;
        break;
      case Part::Symbol:
        name += host.symbols().Text(tick.symbol);
        break;
      case Part::Kind:
        name += Name(tick.kind);
        break;
      case Part::Source:
        name += host.connection(tick.connection).source;
        break;
      case Part::Connection:
        name += ConnectionName(host, tick.connection);
        break;
    }
  }
  return name;
}

}  // namespace feedmux::redis
