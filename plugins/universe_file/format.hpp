#pragma once

#include <filesystem>   // path
#include <string_view>  // string_view

namespace feedmux::universe_file {

enum class Format { Yaml, Json, Csv, Text };

/// By extension (.yaml .yml .json .csv .txt .text .list .lst), otherwise by how the content begins.
Format DetectFormat(const std::filesystem::path& path, std::string_view content);

}  // namespace feedmux::universe_file
