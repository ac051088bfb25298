#include "exported_symbols.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace feedmux::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

TEST(ExportedSymbols, AreTheDescriptorOfAPlugin) {
  EXPECT_THAT(ExportedSymbols(FEEDMUX_GOOD_PLUGIN), ElementsAre("feedmux_plugin"));
}

TEST(ExportedSymbols, AreAllThatALibraryOffers) {
  EXPECT_THAT(ExportedSymbols(FEEDMUX_BAD_PLUGINS "/talkative_sink.so"),
              UnorderedElementsAre("feedmux_plugin", "talkative_sink_helper"));
}

TEST(ExportedSymbols, AreRefusedOfAnythingElse) {
  EXPECT_THROW(ExportedSymbols("/dev/null"), std::runtime_error);
  EXPECT_THROW(ExportedSymbols("/nowhere"), std::runtime_error);
}

}  // namespace
}  // namespace feedmux::contract
