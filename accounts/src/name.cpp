#include "feedmux/accounts/name.hpp"

#include <algorithm>  // all_of
#include <cstddef>    // size_t

#include "quoted.hpp"

namespace feedmux::accounts {
namespace {

constexpr std::size_t kLongest = 64;

bool IsValid(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == '@';
}

}  // namespace

std::string NameProblem(std::string_view name) {
  if (!name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), IsValid)) {
    return {};
  }
  return "expected a name (1 to 64 letters, digits, '.', '_', '-', '@'), found " + Quoted(name);
}

}  // namespace feedmux::accounts
