#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>      // array
#include <stdexcept>  // runtime_error

#include "universes/universe_watcher.hpp"

namespace feedmux {

std::string ContentHash(const std::vector<std::string>& symbols) {
  std::string text;
  for (const std::string& symbol : symbols) text += symbol + '\n';
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::string hex;
  for (std::size_t i = 0; i < 8; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace feedmux
