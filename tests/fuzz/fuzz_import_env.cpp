// Any text as a .env file: what is made of it is always YAML that the loader reads.
#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <cstdlib>      // abort
#include <string_view>  // string_view

#include "config/import_env.hpp"
#include "config/problem.hpp"
#include "config/yaml_document.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  feedmux::Problems problems;
  const feedmux::YamlDocument document{feedmux::ImportEnv(text), "fuzz.yaml", problems};
  if (!problems.TakeSorted().empty() || !document.root()) std::abort();
  return 0;
}
