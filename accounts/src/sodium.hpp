#pragma once

#include <cstdint>      // uint64_t
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/accounts/accounts.hpp"

namespace feedmux::accounts {

// What is needed of libsodium. All of them may be called from any thread.

/// Has to be called once before the others. Throws std::runtime_error if libsodium does not start.
void StartSodium();

/// An argon2id hash with salt and cost in its text. Throws std::runtime_error if the memory that it
/// costs cannot be had.
std::string HashPassword(std::string_view password, HashCost cost);

/// Whether the text is such a hash.
bool IsPasswordHash(const std::string& text);

/// In a time that does not depend on where they differ.
bool IsPasswordOf(const std::string& hash, std::string_view password);

/// A new token: fmx_ and 256 random bits.
std::string RandomToken();

/// SHA-256 in hexadecimal. Enough for a token: nobody guesses 256 random bits, however fast the
/// hash.
std::string HashToken(std::string_view token);

/// Whether the text is such a hash.
bool IsTokenHash(std::string_view text);

/// In a time that does not depend on where they differ. Both are token hashes.
bool AreSameHash(std::string_view one, std::string_view other);

/// A number that stands for a text; two texts hardly have the same, and it tells nothing of either.
std::uint64_t Fingerprint(std::string_view text);

}  // namespace feedmux::accounts
