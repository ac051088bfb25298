#include <algorithm>  // any_of
#include <exception>  // exception
#include <span>       // span
#include <string>     // string

#include "contract_test.hpp"
#include "feedmux/errors.hpp"
#include "isolated.hpp"
#include "option_values.hpp"
#include "resources.hpp"
#include "session.hpp"

namespace feedmux::contract {

namespace {

constexpr std::uint16_t kAnyPort = 9;

bool IsSink(const Subject& subject) { return subject.descriptor.kind == PluginKind::Sink; }

void ConstructsWithItsOptions(const Subject& subject) { Session{subject}; }

void ConstructsWithRequiredOptionsOnly(const Subject& subject) {
  ContractHost host{IsSink(subject)};
  Make(subject.descriptor, host, MakeOptions(subject, kAnyPort, Given::RequiredOnly));
}

void OpensNothingWhenConstructed(const Subject& subject) {
  ContractHost host{IsSink(subject)};
  const Options options = MakeOptions(subject, kAnyPort);
  const Resources before = CountResources();
  const Instance instance = Make(subject.descriptor, host, options);
  const Resources after = CountResources();
  if (after.files != before.files) Fail("the constructor opened a file or socket");
  if (after.threads != before.threads) Fail("the constructor started a thread");
}

void LeavesNothingBehindWhenDestroyed(const Subject& subject) {
  constexpr int kTimes = 100;
  ContractHost host{IsSink(subject)};
  const Options options = MakeOptions(subject, kAnyPort);
  const Resources before = CountResources();
  for (int i = 0; i < kTimes; ++i) Make(subject.descriptor, host, options);
  if (CountResources() != before) Fail("files or threads are left after 100 instances");
}

void TakesOrRefusesUnusualOptions(const Subject& subject) {
  const std::span<const OptionSpec> table{subject.descriptor.options,
                                          subject.descriptor.option_count};
  for (const OptionSpec& spec : table) {
    const std::string option = std::string{"option "} + spec.name;
    const auto values = UnusualValues(spec);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string which = option + ", unusual value " + std::to_string(i + 1) + ": ";
      ContractHost host{IsSink(subject)};
      Options options = MakeOptions(subject, kAnyPort);
      options.Set(spec.name, values[i]);
      try {
        Make(subject.descriptor, host, options);
      } catch (const OptionError& error) {
        const bool is_known = std::any_of(table.begin(), table.end(), [&](const OptionSpec& other) {
          return error.option() == other.name;
        });
        Require(is_known, which + "OptionError names '" + error.option() + "', not an option");
        Require(*error.what() != 0, which + "OptionError does not say what would be valid");
        const auto* secret = spec.secret ? std::get_if<std::string>(&values[i]) : nullptr;
        Require(!secret || secret->size() < 4 ||
                    std::string{error.what()}.find(*secret) == std::string::npos,
                which + "OptionError shows the secret");
      } catch (const std::exception& error) {
        Fail(which + "threw something else than OptionError: " + error.what());
      }
    }
  }
}

}  // namespace

std::vector<ContractTest> ConstructorTests() {
  return {{"constructs_with_its_options", {}, ConstructsWithItsOptions},
          {"constructs_with_required_options_only", {}, ConstructsWithRequiredOptionsOnly},
          {"opens_nothing_when_constructed", {}, OpensNothingWhenConstructed},
          {"leaves_nothing_behind_when_destroyed", {}, LeavesNothingBehindWhenDestroyed},
          {"takes_or_refuses_unusual_options", {}, TakesOrRefusesUnusualOptions}};
}

}  // namespace feedmux::contract
