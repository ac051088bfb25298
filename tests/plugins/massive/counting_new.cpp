#include "counting_new.hpp"

#include <atomic>   // atomic
#include <cstddef>  // size_t
#include <cstdlib>  // malloc, free
#include <new>      // bad_alloc

namespace feedmux::massive {
namespace {
std::atomic<std::uint64_t> allocations{0};
}

std::uint64_t AllocationCount() { return allocations; }
}  // namespace feedmux::massive

void* operator new(std::size_t size) {
  ++feedmux::massive::allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
