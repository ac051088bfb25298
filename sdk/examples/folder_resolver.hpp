#pragma once

#include <algorithm>   // find, sort
#include <filesystem>  // path, directory_iterator, exists
#include <fstream>     // ifstream
#include <stdexcept>   // runtime_error

#include "feedmux/plugin.hpp"

namespace folder {

inline constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "path",
     .type = feedmux::OptionType::Path,
     .required = true,
     .description = "Folder in which tech.txt holds the symbols of the universe \"tech\""},
};

class FolderResolver final : public feedmux::UniverseResolver {
 public:
  FolderResolver(feedmux::Host&, const feedmux::Options& options) : path_(options.String("path")) {}

  std::optional<std::vector<std::string>> Resolve(std::string_view key) override {
    if (!IsKey(key)) return std::nullopt;
    const auto file = path_ / (std::string{key} + ".txt");
    if (!std::filesystem::exists(file)) return std::nullopt;
    std::ifstream lines{file};
    std::vector<std::string> symbols;
    for (std::string symbol; lines >> symbol;) {
      const bool is_new = std::find(symbols.begin(), symbols.end(), symbol) == symbols.end();
      if (is_new) symbols.push_back(symbol);
    }
    if (!lines.eof()) throw std::runtime_error("cannot read " + file.string());
    return symbols;
  }

  std::vector<std::string> Keys() override {
    std::vector<std::string> keys;
    for (const auto& entry : std::filesystem::directory_iterator{path_}) {
      const std::string key = entry.path().stem();
      if (entry.path().extension() == ".txt" && IsKey(key)) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  bool ResolvesOffline() const override { return true; }

 private:
  // What may be part of a file's name, and leads to no other folder.
  static bool IsKey(std::string_view key) {
    constexpr std::size_t kLongest = 100;
    return !key.empty() && key.size() <= kLongest &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == key.npos;
  }

  const std::filesystem::path path_;
};

}  // namespace folder
