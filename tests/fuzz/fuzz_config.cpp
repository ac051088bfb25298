// Any text as a configuration: no crash, no hang, every problem with its place and without secrets.
#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <cstdlib>      // abort
#include <string_view>  // string_view

#include "../unit/config/fake_plugins.hpp"
#include "config/loader.hpp"
#include "config/utf8.hpp"

namespace {

constexpr std::string_view kSecret = "s3cr3t-v4lue";

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace feedmux;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Environment environment = testing::FakeEnvironment(
      {{"SECRET", std::string{kSecret}}, {"EMPTY", ""}, {"BROKEN", "\xFF"}});
  const LoadResult result =
      LoadConfigText(text, "fuzz.yaml", testing::OpenFakePlugins, environment);
  for (const Problem& problem : result.problems) {
    const std::string line = ToString(problem);
    Require(problem.location.line >= 1 && problem.location.column >= 1);
    Require(!problem.message.empty() && FindInvalidUtf8(line) == std::string::npos);
    if (text.find(kSecret) == std::string_view::npos) {
      Require(line.find(kSecret) == std::string::npos);
    }
  }
  if (!result.ok()) return 0;
  for (const SourceConfig& source : result.config.sources) {
    Require(source.instance.plugin && !source.connections.empty());
    Require(!source.enabled || source.instance.plugin != &testing::kFeedPlugin ||
            source.instance.options.Has("api_key"));
  }
  for (const SinkConfig& sink : result.config.sinks) {
    Require(sink.instance.plugin && sink.queue.capacity > 0 && sink.retry.first <= sink.retry.max);
  }
  return 0;
}
