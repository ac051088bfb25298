#pragma once

#include <cstdint>     // int64_t
#include <filesystem>  // path
#include <nlohmann/json_fwd.hpp>
#include <string>  // string

#include "app/engine.hpp"

namespace feedmux {

/// HealthJson, and before it which process this is, after it the plugins' counters. `started_ns`
/// and `now_ns` are UTC.
nlohmann::ordered_json Report(const Engine& engine, const Health& health, std::int64_t started_ns,
                              std::int64_t now_ns);

/// The same of an exact health, as text.
std::string ReportJson(const Engine& engine, std::int64_t started_ns, std::int64_t now_ns);

/// Writes the text so that a reader sees the old file or the new one, never half of one. A device
/// or FIFO is written to, and never replaced. Throws std::runtime_error with the file's name and
/// the reason.
void WriteFileAtomically(const std::filesystem::path& file, const std::string& text);

}  // namespace feedmux
