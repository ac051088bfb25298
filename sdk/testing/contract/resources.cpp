#include "resources.hpp"

#include <filesystem>  // directory_iterator
#include <iterator>    // distance

namespace feedmux::contract {

namespace {

std::size_t CountEntries(const char* folder) {
  const std::filesystem::directory_iterator entries{folder};
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

}  // namespace

Resources CountResources() {
  return {.files = CountEntries("/proc/self/fd"), .threads = CountEntries("/proc/self/task")};
}

}  // namespace feedmux::contract
