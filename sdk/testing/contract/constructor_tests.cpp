#include <algorithm>  // any_of
#include <exception>  // exception
#include <span>       // span
#include <string>     // string
#include <variant>    // get_if
#include <vector>     // vector

#include "contract_test.hpp"
#include "feedmux/errors.hpp"
#include "isolated.hpp"
#include "option_values.hpp"
#include "resources.hpp"
#include "session.hpp"

namespace feedmux::contract {

namespace {

constexpr std::uint16_t kAnyPort = 9;

constexpr const char* kSecretMark = "feedmux-contract-secret";

// A secret text with a mark to know it by.
OptionValue Marked(const OptionValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? OptionValue{*text + kSecretMark} : value;
}

bool IsSink(const Subject& subject) { return subject.descriptor.kind == PluginKind::Sink; }

void ConstructsWithItsOptions(const Subject& subject) { Session{subject}; }

void ConstructsWithRequiredOptionsOnly(const Subject& subject) {
  ContractHost host{IsSink(subject)};
  MakeOrFail(subject, host, MakeOptions(subject, kAnyPort, Given::RequiredOnly));
}

void OpensNothingWhenConstructed(const Subject& subject) {
  ContractHost host{IsSink(subject)};
  const Options options = MakeOptions(subject, kAnyPort);
  const Resources before = CountResources();
  const Instance instance = MakeOrFail(subject, host, options);
  const Resources after = CountResources();
  if (after.files != before.files) Fail("the constructor opened a file or socket");
  if (after.threads != before.threads) Fail("the constructor started a thread");
}

void LeavesNothingBehindWhenDestroyed(const Subject& subject) {
  constexpr int kTimes = 100;
  ContractHost host{IsSink(subject)};
  const Options options = MakeOptions(subject, kAnyPort);
  const Resources before = CountResources();
  for (int i = 0; i < kTimes; ++i) MakeOrFail(subject, host, options);
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
      options.Set(spec.name, spec.secret ? Marked(values[i]) : values[i]);
      try {
        Make(subject.descriptor, host, options);
      } catch (const OptionError& first) {
        std::vector<OptionError> errors = first.others();
        errors.push_back(first);
        for (const OptionError& error : errors) {
          const bool is_known =
              std::any_of(table.begin(), table.end(),
                          [&](const OptionSpec& other) { return error.option() == other.name; });
          Require(is_known, which + "OptionError names '" + error.option() + "', not an option");
          Require(*error.what() != 0, which + "OptionError does not say what would be valid");
          Require(std::string{error.what()}.find(kSecretMark) == std::string::npos,
                  which + "OptionError shows the secret");
        }
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
