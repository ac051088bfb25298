#pragma once

#include <filesystem>  // path
#include <optional>    // optional
#include <string>      // string

namespace feedmux {

// One function a command of the CLI; each returns the exit code.

struct RunOptions {
  std::filesystem::path config;
  std::optional<std::filesystem::path> report;
  std::optional<std::string> log_level;
};

int Run(const RunOptions& options);
int Check(const std::filesystem::path& config);
int ListPlugins();
int ShowPlugin(const std::string& name);
int PrintSchema();
int ImportEnvFile(const std::filesystem::path& file);

}  // namespace feedmux
