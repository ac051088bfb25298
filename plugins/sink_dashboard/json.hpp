#pragma once

#include <nlohmann/json_fwd.hpp>

namespace feedmux::dashboard {

using Json = nlohmann::ordered_json;

}  // namespace feedmux::dashboard
