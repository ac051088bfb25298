#pragma once

#include <gmock/gmock.h>

#include <functional>  // function
#include <stdexcept>   // runtime_error, logic_error

#include "assembly/assembly.hpp"

#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/scripted_sink.hpp"
#include "support/scripted_source.hpp"
#include "support/scripted_universe.hpp"

namespace feedmux {

using Tickers = std::vector<std::string>;

// Plugins without a library. Their makers are plain functions, so what they share stands here.
struct Shared {
  SourceScript source;
  SinkScript sink;
  UniverseScript universe;
  bool universe_throws = false;  // from its maker
  std::function<Calendar()> calendar = [] { return Calendar::UsEquities; };
  int made = 0;
};
inline Shared* shared = nullptr;

class TestSource final : public Source {
 public:
  TestSource(Host&, const Options& options) {
    ++shared->made;
    if (options.Has("url") && options.String("url") == "bad") {
      throw OptionError("url", "ws:// or wss:// and a host");
    }
    if (options.Has("url") && options.String("url") == "throws") throw std::runtime_error("a bug");
    if (options.Has("key")) throw std::runtime_error("no good: " + options.String("key"));
  }
  std::unique_ptr<Connection> NewConnection(const ConnectionSpec&) override { return nullptr; }
  std::vector<std::string> DefaultTickers() const override {
    if (shared->source.default_tickers == Tickers{"throws"}) throw std::runtime_error("a bug");
    return shared->source.default_tickers;
  }
  Calendar MarketCalendar() const override { return shared->calendar(); }
};

class TestSink final : public Sink {
 public:
  TestSink(Host&, const Options&) { ++shared->made; }
  void OnTicks(std::span<const Tick>) override {}
};

inline std::unique_ptr<UniverseResolver> MakeUniverse(Host&, const Options&) {
  if (shared->universe_throws) throw std::logic_error("option 'path' is not set");
  return std::make_unique<ScriptedUniverse>(shared->universe);
}

inline std::unique_ptr<Sink> MakeNothing(Host&, const Options&) { return nullptr; }

inline constexpr OptionSpec kSourceOptions[] = {{.name = "key", .secret = true}};
inline constexpr PluginDescriptor kSource =
    DescribePlugin<TestSource>({"test", "1", "A source"}, kSourceOptions);
inline constexpr PluginDescriptor kSink = DescribePlugin<TestSink>({"test", "1", "A sink"});
inline constexpr PluginDescriptor kUniverse = [] {
  PluginDescriptor plugin;
  plugin.kind = PluginKind::Universe;
  plugin.name = "lists";
  plugin.make_universe = &MakeUniverse;
  return plugin;
}();
inline constexpr PluginDescriptor kEmptySink = [] {
  PluginDescriptor plugin = kSink;
  plugin.make_sink = &MakeNothing;
  return plugin;
}();

class AssembleTest : public ::testing::Test {
 protected:
  AssembleTest() {
    shared = &shared_;
    shared_.universe.lists = {{"dow", {"AAPL", "IBM", "MSFT"}}, {"etf", {"SPY"}}, {"none", {}}};
  }
  ~AssembleTest() override { shared = nullptr; }

  static InstanceConfig Instance(const PluginDescriptor& plugin, std::string name, std::string path,
                                 int line) {
    InstanceConfig instance;
    instance.name = std::move(name);
    instance.plugin = &plugin;
    instance.path = std::move(path);
    instance.location = {"test.yaml", line, 1};
    return instance;
  }

  SourceConfig& AddSource(const std::string& name) {
    const std::size_t index = config_.sources.size();
    SourceConfig& source = config_.sources.emplace_back();
    const int line = static_cast<int>(100 * (index + 1));
    source.instance = Instance(kSource, name, "sources[" + std::to_string(index) + "]", line);
    source.universe_location = source.instance.location;
    return source;
  }

  static ConnectionConfig& AddConnection(SourceConfig& source, const std::string& name,
                                         const std::string& universe = "", Tickers symbols = {}) {
    const std::size_t index = source.connections.size();
    ConnectionConfig& connection = source.connections.emplace_back();
    connection.name = name;
    connection.universe = universe;
    connection.symbols = std::move(symbols);
    connection.path = source.instance.path + ".connections[" + std::to_string(index) + "]";
    connection.location = {"test.yaml", source.instance.location.line + static_cast<int>(index) + 1,
                           1};
    connection.universe_location = connection.location;
    connection.universe_location.column = 9;
    return connection;
  }

  void AddUniverse() {
    config_.universes.push_back({Instance(kUniverse, "lists", "universes[0]", 10)});
  }

  SinkConfig& AddSink(const std::string& name, const PluginDescriptor& plugin = kSink) {
    SinkConfig& sink = config_.sinks.emplace_back();
    sink.instance = Instance(plugin, name, "sinks[0]", 900);
    return sink;
  }

  Assembly Assemble(Purpose purpose = Purpose::Run) {
    services_.connections.clear();
    Assembly assembly = feedmux::Assemble(config_, purpose, services_, problems_);
    for (const Problem& problem : problems_.TakeSorted()) found_.push_back(ToString(problem));
    return assembly;
  }

  static std::vector<Tickers> TickersOf(const Assembly& assembly) {
    std::vector<Tickers> tickers;
    for (const auto& connection : assembly.connections) tickers.push_back(connection.spec.tickers);
    return tickers;
  }

  Shared shared_;
  testing::ManualClock clock_;
  SymbolTable symbols_;
  HostServices services_{clock_, symbols_, {}, {}, nullptr};
  Config config_;
  Problems problems_;
  std::vector<std::string> found_;  // problems
};

}  // namespace feedmux
