#include "sodium.hpp"

#include <sodium.h>

#include <algorithm>  // all_of
#include <array>      // array
#include <cstring>    // memcpy
#include <stdexcept>  // runtime_error

namespace feedmux::accounts {
namespace {

constexpr std::string_view kTokenStart = "fmx_";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kHashDigits = 2 * crypto_hash_sha256_BYTES;

const unsigned char* Bytes(std::string_view text) {
  return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}

}  // namespace

void StartSodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string HashPassword(std::string_view password, HashCost cost) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), cost.passes,
                        cost.memory_bytes) != 0) {
    throw std::runtime_error("a password cannot be hashed: it needs " +
                             std::to_string(cost.memory_bytes >> 10) + " KiB of memory");
  }
  return hash.data();
}

bool IsPasswordHash(const std::string& text) {
  return text.starts_with(crypto_pwhash_argon2id_STRPREFIX) &&
         text.find('\0') == std::string::npos &&
         crypto_pwhash_str_needs_rehash(text.c_str(), crypto_pwhash_OPSLIMIT_MIN,
                                        crypto_pwhash_MEMLIMIT_MIN) != -1;
}

bool IsPasswordOf(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string RandomToken() {
  std::array<unsigned char, kTokenBytes> secret{};
  randombytes_buf(secret.data(), secret.size());
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<char, sodium_base64_ENCODED_LEN(kTokenBytes, kVariant)> text{};
  sodium_bin2base64(text.data(), text.size(), secret.data(), secret.size(), kVariant);
  std::string token{kTokenStart};
  token += text.data();
  sodium_memzero(secret.data(), secret.size());
  sodium_memzero(text.data(), text.size());
  return token;
}

std::string HashToken(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), Bytes(token), token.size());
  std::array<char, kHashDigits + 1> text{};
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  return text.data();
}

bool IsTokenHash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool AreSameHash(std::string_view one, std::string_view other) {
  return sodium_memcmp(one.data(), other.data(), kHashDigits) == 0;
}

std::uint64_t Fingerprint(std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), Bytes(text), text.size(), nullptr, 0);
  std::uint64_t number = 0;
  std::memcpy(&number, hash.data(), sizeof number);
  return number;
}

}  // namespace feedmux::accounts
