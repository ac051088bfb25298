#include <algorithm>    // any_of, find
#include <chrono>       // seconds
#include <iostream>     // cout, cerr
#include <sstream>      // istringstream
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "arguments.hpp"
#include "contract_test.hpp"
#include "isolated.hpp"
#include "plugin_file.hpp"
#include "session.hpp"

namespace feedmux::contract {

namespace {

constexpr std::chrono::seconds kLimit{60};
constexpr int kFailed = 1;
constexpr int kUsageError = 2;

std::vector<ContractTest> Joined(const std::vector<std::vector<ContractTest>>& groups) {
  std::vector<ContractTest> tests;
  for (const auto& group : groups) tests.insert(tests.end(), group.begin(), group.end());
  return tests;
}

std::vector<ContractTest> AllTests() {
  return Joined(
      {DescriptorTests(), ConstructorTests(), SourceTests(), SinkTests(), UniverseTests()});
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Report {
 public:
  void Add(const char* test, const Outcome& outcome) {
    switch (outcome.verdict) {
      case Outcome::Verdict::Passed:
        ++passed_;
        std::cout << "ok   " << test << std::endl;
        break;
      case Outcome::Verdict::Skipped:
        ++skipped_;
        std::cout << "skip " << test << ": " << outcome.why << std::endl;
        break;
      case Outcome::Verdict::Failed:
        ++failed_;
        std::cout << "FAIL " << test << ": " << outcome.why << std::endl;
        PrintOutput(outcome.output);
        break;
    }
  }

  bool has_failures() const { return failed_ > 0; }

  int Finish() const {
    std::cout << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped\n";
    return failed_ == 0 ? 0 : kFailed;
  }

 private:
  static void PrintOutput(const std::string& output) {
    constexpr int kMostLines = 60;
    std::istringstream lines{output};
    std::string line;
    for (int i = 0; i < kMostLines && std::getline(lines, line); ++i) {
      std::cout << "     | " << line << '\n';
    }
    if (lines) std::cout << "     | ...\n";
  }

  int passed_ = 0;
  int failed_ = 0;
  int skipped_ = 0;
};

class Suite {
 public:
  explicit Suite(const Arguments& arguments) : arguments_(arguments) {}

  int Run() {
    const auto loads = RunIsolated(
        [this] {
          const PluginDescriptor& descriptor = LoadPlugin(arguments_.plugin);
          RequireSameBuild(descriptor);
          return std::string{Name(descriptor.kind)};
        },
        kLimit);
    report_.Add("loads", loads);
    if (report_.has_failures()) return report_.Finish();

    RunTests(DescriptorTests(), loads.note);
    if (report_.has_failures()) return report_.Finish();  // the rest relies on the option table

    const auto options = RunIsolated(
        [this] {
          return OptionsProblem({LoadPlugin(arguments_.plugin), arguments_});
        },
        kLimit);
    if (!options.note.empty()) {
      std::cerr << "feedmux-contract: " << options.note << '\n';
      return kUsageError;
    }
    RunTests(Joined({ConstructorTests(), SourceTests(), SinkTests(), UniverseTests()}), loads.note);
    return report_.Finish();
  }

 private:
  void RunTests(const std::vector<ContractTest>& tests, const std::string& kind) {
    for (const ContractTest& test : tests) {
      if (test.kind && Name(*test.kind) != kind) continue;
      if (!arguments_.tests.empty() && !Contains(arguments_.tests, test.name)) continue;
      const auto run = [&]() -> std::string {
        test.run({LoadPlugin(arguments_.plugin), arguments_});
        return {};
      };
      report_.Add(test.name, RunIsolated(run, kLimit));
    }
  }

  const Arguments& arguments_;
  Report report_;
};

int Run(const Arguments& arguments) {
  const auto tests = AllTests();
  if (arguments.list) {
    for (const ContractTest& test : tests) std::cout << test.name << '\n';
    return 0;
  }
  for (const std::string& name : arguments.tests) {
    const bool is_known = std::any_of(tests.begin(), tests.end(),
                                      [&](const ContractTest& test) { return test.name == name; });
    if (is_known) continue;
    std::cerr << "feedmux-contract: there is no test '" << name << "', see --list\n";
    return kUsageError;
  }
  return Suite{arguments}.Run();
}

}  // namespace

}  // namespace feedmux::contract

int main(int argc, char** argv) {
  using namespace feedmux::contract;
  std::string problem;
  const auto arguments = ParseArguments({argv + 1, argv + argc}, problem);
  if (!arguments) {
    if (problem.empty()) {
      std::cout << kUsage;
      return 0;
    }
    std::cerr << "feedmux-contract: " << problem << "\n\n" << kUsage;
    return kUsageError;
  }
  return Run(*arguments);
}
