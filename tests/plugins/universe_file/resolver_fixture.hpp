#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/testing/fake_host.hpp"
#include "file_resolver.hpp"
#include "temp_file.hpp"

namespace feedmux::universe_file {

using List = std::vector<std::string>;

/// A resolver over a file of this name and content.
struct ResolverFixture {
  ResolverFixture(const std::string& name, std::string_view content,
                  const std::string& format = "auto")
      : file(name, content), resolver(host, MakeOptions(file.path(), format)) {}

  static Options MakeOptions(const std::string& path, const std::string& format) {
    Options options;
    options.Set("path", path);
    options.Set("format", format);
    return options;
  }

  /// The message of the error that Keys() throws; empty if it throws none.
  std::string Error() {
    try {
      resolver.Keys();
    } catch (const FileError& error) {
      return error.what();
    }
    return {};
  }

  TempFile file;
  testing::FakeHost host;
  FileResolver resolver;
};

}  // namespace feedmux::universe_file
