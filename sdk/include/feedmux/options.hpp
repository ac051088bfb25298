#pragma once

#include <chrono>       // milliseconds
#include <cstdint>      // int64_t, uint32_t
#include <limits>       // numeric_limits
#include <map>          // map
#include <stdexcept>    // logic_error
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // move
#include <variant>      // variant
#include <vector>       // vector

namespace feedmux {

/// What the YAML may hold for an option, and which getter of Options reads it.
enum class OptionType : std::uint32_t {
  String,    ///< text: String()
  Integer,   ///< Integer()
  Number,    ///< Number()
  Boolean,   ///< true or false: Boolean()
  Duration,  ///< 250ms, 10s, 5m, 1h: Duration()
  Bytes,     ///< 65536, 64KiB, 16MiB, 1GiB: Integer()
  Choice,    ///< one of `choices`: String()
  Path,      ///< a file, relative to the YAML file's folder: String(), made absolute
  Strings,   ///< a list of text, or one text: Strings()
  Choices,   ///< a list of `choices`, or one of them: Strings()
};

/// One row of a plugin's option table: the single truth about an option. C layout.
struct OptionSpec {
  const char* name = nullptr;
  OptionType type = OptionType::String;
  const char* default_value = nullptr;  ///< as it would stand in the YAML; null: none
  bool required = false;
  bool secret = false;  ///< never shown in a log, an error or a report
  /// Integer, Number: inclusive. Duration: milliseconds. Bytes: bytes. Strings: how many.
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  const char* choices = nullptr;  ///< "a|b|c"
  const char* description = nullptr;
};

using OptionValue = std::variant<std::string, std::int64_t, double, bool, std::chrono::milliseconds,
                                 std::vector<std::string>>;

/// A plugin's options: checked against its table, defaults filled in. Asking for a name that is not
/// in the table, or with the wrong getter, is a bug of the plugin and throws std::logic_error.
class Options {
 public:
  /// False where the YAML gave nothing and the table has no default.
  bool Has(std::string_view name) const { return values_.find(name) != values_.end(); }

  const std::string& String(std::string_view name) const { return Get<std::string>(name); }
  std::int64_t Integer(std::string_view name) const { return Get<std::int64_t>(name); }
  double Number(std::string_view name) const { return Get<double>(name); }
  bool Boolean(std::string_view name) const { return Get<bool>(name); }
  std::chrono::milliseconds Duration(std::string_view name) const {
    return Get<std::chrono::milliseconds>(name);
  }
  const std::vector<std::string>& Strings(std::string_view name) const {
    return Get<std::vector<std::string>>(name);
  }

  void Set(std::string name, OptionValue value) {
    values_.insert_or_assign(std::move(name), std::move(value));
  }

 private:
  template <typename T>
  const T& Get(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) {
      throw std::logic_error("option '" + std::string(name) + "' is not set and has no default");
    }
    if (const T* value = std::get_if<T>(&found->second)) return *value;
    throw std::logic_error("option '" + std::string(name) + "' has another type");
  }

  std::map<std::string, OptionValue, std::less<>> values_;
};

}  // namespace feedmux
