#include <CLI/CLI.hpp>
#include <algorithm>    // find
#include <cerrno>       // errno, EPIPE
#include <csignal>      // signal
#include <cstdio>       // fflush, fprintf
#include <cstring>      // strerror
#include <exception>    // exception
#include <functional>   // function
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "cli/accounts/account_commands.hpp"
#include "cli/commands.hpp"
#include "cli/control/control_commands.hpp"
#include "cli/exit_code.hpp"
#include "config/nearest.hpp"
#include "config/shown.hpp"

namespace {

/// What is wrong with the first word, which has to be a command; empty if nothing is.
std::string CommandError(const CLI::App& app, std::string_view word) {
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (std::find(commands.begin(), commands.end(), word) != commands.end()) return {};
  if (word.substr(0, 1) != "-") {
    return "unknown command " + feedmux::Shown(word) + feedmux::DidYouMean(word, commands);
  }
  const std::string name{word.substr(0, word.find('='))};
  if (app.get_option_no_throw(name)) return {};
  return "the command comes first, then its options; found " + feedmux::Shown(name);
}

int RunCommandLine(int argc, char** argv) {
  CLI::App app{"feedmux: makes rationed market-data connections one feed that does not go blind"};
  app.set_version_flag("--version", "feedmux " FEEDMUX_VERSION);
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 failed while running, 2 wrong usage, 78 wrong configuration.");

  feedmux::RunOptions run_options;
  auto* run = app.add_subcommand("run", "Run the engine until SIGINT or SIGTERM");
  run->add_option("CONFIG", run_options.config, "YAML file")->required();
  run->add_option("--report", run_options.report,
                  "Write health and ledger to this file as JSON on exit and on SIGUSR1");
  run->add_option("--log-level", run_options.log_level, "Instead of the YAML's engine.log_level")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));

  std::filesystem::path config;
  auto* check = app.add_subcommand("check", "Say everything that is wrong with a configuration");
  check->add_option("CONFIG", config, "YAML file")->required();

  std::string plugin;
  auto* plugins = app.add_subcommand("plugins", "List the plugins that can be used");
  auto* show = plugins->add_subcommand("show", "Describe a plugin and its options");
  show->add_option("NAME", plugin, "For instance redis, or sink_redis where a name is not enough")
      ->required();

  auto* schema = app.add_subcommand("schema", "Print the JSON Schema of the configuration");

  std::filesystem::path env_file;
  auto* import_env = app.add_subcommand(
      "import-env", "Turn a TickStock .env file into a configuration, on standard output");
  import_env->add_option("FILE", env_file, "The .env file")->required();

  std::function<int()> control_command;
  feedmux::AddControlCommands(app, control_command);

  std::function<int()> account_command;
  feedmux::AddAccountCommands(app, account_command);

  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return std::string{"feedmux: "} + error.what() + " (--help says what is valid)\n";
  });
  if (const std::string error = argc > 1 ? CommandError(app, argv[1]) : ""; !error.empty()) {
    std::fprintf(stderr, "feedmux: %s (--help says what is valid)\n", error.c_str());
    return feedmux::exit_code::kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? feedmux::exit_code::kOk : feedmux::exit_code::kUsage;
  }
  if (*run) return feedmux::Run(run_options);
  if (control_command) return feedmux::RunControlCommand(control_command);
  if (account_command) return account_command();
  if (*check) return feedmux::Check(config);
  if (*show) return feedmux::ShowPlugin(plugin);
  if (*plugins) return feedmux::ListPlugins();
  if (*schema) return feedmux::PrintSchema();
  if (*import_env) return feedmux::ImportEnvFile(env_file);
  return feedmux::exit_code::kUsage;
}

/// False if what a command printed did not get there, which is then said.
bool OutputArrived() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  // A reader that has seen enough, such as head, is no news.
  if (errno != EPIPE) {
    std::fprintf(stderr, "feedmux: cannot write to standard output: %s\n", std::strerror(errno));
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  // A closed socket or pipe is an error of the write, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const int code = RunCommandLine(argc, argv);
    if (OutputArrived() || code != feedmux::exit_code::kOk) return code;
    return feedmux::exit_code::kRuntime;
  } catch (const std::exception& error) {
    std::fputs("feedmux: ", stderr);
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return feedmux::exit_code::kRuntime;
  }
}
