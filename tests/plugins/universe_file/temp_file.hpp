#pragma once

#include <stdlib.h>  // mkdtemp

#include <filesystem>   // path, remove_all
#include <fstream>      // ofstream
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::universe_file {

/// A file in a folder of its own, gone with the object.
class TempFile {
 public:
  TempFile(const std::string& name, std::string_view content) {
    std::string folder = (std::filesystem::temp_directory_path() / "feedmux-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    path_ = std::filesystem::path{folder} / name;
    Write(content);
  }
  ~TempFile() { std::filesystem::remove_all(path_.parent_path()); }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  void Write(std::string_view content) const {
    std::ofstream{path_, std::ios::binary | std::ios::trunc} << content;
  }
  void Remove() const { std::filesystem::remove(path_); }

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace feedmux::universe_file
