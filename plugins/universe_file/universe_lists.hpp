#pragma once

#include <cstddef>        // size_t
#include <stdexcept>      // runtime_error
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map
#include <unordered_set>  // unordered_set
#include <vector>         // vector

namespace feedmux::universe_file {

/// A file that cannot be read as named lists; the message begins with the file and, where known,
/// line and column.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The lists of one file, in the file's order. Symbols of a list keep their order, each once.
class UniverseLists {
 public:
  struct Universe {
    std::string key;
    std::vector<std::string> symbols;
    std::vector<std::string> duplicates;  ///< symbols that stood there again, and were left out
  };

  /// Appends to the list `key`, which is made at the first call.
  void Add(std::string_view key, std::string symbol);

  /// Makes the list `key`, empty. False if it exists already.
  bool Open(std::string_view key);

  /// Null if there is no such list.
  const std::vector<std::string>* Find(std::string_view key) const;

  const std::vector<Universe>& universes() const { return universes_; }
  std::vector<std::string> Keys() const;

 private:
  std::vector<Universe> universes_;
  std::unordered_map<std::string, std::size_t> index_;   // key → its place in universes_
  std::vector<std::unordered_set<std::string>> listed_;  // beside universes_
};

}  // namespace feedmux::universe_file
