#include "run_with.hpp"

#include <spawn.h>     // posix_spawnp
#include <sys/wait.h>  // waitpid
#include <unistd.h>    // environ

#include <cstdio>  // perror

namespace feedmux::contract {

int RunWith(const std::map<std::string, std::string>& placeholders,
            std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) {
    for (const auto& [placeholder, value] : placeholders) {
      const auto at = word.find(placeholder);
      if (at != std::string::npos) word.replace(at, placeholder.size(), value);
    }
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);

  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
    std::perror(arguments[0]);
    return 1;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace feedmux::contract
