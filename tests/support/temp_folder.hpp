#pragma once

#include <stdlib.h>  // mkdtemp

#include <filesystem>  // path, remove_all
#include <fstream>     // ifstream, ofstream
#include <iterator>    // istreambuf_iterator
#include <stdexcept>   // runtime_error
#include <string>      // string

namespace feedmux::testing {

/// A folder that goes with the object.
class TempFolder {
 public:
  TempFolder() {
    std::string folder = std::filesystem::temp_directory_path() / "feedmux-XXXXXX";
    if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    path_ = folder;
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  std::string Read(const std::string& name) const {
    std::ifstream file{path_ / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  void Write(const std::string& name, const std::string& content) const {
    std::ofstream{path_ / name, std::ios::binary} << content;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace feedmux::testing
