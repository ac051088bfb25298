#pragma once

#include <cstdint>  // uint64_t

namespace feedmux::massive {

/// How often this process has called operator new.
std::uint64_t AllocationCount();

}  // namespace feedmux::massive
