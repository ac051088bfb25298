#pragma once

#include <optional>  // optional
#include <vector>    // vector

#include "arguments.hpp"
#include "feedmux/plugin.hpp"

namespace feedmux::contract {

/// What is tested, with what.
struct Subject {
  const PluginDescriptor& descriptor;
  const Arguments& arguments;
};

/// One term of the contract. Runs in a process of its own, see isolated.hpp.
struct ContractTest {
  const char* name;
  std::optional<PluginKind> kind;  ///< the plugins it is for; nothing: all
  void (*run)(const Subject&);
};

std::vector<ContractTest> DescriptorTests();
std::vector<ContractTest> ConstructorTests();
std::vector<ContractTest> SourceTests();
std::vector<ContractTest> SinkTests();
std::vector<ContractTest> UniverseTests();

}  // namespace feedmux::contract
