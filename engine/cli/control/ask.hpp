#pragma once

#include <chrono>  // milliseconds
#include <nlohmann/json.hpp>
#include <string_view>  // string_view

#include "cli/control/control_commands.hpp"
#include "control/control_client.hpp"

namespace feedmux {

ControlClient Connect(const ControlOptions& options);

/// Connects, and gives the command's result. Throws as ControlClient::Call.
nlohmann::ordered_json Ask(const ControlOptions& options, std::string_view command,
                           const nlohmann::json& arguments = nlohmann::json::object(),
                           std::chrono::milliseconds patience = std::chrono::milliseconds{10'000});

void PrintJson(const nlohmann::ordered_json& json);

}  // namespace feedmux
