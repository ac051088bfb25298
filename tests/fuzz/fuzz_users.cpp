// Any text as a users file: it is refused by name, or holds valid accounts that survive being
// written.
#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <cstdlib>      // abort
#include <stdexcept>    // runtime_error
#include <string_view>  // string_view

#include "feedmux/accounts/name.hpp"
#include "sodium.hpp"
#include "users_json.hpp"

namespace feedmux::accounts {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

void Check(std::string_view text) {
  UsersDocument document;
  try {
    document = ParseUsers(text, "users.json");
  } catch (const std::runtime_error& error) {
    Require(std::string_view{error.what()}.starts_with("users.json:"));
    return;
  }
  for (const StoredUser& user : document.users) {
    Require(NameProblem(user.name).empty() && IsPasswordHash(user.password_hash));
  }
  const std::string written = UsersText(document);
  Require(UsersText(ParseUsers(written, "users.json")) == written);
}

}  // namespace
}  // namespace feedmux::accounts

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  feedmux::accounts::StartSodium();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  feedmux::accounts::Check({static_cast<const char*>(static_cast<const void*>(data)), size});
  return 0;
}
