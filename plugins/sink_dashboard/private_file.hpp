#pragma once

#include <filesystem>   // path
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::dashboard {

// Files that are for this user only (mode 600). Errors are std::runtime_error with the file's name.

/// Nothing if there is no such file. A file that others may write is refused.
std::optional<std::string> ReadPrivateFile(const std::filesystem::path& file);

/// In one step, also if the machine crashes; its folder is made if it is missing.
void ReplacePrivateFile(const std::filesystem::path& file, std::string_view text);

/// The line gets its end here, and the one before if it has none. All of it is written, or an error
/// tells that part of it may be.
void AppendToPrivateFile(const std::filesystem::path& file, std::string_view line);

/// The last `most` bytes or fewer, from the begin of a line on; empty if there is no such file, or
/// if it is a device or a pipe.
std::string ReadEndOfFile(const std::filesystem::path& file, std::size_t most);

}  // namespace feedmux::dashboard
