#include "exported_symbols.hpp"

#include <elf.h>  // Elf64_Ehdr, Elf64_Shdr, Elf64_Sym

#include <cstdint>      // uint64_t
#include <cstring>      // memcpy, memcmp
#include <fstream>      // ifstream
#include <iterator>     // istreambuf_iterator
#include <stdexcept>    // runtime_error
#include <string_view>  // string_view

namespace feedmux::contract {

namespace {

class ElfFile {
 public:
  explicit ElfFile(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    bytes_.assign(std::istreambuf_iterator<char>{file}, {});
    const bool is_elf = bytes_.size() >= sizeof(Elf64_Ehdr) &&
                        std::memcmp(bytes_.data(), ELFMAG, SELFMAG) == 0 &&
                        bytes_[EI_CLASS] == ELFCLASS64;
    if (!is_elf) throw std::runtime_error(path + ": not a 64-bit ELF file");
  }

  template <typename T>
  T Read(std::uint64_t at) const {
    if (at > bytes_.size() || bytes_.size() - at < sizeof(T)) {
      throw std::runtime_error("an ELF table lies beyond the end of the file");
    }
    T value;
    std::memcpy(&value, bytes_.data() + at, sizeof value);
    return value;
  }

  std::string Text(std::uint64_t at) const {
    if (at >= bytes_.size())
      throw std::runtime_error("an ELF name lies beyond the end of the file");
    return bytes_.c_str() + at;
  }

 private:
  std::string bytes_;
};

bool IsOfSanitizer(std::string_view name) {
  for (const std::string_view prefix : {"__asan", "__odr_asan", "__ubsan", "__tsan", "__lsan"}) {
    if (name.substr(0, prefix.size()) == prefix) return true;
  }
  return false;
}

bool IsExported(const Elf64_Sym& symbol) {
  const auto binding = ELF64_ST_BIND(symbol.st_info);
  const auto visibility = ELF64_ST_VISIBILITY(symbol.st_other);
  return symbol.st_shndx != SHN_UNDEF && binding != STB_LOCAL &&
         (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

}  // namespace

std::vector<std::string> ExportedSymbols(const std::string& path) {
  const ElfFile file{path};
  const auto header = file.Read<Elf64_Ehdr>(0);
  const auto section = [&](std::uint64_t index) {
    return file.Read<Elf64_Shdr>(header.e_shoff + index * sizeof(Elf64_Shdr));
  };
  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
    const auto table = section(i);
    if (table.sh_type != SHT_DYNSYM) continue;
    const auto texts = section(table.sh_link);
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
      const auto symbol = file.Read<Elf64_Sym>(table.sh_offset + at);
      if (!IsExported(symbol)) continue;
      const std::string name = file.Text(texts.sh_offset + symbol.st_name);
      if (!IsOfSanitizer(name)) names.push_back(name);
    }
  }
  return names;
}

}  // namespace feedmux::contract
