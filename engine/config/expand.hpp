#pragma once

#include <functional>   // function
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux {

/// A variable's value; nothing if it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// The environment of this process.
Environment ProcessEnvironment();

struct ExpandError {
  std::string message;  ///< names the variable, never a value
  bool unset = false;   ///< nothing is wrong but that a variable has no value
};

struct Expanded {
  std::string text;
  bool from_environment = false;  ///< part of it may be a secret: show what the file says instead
  std::vector<ExpandError> errors;
};

/// Replaces, in one scalar of a parsed file:
///     ${VAR}            the variable's value; an error if it is not set
///     ${VAR:-default}   the default if it is not set or empty
///     ${VAR:?message}   an error with this message if it is not set or empty
///     $$                one dollar, also within a default or message
/// What was put in is not looked at again, and a reference holds no other one. A dollar before
/// anything else stands for itself.
Expanded Expand(std::string_view text, const Environment& environment);

}  // namespace feedmux
