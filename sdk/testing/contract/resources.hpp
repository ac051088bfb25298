#pragma once

#include <cstddef>  // size_t

namespace feedmux::contract {

/// What this process holds at the moment.
struct Resources {
  std::size_t files = 0;  ///< open descriptors
  std::size_t threads = 0;
  bool operator==(const Resources&) const = default;
};

Resources CountResources();

}  // namespace feedmux::contract
