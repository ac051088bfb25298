#include "plugins/registry.hpp"

#include <cxxabi.h>  // __cxa_demangle
#include <elf.h>     // Elf64_Ehdr, Elf64_Phdr
#include <fmt/format.h>

#include <algorithm>  // sort, find_if
#include <boost/dll/shared_library.hpp>
#include <cstdlib>    // free
#include <cstring>    // memcmp
#include <deque>      // deque
#include <fstream>    // ifstream
#include <memory>     // unique_ptr
#include <set>        // set
#include <stdexcept>  // runtime_error
#include <tuple>      // tie

#include "plugins/option_table.hpp"
#include "plugins/plain_name.hpp"

namespace feedmux {
namespace {

namespace dll = boost::dll;
namespace fs = std::filesystem;

/// Why the plugin cannot be used; empty if it can. Reads the descriptor's fields only as far as the
/// checks before have shown that they are there.
std::string Refusal(const PluginDescriptor& plugin) {
  if (plugin.api_major != kApiMajor || plugin.api_minor > kApiMinor) {
    const bool is_newer = plugin.api_major >= kApiMajor;
    return fmt::format("built for plugin API {}.{}, this feedmux has {}.{}: {}", plugin.api_major,
                       plugin.api_minor, kApiMajor, kApiMinor,
                       is_newer ? "use a newer feedmux, or rebuild it against this one"
                                : "rebuild it against this feedmux");
  }
  if (plugin.size != sizeof(PluginDescriptor)) {
    return fmt::format("its descriptor has {} bytes, expected {}: rebuild it against this feedmux",
                       plugin.size, sizeof(PluginDescriptor));
  }
  if (plugin.build_tag == nullptr || std::string_view{plugin.build_tag} != FEEDMUX_BUILD_TAG) {
    return fmt::format(
        "built with \"{}\", this feedmux with \"{}\": build it with the same compiler",
        plugin.build_tag ? plugin.build_tag : "", FEEDMUX_BUILD_TAG);
  }
  if (plugin.tick_size != sizeof(Tick) || plugin.option_size != sizeof(OptionSpec)) {
    return fmt::format(
        "its ticks have {} bytes and its option rows {}, expected {} and {}: rebuild it against "
        "this feedmux",
        plugin.tick_size, plugin.option_size, sizeof(Tick), sizeof(OptionSpec));
  }
  if (plugin.name == nullptr || !IsPlainName(plugin.name)) {
    return fmt::format("its name \"{}\" is not made of a-z, 0-9 and _",
                       plugin.name ? plugin.name : "");
  }
  if (plugin.version == nullptr || plugin.summary == nullptr) return "it has no version or summary";
  if (plugin.options == nullptr && plugin.option_count != 0) return "its option table is missing";
  const bool has_maker = (plugin.kind == PluginKind::Source && plugin.make_source) ||
                         (plugin.kind == PluginKind::Sink && plugin.make_sink) ||
                         (plugin.kind == PluginKind::Universe && plugin.make_universe);
  if (!has_maker) return "it has no maker for its kind";
  return TableRefusal({plugin.options, plugin.option_count});
}

/// The symbol as it stands in the source; as it is if it is no C++ one.
std::string Demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text{
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free};
  return text ? text.get() : symbol;
}

/// The part of Boost.DLL's message that dlopen wrote, without the repeated path.
std::string LoadError(const boost::system::system_error& error, const fs::path& file) {
  std::string text = error.what();
  const std::string_view intro = "(dlerror system message: ";
  if (const auto at = text.find(intro); at != std::string::npos) {
    text.erase(0, at + intro.size());
    if (const auto end = text.rfind(')'); end != std::string::npos) text.erase(end);
  }
  const std::string prefix = file.string() + ": ";
  if (text.starts_with(prefix)) text.erase(0, prefix.size());
  const std::string_view undefined = "undefined symbol: ";
  if (text.starts_with(undefined)) {
    text = fmt::format("{}{}", undefined, Demangled(text.substr(undefined.size())));
  }
  return "cannot be loaded: " + text;
}

/// True for a library of which the end is missing, as after a copy that broke off. dlopen would map
/// what is not there, and the process would end with SIGBUS.
bool IsCutShort(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  Elf64_Ehdr header;
  if (!in.read(reinterpret_cast<char*>(&header), sizeof header)) return false;  // dlopen says why
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return false;
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return false;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  if (error || header.e_phentsize != sizeof(Elf64_Phdr)) return false;
  in.seekg(static_cast<std::streamoff>(header.e_phoff));
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (!in.read(reinterpret_cast<char*>(&segment), sizeof segment)) return true;
    if (segment.p_offset > size || segment.p_filesz > size - segment.p_offset) return true;
  }
  return false;
}

/// Keeps the library until the process ends: a plugin's code, exceptions and counters may be in use
/// until the very last moment.
const dll::shared_library& KeepLoaded(dll::shared_library library) {
  static auto& kLibraries = *new std::deque<dll::shared_library>;
  return kLibraries.emplace_back(std::move(library));
}

}  // namespace

PluginRegistry::PluginRegistry(std::vector<fs::path> folders) : folders_(std::move(folders)) {
  std::set<fs::path> seen;
  for (const fs::path& folder : folders_) {
    std::error_code error;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{folder, error}) {
      if (entry.path().extension() == ".so") files.push_back(entry.path());
    }
    if (error && error != std::errc::no_such_file_or_directory) {
      refusals_.push_back(
          fmt::format("{}: no folder of plugins: {}", folder.string(), error.message()));
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      if (seen.insert(fs::weakly_canonical(file, error)).second) Load(file);
    }
  }
  std::sort(plugins_.begin(), plugins_.end(), [](const LoadedPlugin& a, const LoadedPlugin& b) {
    const std::string_view a_name = a.descriptor->name;
    const std::string_view b_name = b.descriptor->name;
    return std::tie(a.descriptor->kind, a_name) < std::tie(b.descriptor->kind, b_name);
  });
}

void PluginRegistry::Load(const fs::path& file) {
  const auto refuse = [&](const std::string& why) {
    refusals_.push_back(fmt::format("{}: refused: {}", file.string(), why));
  };
  if (IsCutShort(file)) return refuse("cannot be loaded: the end of the file is missing");
  dll::shared_library loaded;
  try {
    loaded.load(file.string(), dll::load_mode::rtld_now | dll::load_mode::rtld_local);
  } catch (const boost::system::system_error& error) {
    return refuse(LoadError(error, file));
  } catch (const std::exception& error) {
    // The system's loader is left in the midst of its work: nothing more can be loaded.
    throw std::runtime_error(fmt::format("{}: a static initialiser threw: {}; remove the file",
                                         file.string(), error.what()));
  } catch (...) {
    throw std::runtime_error(
        fmt::format("{}: a static initialiser threw; remove the file", file.string()));
  }
  const dll::shared_library& library = KeepLoaded(std::move(loaded));
  if (!library.has(kPluginSymbol)) {
    return refuse(fmt::format("no feedmux plugin: it does not export '{}'", kPluginSymbol));
  }
  const auto& descriptor = library.get<const PluginDescriptor>(kPluginSymbol);
  if (const std::string why = Refusal(descriptor); !why.empty()) return refuse(why);

  const auto same = std::find_if(plugins_.begin(), plugins_.end(), [&](const LoadedPlugin& other) {
    return other.descriptor->kind == descriptor.kind &&
           std::string_view{other.descriptor->name} == descriptor.name;
  });
  if (same != plugins_.end()) {
    return refuse(fmt::format("{} plugin '{}' was already loaded from {}", Name(descriptor.kind),
                              descriptor.name, same->file.string()));
  }
  plugins_.push_back({&descriptor, file});
}

const PluginDescriptor* PluginRegistry::Find(PluginKind kind, std::string_view name) const {
  for (const LoadedPlugin& plugin : plugins_) {
    if (plugin.descriptor->kind == kind && name == plugin.descriptor->name)
      return plugin.descriptor;
  }
  return nullptr;
}

}  // namespace feedmux
