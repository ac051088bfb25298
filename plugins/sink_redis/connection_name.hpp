#pragma once

#include <string>  // string

#include "feedmux/host.hpp"

namespace feedmux::redis {

/// What messages and names call a connection: its name in the YAML, or its id if it has none.
inline const std::string& ConnectionName(const Host& host, ConnectionIndex index) {
  const ConnectionNames& names = host.connection(index);
  return names.name.empty() ? names.connection_id : names.name;
}

}  // namespace feedmux::redis
