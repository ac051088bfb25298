#pragma once

#include <condition_variable>  // condition_variable_any
#include <cstdint>             // int64_t
#include <mutex>               // mutex
#include <set>                 // set
#include <stop_token>          // stop_token
#include <string>              // string
#include <vector>              // vector

#include "feedmux/host.hpp"
#include "feedmux/source.hpp"
#include "generator.hpp"
#include "pacer.hpp"
#include "settings.hpp"

namespace feedmux::synthetic {

/// Publishes what its generator makes, when it is due. Without tickers it sleeps.
class SyntheticConnection final : public Connection {
 public:
  SyntheticConnection(Host& host, const Settings& settings, const ConnectionSpec& spec,
                      std::vector<std::string> default_tickers);

  void Run(Publisher& publisher, std::stop_token stop) override;
  void Subscribe(const std::vector<std::string>& tickers) override;
  void Unsubscribe(const std::vector<std::string>& tickers) override;

 private:
  struct Change {
    bool subscribe;
    std::string ticker;
  };

  void Enqueue(bool subscribe, const std::vector<std::string>& tickers);
  void ApplyChanges(Publisher& publisher);
  bool ApplyToAll(bool subscribe, Publisher& publisher);
  bool ApplyToOne(const Change& change, Publisher& publisher);
  /// False if the symbol table has no place for it.
  bool Begin(const std::string& ticker, Publisher& publisher);
  void EndUnlessWanted(const std::string& ticker);
  void WaitForChange(const std::stop_token& stop);
  void WaitForChange(const std::stop_token& stop, std::int64_t at_most_ns);
  Pacer NewPacer() const;
  void PublishGroup(Publisher& publisher, Pacer& pacer);
  void FollowWallClock(const Pacer& pacer, std::int64_t now_ns);
  void CountSkipped(std::int64_t events, std::int64_t now_ns);

  Host& host_;
  const Settings settings_;
  const std::vector<std::string> default_tickers_;
  Counter& skipped_;

  // The connection thread's.
  Generator generator_;
  std::set<std::string> named_;  // wanted by their names
  bool wants_all_ = false;       // by the wildcard: all of default_tickers_
  std::int64_t warn_again_ns_ = 0;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Change> changes_;  // guarded by mutex_
};

}  // namespace feedmux::synthetic
