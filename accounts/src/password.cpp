#include "feedmux/accounts/password.hpp"

#include <sodium.h>

#include <algorithm>  // any_of, count_if

#include "sodium.hpp"

namespace feedmux::accounts {
namespace {

/// Without 0 and o, 1 and l. 32 of them: 5 bits each.
constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(kLetters.size() == 32);
constexpr int kGroups = 4;
constexpr int kGroupSize = 5;

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// Every byte of UTF-8 but those that continue a character.
bool StartsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

}  // namespace

std::string PasswordProblem(std::string_view password) {
  if (password.size() > kPasswordBytes) {
    return "expected a password of at most " + std::to_string(kPasswordBytes) +
           " bytes, found a longer one";
  }
  if (std::any_of(password.begin(), password.end(), IsControl)) {
    return "expected a password without control characters, found one";
  }
  const auto characters = std::count_if(password.begin(), password.end(), StartsCharacter);
  if (static_cast<std::size_t>(characters) >= kPasswordCharacters) return {};
  return "expected a password of at least " + std::to_string(kPasswordCharacters) +
         " characters, found " + std::to_string(characters);
}

std::string RandomPassword() {
  StartSodium();
  std::string password;
  for (int group = 0; group < kGroups; ++group) {
    if (group > 0) password += '-';
    for (int i = 0; i < kGroupSize; ++i) {
      password += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
    }
  }
  return password;
}

void Wipe(std::string& secret) {
  // What it had before it became shorter counts as well.
  secret.resize(secret.capacity());
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace feedmux::accounts
