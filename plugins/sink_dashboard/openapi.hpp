#pragma once

#include <string_view>  // string_view

namespace feedmux::dashboard {

/// openapi.json, which describes all routes.
std::string_view OpenApiDocument();

}  // namespace feedmux::dashboard
