#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"

namespace feedmux::redis {

/// The name of a channel or key with placeholders in it: "ticks.{kind}.{symbol}".
class NameTemplate {
 public:
  /// Throws OptionError for `option` if `text` is empty, has an unknown placeholder or a brace too
  /// many.
  NameTemplate(std::string_view option, std::string_view text);

  bool uses_symbol() const { return Uses(Part::Symbol); }
  bool uses_kind() const { return Uses(Part::Kind); }
  /// True if the name differs from one connection to another: {connection} or {source}.
  bool uses_connection() const { return Uses(Part::Connection) || Uses(Part::Source); }

  std::string Expand(Host& host, const Tick& tick) const;

 private:
  struct Part {
    enum Type { Literal, Symbol, Kind, Source, Connection };
    Type type = Literal;
    std::string literal;
  };

  bool Uses(Part::Type type) const;

  std::vector<Part> parts_;
};

}  // namespace feedmux::redis
