#include "plugins/search_path.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;

class PluginFoldersTest : public ::testing::Test {
 protected:
  ~PluginFoldersTest() override { unsetenv("FEEDMUX_PLUGIN_PATH"); }

  std::vector<std::string> Folders(const std::vector<std::string>& extra) {
    std::vector<std::string> folders;
    for (const auto& folder : PluginFolders(extra)) folders.push_back(folder.string());
    return folders;
  }
};

TEST_F(PluginFoldersTest, AreBesideTheProgram) {
  unsetenv("FEEDMUX_PLUGIN_PATH");
  EXPECT_THAT(Folders({}), ElementsAre(EndsWith("/lib/feedmux")));
}

TEST_F(PluginFoldersTest, BeginWithThoseOfTheConfigurationAndTheEnvironment) {
  setenv("FEEDMUX_PLUGIN_PATH", "/one:/two", 1);
  EXPECT_THAT(Folders({"/a", "/b"}),
              ElementsAre("/a", "/b", "/one", "/two", EndsWith("/lib/feedmux")));
}

TEST_F(PluginFoldersTest, PassOverEmptyParts) {
  setenv("FEEDMUX_PLUGIN_PATH", ":/one::/two:", 1);
  EXPECT_THAT(Folders({}), ElementsAre("/one", "/two", EndsWith("/lib/feedmux")));
}

TEST_F(PluginFoldersTest, OfTheEnvironmentThatAreMissingAreNamed) {
  setenv("FEEDMUX_PLUGIN_PATH", "/nowhere/one:/proc::/proc/self/stat", 1);
  EXPECT_THAT(MissingPathFolders(), ElementsAre("/nowhere/one", "/proc/self/stat"));
  unsetenv("FEEDMUX_PLUGIN_PATH");
  EXPECT_THAT(MissingPathFolders(), IsEmpty());
}

}  // namespace
}  // namespace feedmux
