#pragma once

#include <cstdint>      // int64_t, uint64_t
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/universe.hpp"
#include "format.hpp"
#include "universe_lists.hpp"

namespace feedmux::universe_file {

/// Resolves keys against the lists of one file, which is read at the first call and again whenever
/// it has changed. A file that cannot be read fails the call; nothing old is served in its place.
class FileResolver final : public UniverseResolver {
 public:
  FileResolver(Host& host, const Options& options);

  /// `key` is a list of the file, or several joined with +: their union, in that order, each symbol
  /// once. Nothing if none of them is in the file. Throws std::exception if the file cannot be
  /// read, and if only some of a union are in it.
  std::optional<std::vector<std::string>> Resolve(std::string_view key) override;

  std::vector<std::string> Keys() override;
  bool ResolvesOffline() const override { return true; }

 private:
  /// What tells that a file is another one than before.
  struct FileState {
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t changed_ns = 0;
    bool operator==(const FileState&) const = default;
  };

  void Refresh();
  FileState ReadState() const;
  std::string ReadContent() const;
  UniverseLists Parse(std::string_view content) const;

  Host& host_;
  const std::string path_;
  const std::optional<Format> format_;  // nothing: detected

  std::optional<FileState> state_;  // nothing: not read, or not readable
  UniverseLists lists_;
};

}  // namespace feedmux::universe_file
