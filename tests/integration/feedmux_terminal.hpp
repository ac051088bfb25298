#pragma once

#include <sys/types.h>  // pid_t

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::testing {

/// The feedmux binary of this build at a terminal of its own, typed to by the test. Killed at the
/// end if it still runs.
class FeedmuxTerminal {
 public:
  explicit FeedmuxTerminal(std::vector<std::string> arguments);
  ~FeedmuxTerminal();
  FeedmuxTerminal(const FeedmuxTerminal&) = delete;
  FeedmuxTerminal& operator=(const FeedmuxTerminal&) = delete;

  /// Waits until `text` is on the screen, after what was waited for before.
  bool WaitFor(std::string_view text);
  void Type(std::string_view text) const;

  /// Waits until it sleeps, which after a prompt it does to wait for keys.
  bool WaitUntilItSleeps() const;

  /// Whether what is typed is shown.
  bool HasEcho() const;

  /// The exit code, or 128 + the signal that ended it; nothing if it does not end.
  std::optional<int> Wait();

  /// All that was on the screen so far.
  const std::string& screen() const { return screen_; }

 private:
  /// What was written since.
  void Read();

  int master_ = -1;
  int slave_ = -1;  ///< kept open, so that the terminal outlives the process
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
  std::string screen_;
  std::size_t waited_for_ = 0;
};

}  // namespace feedmux::testing
