#pragma once

#include <chrono>      // milliseconds
#include <filesystem>  // path
#include <nlohmann/json_fwd.hpp>
#include <optional>     // optional
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "control/file_descriptor.hpp"

namespace feedmux {

/// No engine listens, or it went away; the text says where it was looked for.
class NoEngine : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The engine answered that it will not; the text is its own.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The other side of a ControlServer. Thread: one at a time.
class ControlClient {
 public:
  /// Connects to the first of the paths where an engine listens. Throws NoEngine.
  explicit ControlClient(const std::vector<std::filesystem::path>& paths);

  const std::filesystem::path& path() const { return path_; }

  /// The result of a command. Throws NoEngine, Refused where the engine finds fault with the
  /// request, and std::runtime_error for what it could not do. `patience` 0: as long as it takes.
  nlohmann::ordered_json Call(std::string_view command, const nlohmann::json& arguments,
                              std::chrono::milliseconds patience = std::chrono::milliseconds{
                                  10'000});

  /// True if ReadLine would not wait.
  bool HasLine() const { return input_.find('\n', scanned_) != std::string::npos; }

  /// The next line of the engine, without newline; nothing at the end.
  std::optional<std::string> ReadLine(
      std::chrono::milliseconds patience = std::chrono::milliseconds{0});

 private:
  void Send(std::string_view text);

  std::filesystem::path path_;
  FileDescriptor socket_;
  // Of input_, the lines before begin_ are read, and up to scanned_ there is no newline.
  std::string input_;
  std::size_t begin_ = 0;
  std::size_t scanned_ = 0;
};

}  // namespace feedmux
