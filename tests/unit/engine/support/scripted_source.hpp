#pragma once

#include <condition_variable>  // condition_variable_any
#include <functional>          // function
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <stop_token>          // stop_token
#include <vector>              // vector

#include "feedmux/source.hpp"

namespace feedmux {

/// What the sessions of a ScriptedSource do. Outlives the source.
struct SourceScript {
  /// Session number `session` (from 0) of a connection.
  std::function<void(Publisher&, std::stop_token, const ConnectionSpec&, int session)> run;
  /// Called before a connection is made; may throw.
  std::function<void(int session)> make;
  /// Called by Subscribe of a connection; may throw.
  std::function<void(const std::vector<std::string>&)> subscribe;
  std::vector<std::string> default_tickers;
  /// How its ticks spell a ticker; may throw.
  std::function<std::string(const std::string&)> spelling;

  int Sessions() const {
    const std::lock_guard lock{mutex};
    return sessions;
  }

  mutable std::mutex mutex;
  int sessions = 0;  // guarded by mutex
};

inline void WaitForStop(std::stop_token stop) {
  std::mutex mutex;
  std::unique_lock lock{mutex};
  std::condition_variable_any{}.wait(lock, std::move(stop), [] { return false; });
}

class ScriptedSource final : public Source {
 public:
  explicit ScriptedSource(SourceScript& script) : script_(script) {}

  std::unique_ptr<Connection> NewConnection(const ConnectionSpec& spec) override {
    int session = 0;
    {
      const std::lock_guard lock{script_.mutex};
      session = script_.sessions++;
    }
    if (script_.make) script_.make(session);
    return std::make_unique<Session>(script_, spec, session);
  }
  std::vector<std::string> DefaultTickers() const override { return script_.default_tickers; }
  std::string TickSpelling(const std::string& ticker) const override {
    return script_.spelling ? script_.spelling(ticker) : ticker;
  }

 private:
  class Session final : public Connection {
   public:
    Session(SourceScript& script, ConnectionSpec spec, int session)
        : script_(script), spec_(std::move(spec)), session_(session) {}
    void Run(Publisher& publisher, std::stop_token stop) override {
      script_.run(publisher, std::move(stop), spec_, session_);
    }
    void Subscribe(const std::vector<std::string>& tickers) override {
      if (script_.subscribe) script_.subscribe(tickers);
    }
    void Unsubscribe(const std::vector<std::string>&) override {}

   private:
    SourceScript& script_;
    const ConnectionSpec spec_;
    const int session_;
  };

  SourceScript& script_;
};

/// Publishes one frame of `ticks` trades of the symbol.
inline void PublishTrades(Publisher& publisher, std::size_t ticks, SymbolId symbol = 1) {
  Batch& batch = publisher.NewBatch();
  batch.frame = "frame";
  for (std::size_t i = 0; i < ticks; ++i) {
    Tick& tick = batch.Add(Kind::Trade);
    tick.symbol = symbol;
    tick.raw_data = batch.frame.data();
    tick.raw_size = static_cast<std::uint32_t>(batch.frame.size());
  }
  batch.events = ticks;
  publisher.Publish(batch);
}

}  // namespace feedmux
