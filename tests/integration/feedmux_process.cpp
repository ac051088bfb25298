#include "feedmux_process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>    // ifstream, ofstream
#include <iostream>   // cerr
#include <iterator>   // istreambuf_iterator
#include <stdexcept>  // runtime_error

namespace feedmux::testing {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

FeedmuxProcess::FeedmuxProcess(std::vector<std::string> arguments, const Environment& environment,
                               std::string_view input) {
  arguments.insert(arguments.begin(), FEEDMUX_BINARY);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const std::string in = folder_.Write("in", input);
  const std::string out = folder_.path() / "out";
  const std::string err = folder_.path() / "err";
  const std::string control = folder_.path() / "control.sock";
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot fork");
  if (pid_ == 0) {
    ::setenv("FEEDMUX_CONTROL", control.c_str(), 1);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
}

FeedmuxProcess::~FeedmuxProcess() {
  if (::testing::Test::HasFailure()) std::cerr << "feedmux said:\n" << Errors();
  if (exit_code_) return;
  Signal(SIGKILL);
  Wait();
}

void FeedmuxProcess::Signal(int signal) const { ::kill(pid_, signal); }

std::optional<int> FeedmuxProcess::Wait(std::chrono::milliseconds at_most) {
  WaitUntil(
      [this] {
        int status = 0;
        if (exit_code_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return exit_code_.has_value();
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return true;
      },
      at_most);
  return exit_code_;
}

std::string FeedmuxProcess::Output() const { return ReadFile(folder_.path() / "out"); }

std::string FeedmuxProcess::Errors() const { return ReadFile(folder_.path() / "err"); }

bool FeedmuxProcess::WaitForLog(std::string_view part) const {
  return WaitUntil([&] { return Errors().find(part) != std::string::npos; });
}

RunningEngine::RunningEngine(std::string_view yaml, const FeedmuxProcess::Environment& environment)
    : report_(folder_.path() / "report.json"),
      process_({"run", folder_.Write("feedmux.yaml", yaml), "--report", report_}, environment) {
  if (!process_.WaitForLog("feedmux " FEEDMUX_VERSION " runs")) {
    throw std::runtime_error("feedmux did not start:\n" + process_.Errors());
  }
}

std::optional<nlohmann::json> RunningEngine::WaitForReport(
    const std::function<bool(const nlohmann::json&)>& condition) {
  std::optional<nlohmann::json> report;
  WaitUntil([&] {
    process_.Signal(SIGUSR1);
    report = nlohmann::json::parse(ReadFile(report_), nullptr, false);
    return !report->is_discarded() && condition(*report);
  });
  return report;
}

nlohmann::json RunningEngine::EndAndReport() {
  EXPECT_EQ(process_.Wait(), 0) << process_.Errors();
  auto report = nlohmann::json::parse(ReadFile(report_));
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
  return report;
}

bool WaitUntil(const std::function<bool()>& condition, std::chrono::milliseconds at_most) {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) return condition();
    ::poll(nullptr, 0, 5);
  }
  return true;
}

}  // namespace feedmux::testing
