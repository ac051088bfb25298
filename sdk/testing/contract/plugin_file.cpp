#include "plugin_file.hpp"

#include <dlfcn.h>  // dlopen, dlsym

#include <cstring>  // strcmp

#include "isolated.hpp"

namespace feedmux::contract {

const PluginDescriptor& LoadPlugin(const std::string& path) {
  // A name without a slash would be looked for in the system's folders.
  const std::string file = path.find('/') == std::string::npos ? "./" + path : path;
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) Fail(::dlerror());
  const void* symbol = ::dlsym(library, kPluginSymbol);
  if (!symbol) Fail(std::string{"exports no "} + kPluginSymbol + ": is FEEDMUX_PLUGIN there?");
  return *static_cast<const PluginDescriptor*>(symbol);
}

void RequireSameBuild(const PluginDescriptor& descriptor) {
  const auto require_equal = [](const char* what, auto found, auto expected) {
    if (found == expected) return;
    Fail(std::string{what} + " is " + std::to_string(found) + ", expected " +
         std::to_string(expected));
  };
  require_equal("api_major", descriptor.api_major, kApiMajor);
  if (descriptor.api_minor > kApiMinor) require_equal("api_minor", descriptor.api_minor, kApiMinor);
  require_equal("size", descriptor.size, std::uint32_t{sizeof(PluginDescriptor)});
  require_equal("tick_size", descriptor.tick_size, std::uint32_t{sizeof(Tick)});
  require_equal("option_size", descriptor.option_size, std::uint32_t{sizeof(OptionSpec)});
  Require(descriptor.build_tag != nullptr, "build_tag is null");
  if (std::strcmp(descriptor.build_tag, FEEDMUX_BUILD_TAG) != 0) {
    Fail(std::string{"build_tag is \""} + descriptor.build_tag + "\", expected \"" +
         FEEDMUX_BUILD_TAG + "\"");
  }
}

}  // namespace feedmux::contract
