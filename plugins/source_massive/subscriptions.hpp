#pragma once

#include <mutex>          // mutex
#include <string>         // string
#include <unordered_map>  // unordered_map
#include <vector>         // vector

namespace feedmux::massive {

/// What must be said to the server, in this order, to have it send what is wanted.
struct SubscriptionChanges {
  std::vector<std::string> subscribe;
  std::vector<std::string> unsubscribe;
  /// To subscribe again after the wildcard went, which may have taken these along. The server need
  /// not acknowledge them.
  std::vector<std::string> restore;
  /// Can be no ticker: empty, or with a comma or a space in it.
  std::vector<std::string> impossible;
};

/// The tickers that a connection wants, and those it asked the server for. Changes that undo one
/// another before they are taken are never said.
///
/// Thread: any.
class Subscriptions {
 public:
  /// True if there were no changes to take before, and are now.
  bool Add(const std::vector<std::string>& tickers);
  bool Remove(const std::vector<std::string>& tickers);

  /// From now on they count as said.
  SubscriptionChanges TakeChanges();

  /// How many are wanted.
  std::size_t size() const;

 private:
  struct State {
    bool wanted = false;
    bool asked = false;
    bool changed = false;  // stands in changed_
  };

  bool Want(const std::vector<std::string>& tickers, bool wanted);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, State> tickers_;
  std::vector<std::string> changed_;  // in the order of the calls
  std::vector<std::string> impossible_;
  std::size_t wanted_ = 0;
};

}  // namespace feedmux::massive
