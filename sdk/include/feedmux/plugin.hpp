#pragma once

#include <cstdint>      // fixed-width integers
#include <memory>       // unique_ptr, make_unique
#include <span>         // span
#include <string_view>  // string_view
#include <type_traits>  // is_base_of_v

#include "feedmux/errors.hpp"
#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/sink.hpp"
#include "feedmux/source.hpp"
#include "feedmux/universe.hpp"

namespace feedmux {

/// A plugin loads if its major version is the engine's and its minor one is not newer.
inline constexpr std::uint16_t kApiMajor = 1;
inline constexpr std::uint16_t kApiMinor = 0;

#define FEEDMUX_STRINGIFY_(x) #x
#define FEEDMUX_STRINGIFY(x) FEEDMUX_STRINGIFY_(x)

#if defined(__clang__)
#define FEEDMUX_COMPILER "clang-" FEEDMUX_STRINGIFY(__clang_major__)
#elif defined(__GNUC__)
#define FEEDMUX_COMPILER "gcc-" FEEDMUX_STRINGIFY(__GNUC__)
#else
#error "feedmux plugins are built with GCC or Clang"
#endif

/// Compiler and C++ ABI. C++ objects cross the plugin line, so both sides must agree to the letter.
#define FEEDMUX_BUILD_TAG                           \
  FEEDMUX_COMPILER " libstdc++-" FEEDMUX_STRINGIFY( \
      _GLIBCXX_RELEASE) " cxx11abi-" FEEDMUX_STRINGIFY(_GLIBCXX_USE_CXX11_ABI)

enum class PluginKind : std::uint32_t { Source, Sink, Universe };

/// How messages call it, and the YAML section (with an s) that configures it.
constexpr std::string_view Name(PluginKind kind) {
  switch (kind) {
    case PluginKind::Source:
      return "source";
    case PluginKind::Sink:
      return "sink";
    case PluginKind::Universe:
      return "universe";
  }
  return "unknown";
}

/// A plugin's identity: plain data that the engine reads and checks before it calls any C++ of the
/// plugin. The first three fields keep their place in every version.
struct PluginDescriptor {
  std::uint32_t size = sizeof(PluginDescriptor);
  std::uint16_t api_major = kApiMajor;
  std::uint16_t api_minor = kApiMinor;
  const char* build_tag = FEEDMUX_BUILD_TAG;
  std::uint32_t tick_size = sizeof(Tick);
  PluginKind kind = PluginKind::Source;
  const char* name = nullptr;  ///< `plugin:` in the YAML: a-z, 0-9 and _
  const char* version = nullptr;
  const char* summary = nullptr;  ///< one line
  const OptionSpec* options = nullptr;
  std::uint32_t option_count = 0;
  std::uint32_t option_size = sizeof(OptionSpec);
  // The maker of its kind; the others are null. Called once an instance. Throws OptionError.
  std::unique_ptr<Source> (*make_source)(Host&, const Options&) = nullptr;
  std::unique_ptr<Sink> (*make_sink)(Host&, const Options&) = nullptr;
  std::unique_ptr<UniverseResolver> (*make_universe)(Host&, const Options&) = nullptr;
};

/// What an author says about a plugin.
struct PluginInfo {
  const char* name;
  const char* version;
  const char* summary;
};

namespace detail {
template <typename Interface, typename T>
std::unique_ptr<Interface> Make(Host& host, const Options& options) {
  return std::make_unique<T>(host, options);
}

constexpr PluginDescriptor Describe(PluginKind kind, PluginInfo info,
                                    std::span<const OptionSpec> options) {
  PluginDescriptor descriptor;
  descriptor.kind = kind;
  descriptor.name = info.name;
  descriptor.version = info.version;
  descriptor.summary = info.summary;
  descriptor.options = options.data();
  descriptor.option_count = static_cast<std::uint32_t>(options.size());
  return descriptor;
}
}  // namespace detail

/// The descriptor of a Source, Sink or UniverseResolver `T` with a constructor T(Host&, const
/// Options&).
template <typename T>
constexpr PluginDescriptor DescribePlugin(PluginInfo info,
                                          std::span<const OptionSpec> options = {}) {
  if constexpr (std::is_base_of_v<Source, T>) {
    auto descriptor = detail::Describe(PluginKind::Source, info, options);
    descriptor.make_source = &detail::Make<Source, T>;
    return descriptor;
  } else if constexpr (std::is_base_of_v<Sink, T>) {
    auto descriptor = detail::Describe(PluginKind::Sink, info, options);
    descriptor.make_sink = &detail::Make<Sink, T>;
    return descriptor;
  } else {
    static_assert(std::is_base_of_v<UniverseResolver, T>,
                  "a plugin is a Source, a Sink or a UniverseResolver");
    auto descriptor = detail::Describe(PluginKind::Universe, info, options);
    descriptor.make_universe = &detail::Make<UniverseResolver, T>;
    return descriptor;
  }
}

/// The one symbol that a plugin exports.
inline constexpr const char* kPluginSymbol = "feedmux_plugin";

}  // namespace feedmux

/// Exports a plugin, once in each library:
///     FEEDMUX_PLUGIN(feedmux::DescribePlugin<NullSink>({"null", "1.0.0", "Takes ticks and forgets
///     them"}));
#define FEEDMUX_PLUGIN(...)                         \
  extern "C" __attribute__((visibility("default"))) \
  const ::feedmux::PluginDescriptor feedmux_plugin; \
  extern "C" constinit const ::feedmux::PluginDescriptor feedmux_plugin = __VA_ARGS__
