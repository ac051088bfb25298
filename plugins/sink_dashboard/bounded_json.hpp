#pragma once

#include <string>  // string

#include <nlohmann/json_fwd.hpp>

namespace feedmux::dashboard {

/// An object from outside. Discarded (is_discarded()) if the text is no JSON object, or one that is
/// nested so deeply that copying or showing it could use up a stack.
nlohmann::ordered_json ParseObject(const std::string& text);

}  // namespace feedmux::dashboard
