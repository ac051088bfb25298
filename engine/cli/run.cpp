#include <fmt/format.h>

#include <cstdlib>    // _Exit
#include <exception>  // exception
#include <memory>     // make_shared
#include <mutex>      // mutex
#include <nlohmann/json.hpp>
#include <optional>  // optional
#include <string>    // string
#include <thread>    // thread
#include <vector>    // vector

#include "app/engine.hpp"
#include "app/imbalance.hpp"
#include "app/report.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/exit_code.hpp"
#include "cli/signals.hpp"
#include "control/control_path.hpp"
#include "control/control_server.hpp"
#include "core/logging.hpp"
#include "core/symbol_table.hpp"
#include "core/system_clock.hpp"

namespace feedmux {
namespace {

// How long a command that was given through the control socket may take, once the engine stops.
constexpr std::chrono::seconds kControlGrace{2};

/// The report file of one run. Thread: any.
class Reporter {
 public:
  Reporter(std::optional<std::filesystem::path> file, const Engine& engine, const Clock& clock,
           Log& log)
      : file_(std::move(file)), engine_(engine), clock_(clock), log_(log) {}

  nlohmann::ordered_json Read() const {
    return Report(engine_, engine_.RecentHealth(), started_ns_, clock_.UtcNs());
  }

  /// False if it could not be written, which is logged. True if none was asked for.
  bool Write() {
    const std::lock_guard lock{mutex_};
    if (!file_ || closed_) return true;
    try {
      WriteFileAtomically(*file_, ReportJson(engine_, started_ns_, clock_.UtcNs()));
      return true;
    } catch (const std::exception& error) {
      log_.Error(fmt::format("report: {}", error.what()));
      return false;
    }
  }

  /// What SIGUSR1 asks for.
  void WriteOnDemand() {
    if (!file_) {
      return log_.Warning("SIGUSR1: there is no report file; start with --report FILE to have one");
    }
    Write();
  }

  /// From now on nothing is written, and the engine may go.
  void Close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }

 private:
  std::mutex mutex_;
  bool closed_ = false;  // guarded by mutex_
  const std::optional<std::filesystem::path> file_;
  const Engine& engine_;
  const Clock& clock_;
  Log& log_;
  const std::int64_t started_ns_ = clock_.UtcNs();
};

std::unique_ptr<ControlServer> MakeControlServer(const EngineConfig& config,
                                                 const ControlServices& services) {
  if (!config.control_enabled) return nullptr;
  const std::filesystem::path path =
      config.control_path.empty() ? PathToListenAt() : std::filesystem::path{config.control_path};
  return std::make_unique<ControlServer>(path, services);
}

void LogEnd(const Health& health, Log& log) {
  std::uint64_t left = 0;
  for (const SinkHealth& sink : health.sinks) {
    left += sink.queued;
    if (sink.queued == 0) continue;
    log.Warning(fmt::format("sink {}: {} ticks left undelivered", sink.name, sink.queued));
  }
  const std::string end =
      fmt::format("stopped: {} ticks published, {} left in queues, imbalance {}", health.published,
                  left, health.imbalance);
  const std::vector<std::string> imbalances = ImbalancesOf(health);
  for (const std::string& imbalance : imbalances) log.Error("imbalance: " + imbalance);
  imbalances.empty() ? log.Info(end) : log.Error(end);
}

}  // namespace

int Run(const RunOptions& options) {
  SignalQueue signals;  // before the first thread
  if (options.log_level) SetLogLevel(LogLevelFromName(*options.log_level));
  NamedLog log{"engine"};
  const SystemClock clock;
  SymbolTable symbols;
  HostServices services{clock, symbols, {}, {}, nullptr};
  services.engine.version = FEEDMUX_VERSION;
  services.engine.started_ns = clock.UtcNs();

  std::optional<EndAtOnce> before_start{signals};
  auto configuration = ReadConfiguration(options.config, Purpose::Run, services);
  before_start.reset();
  if (!configuration) return exit_code::kConfig;
  const EngineConfig& config = configuration->config.engine;
  if (!options.log_level) SetLogLevel(LogLevelFromName(config.log_level));

  Engine engine{std::move(configuration->assembly), services};
  // Shared with the thread that waits for a second signal, which may outlive this call.
  const auto reporter = std::make_shared<Reporter>(options.report, engine, clock, log);
  // Tried now rather than found out at the end of the day.
  if (!reporter->Write()) return exit_code::kRuntime;
  const auto server = MakeControlServer(
      config,
      {engine.control(), [&] { return reporter->Read(); }, engine.bus(), symbols,
       services.connections, [&](const std::string& symbol) { return engine.Spellings(symbol); }});
  engine.Start();
  if (server) server->Start();
  log.Info(fmt::format("feedmux {} runs {}", FEEDMUX_VERSION, options.config.string()));

  int signal = signals.Next();
  for (; signal == SIGUSR1; signal = signals.Next()) reporter->WriteOnDemand();
  signals.TakeEchoes();
  log.Info(fmt::format("{}: stopping, queues have {:.1f} s to drain; again to exit at once",
                       SignalName(signal),
                       std::chrono::duration<double>{config.shutdown_timeout}.count()));
  std::thread{[signals, reporter]() mutable {
    int again = signals.Next();
    for (; again == SIGUSR1; again = signals.Next()) reporter->WriteOnDemand();
    std::_Exit(128 + again);
  }}.detach();

  // First, or else a command that waits for the engine would keep the control server.
  engine.RequestStop();
  const bool control_came_back = !server || server->Stop(kControlGrace);
  const bool all_came_back = engine.Stop(config.shutdown_timeout) && control_came_back;
  LogEnd(engine.ReadHealth(), log);
  const bool reported = reporter->Write();
  reporter->Close();
  const int code = all_came_back && reported ? exit_code::kOk : exit_code::kRuntime;
  // Plugins that never came back still use the engine.
  if (!all_came_back) std::_Exit(code);
  return code;
}

}  // namespace feedmux
