#include "file_resolver.hpp"

#include <sys/stat.h>  // stat

#include <cerrno>         // errno
#include <cstring>        // strerror
#include <filesystem>     // path
#include <fstream>        // ifstream
#include <iterator>       // istreambuf_iterator
#include <stdexcept>      // invalid_argument
#include <unordered_set>  // unordered_set
#include <utility>        // move

#include "feedmux/errors.hpp"
#include "nearest_keys.hpp"
#include "readers.hpp"
#include "universe/check_text.hpp"

namespace feedmux::universe_file {

using universe::Quoted;
using universe::Trimmed;

namespace {

constexpr std::int64_t kLargestFile = 64 << 20;

std::optional<Format> FormatFromOption(const std::string& name) {
  if (name == "yaml") return Format::Yaml;
  if (name == "json") return Format::Json;
  if (name == "csv") return Format::Csv;
  if (name == "text") return Format::Text;
  return std::nullopt;
}

std::vector<std::string_view> SplitUnion(std::string_view key) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto plus = key.find('+');
    parts.push_back(Trimmed(key.substr(0, plus)));
    if (plus == std::string_view::npos) return parts;
    key.remove_prefix(plus + 1);
  }
}

std::string Joined(const std::vector<std::string>& keys) {
  std::string joined;
  for (const std::string& key : keys) joined += (joined.empty() ? "" : ", ") + key;
  return joined;
}

}  // namespace

FileResolver::FileResolver(Host& host, const Options& options)
    : host_(host),
      path_(options.String("path")),
      format_(FormatFromOption(options.String("format"))) {
  const bool is_path = !path_.empty() && path_.find('\0') == std::string::npos;
  if (!is_path) throw OptionError("path", "the path of a file");
}

std::optional<std::vector<std::string>> FileResolver::Resolve(std::string_view key) {
  Refresh();
  const auto parts = SplitUnion(key);
  std::vector<std::string> symbols;
  std::unordered_set<std::string_view> seen;
  std::optional<std::string_view> unknown;
  bool any_known = false;
  for (const std::string_view part : parts) {
    const auto* list = lists_.Find(part);
    if (!list) {
      if (!unknown) unknown = part;
      continue;
    }
    any_known = true;
    for (const std::string& symbol : *list) {
      if (seen.insert(symbol).second) symbols.push_back(symbol);
    }
  }
  if (!any_known) return std::nullopt;
  if (unknown) {
    const auto nearest = NearestKeys(*unknown, lists_.Keys());
    throw std::invalid_argument(Quoted(key) + ": no universe " + Quoted(*unknown) + " in " + path_ +
                                (nearest.empty() ? "" : "; nearest: " + Joined(nearest)));
  }
  return symbols;
}

std::vector<std::string> FileResolver::Keys() {
  Refresh();
  return lists_.Keys();
}

void FileResolver::Refresh() {
  const FileState state = ReadState();
  if (state_ == state) return;
  state_.reset();
  lists_ = Parse(ReadContent());
  state_ = state;
  for (const auto& universe : lists_.universes()) {
    if (universe.symbols.empty()) {
      host_.log().Warning(path_ + ": universe " + Quoted(universe.key) + " has no symbols");
    }
    if (!universe.duplicates.empty()) {
      host_.log().Debug(path_ + ": universe " + Quoted(universe.key) +
                        " lists more than once: " + Joined(universe.duplicates));
    }
  }
}

FileResolver::FileState FileResolver::ReadState() const {
  struct stat info = {};
  if (::stat(path_.c_str(), &info) != 0) throw FileError(path_ + ": " + std::strerror(errno));
  if (!S_ISREG(info.st_mode)) throw FileError(path_ + ": not a regular file");
  if (info.st_size > kLargestFile) throw FileError(path_ + ": larger than 64 MiB");
  return {info.st_ino, info.st_size,
          info.st_mtim.tv_sec * std::int64_t{1'000'000'000} + info.st_mtim.tv_nsec};
}

std::string FileResolver::ReadContent() const {
  std::ifstream file{path_, std::ios::binary};
  if (!file) throw FileError(path_ + ": " + std::strerror(errno));
  std::string content{std::istreambuf_iterator<char>{file}, {}};
  if (file.bad()) throw FileError(path_ + ": cannot be read to its end");
  return content;
}

UniverseLists FileResolver::Parse(std::string_view content) const {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (content.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    content.remove_prefix(kByteOrderMark.size());
  }
  const std::filesystem::path path{path_};
  const Source source{path_, path.stem().string(), content};
  switch (format_.value_or(DetectFormat(path, content))) {
    case Format::Yaml:
      return ReadYaml(source);
    case Format::Json:
      return ReadJson(source);
    case Format::Csv:
      return ReadCsv(source);
    case Format::Text:
      return ReadText(source);
  }
  throw FileError(path_ + ": unknown format");
}

}  // namespace feedmux::universe_file
