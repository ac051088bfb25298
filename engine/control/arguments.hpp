#pragma once

#include <nlohmann/json.hpp>
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux {

/// Reads a request's arguments, each by its name. Throws BadRequest for one that is missing or of
/// another type.
class Arguments {
 public:
  explicit Arguments(const nlohmann::json& object) : object_(object) {}

  /// Not empty.
  std::string Text(const char* name) const;
  std::string TextOr(const char* name, std::string otherwise) const;
  bool FlagOr(const char* name, bool otherwise) const;

  /// A symbol: not empty, no blank, at most 64 bytes.
  std::string Ticker(const char* name) const;
  /// At least one.
  std::vector<std::string> Tickers(const char* name) const;
  std::vector<std::string> Texts(const char* name) const;

  /// Throws BadRequest if there is one that is not in `names`.
  void RejectAllBut(const std::vector<std::string_view>& names) const;

 private:
  const nlohmann::json* Find(const char* name) const;

  const nlohmann::json& object_;
};

}  // namespace feedmux
