#include "plugins/registry.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <string>
#include <vector>

#include "temp_folder.hpp"

namespace feedmux {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PluginRegistryTest : public ::testing::Test {
 protected:
  /// Puts a copy of the plugin that CMake built under this name into the folder.
  fs::path Put(const std::string& built, const std::string& as) {
    const fs::path file = folder_ / as;
    fs::copy_file(fs::path{FEEDMUX_TEST_PLUGINS} / (built + ".so"), file);
    return file;
  }
  fs::path Write(const std::string& name, const std::string& text) {
    std::ofstream{folder_ / name} << text;
    return folder_ / name;
  }
  std::vector<std::string> Refusals() { return PluginRegistry{{folder_}}.refusals(); }

  testing::TempFolder temp_;
  const fs::path& folder_ = temp_.path();
};

TEST_F(PluginRegistryTest, LoadsAPlugin) {
  const fs::path file = Put("good", "sink_test.so");
  const PluginRegistry registry{{folder_}};
  EXPECT_THAT(registry.refusals(), IsEmpty());
  ASSERT_THAT(registry.plugins(), SizeIs(1));
  EXPECT_EQ(registry.plugins()[0].file, file);
  const PluginDescriptor* plugin = registry.Find(PluginKind::Sink, "test");
  ASSERT_NE(plugin, nullptr);
  EXPECT_STREQ(plugin->version, "1.2.3");
  EXPECT_EQ(plugin->option_count, 1u);
}

TEST_F(PluginRegistryTest, FindsAPluginByKindAndName) {
  Put("good", "sink_test.so");
  const PluginRegistry registry{{folder_}};
  EXPECT_EQ(registry.Find(PluginKind::Source, "test"), nullptr);
  EXPECT_EQ(registry.Find(PluginKind::Sink, "tes"), nullptr);
  EXPECT_EQ(registry.Find(PluginKind::Sink, ""), nullptr);
}

TEST_F(PluginRegistryTest, SortsPluginsByKindAndName) {
  Put("good", "1.so");
  Put("source", "2.so");
  Put("another", "3.so");
  const PluginRegistry registry{{folder_}};
  std::vector<std::string> names;
  for (const LoadedPlugin& plugin : registry.plugins()) {
    names.push_back(fmt::format("{} {}", Name(plugin.descriptor->kind), plugin.descriptor->name));
  }
  EXPECT_THAT(names, ElementsAre("source test", "sink another", "sink test"));
}

TEST_F(PluginRegistryTest, PassesOverFoldersThatDoNotExist) {
  Put("good", "sink_test.so");
  const PluginRegistry registry{{folder_ / "not_there", folder_}};
  EXPECT_THAT(registry.plugins(), SizeIs(1));
  EXPECT_THAT(registry.refusals(), IsEmpty());
  EXPECT_THAT(registry.folders(), SizeIs(2));
}

TEST_F(PluginRegistryTest, RefusesALibraryWhoseEndIsMissing) {
  const fs::path file = Put("good", "sink_test.so");
  for (const std::uintmax_t size : {5000, 100}) {
    fs::resize_file(file, size);
    EXPECT_THAT(
        Refusals(),
        ElementsAre(file.string() + ": refused: cannot be loaded: the end of the file is missing"))
        << size;
  }
}

TEST_F(PluginRegistryTest, SaysWhichFolderItCannotRead) {
  const fs::path file = Write("plugins", "no folder");
  const PluginRegistry registry{{file, folder_}};
  EXPECT_THAT(registry.refusals(),
              ElementsAre(file.string() + ": no folder of plugins: Not a directory"));
}

TEST_F(PluginRegistryTest, PassesOverFilesThatAreNoLibraries) {
  Write("README.md", "text");
  Write("sink.so.bak", "text");
  EXPECT_THAT(Refusals(), IsEmpty());
}

TEST_F(PluginRegistryTest, LoadsAFileOnceHoweverOftenItsFolderIsNamed) {
  Put("good", "sink_test.so");
  fs::create_symlink(folder_ / "sink_test.so", folder_ / "zz_link.so");
  const PluginRegistry registry{{folder_, folder_ / ".", folder_}};
  EXPECT_THAT(registry.plugins(), SizeIs(1));
  EXPECT_THAT(registry.refusals(), IsEmpty());
}

TEST_F(PluginRegistryTest, LoadsTheRestBesideWhatItRefuses) {
  Write("a_text.so", "this is no library\n");
  Put("no_plugin", "b_no_plugin.so");
  Put("wrong_build_tag", "c_wrong_tag.so");
  Put("unresolved", "d_unresolved.so");
  Put("good", "e_good.so");
  const PluginRegistry registry{{folder_}};
  EXPECT_THAT(registry.refusals(), SizeIs(4));
  EXPECT_NE(registry.Find(PluginKind::Sink, "test"), nullptr);
}

TEST_F(PluginRegistryTest, RefusesAFileThatIsNoLibrary) {
  const fs::path file = Write("notes.so", std::string(2000, 'x'));
  EXPECT_THAT(Refusals(),
              ElementsAre(file.string() + ": refused: cannot be loaded: invalid ELF header"));
}

TEST_F(PluginRegistryTest, RefusesAnEmptyFile) {
  const fs::path file = Write("empty.so", "");
  EXPECT_THAT(Refusals(),
              ElementsAre(file.string() + ": refused: cannot be loaded: file too short"));
}

TEST_F(PluginRegistryTest, RefusesALibraryThatIsNoPlugin) {
  const fs::path file = Put("no_plugin", "libother.so");
  EXPECT_THAT(Refusals(),
              ElementsAre(file.string() +
                          ": refused: no feedmux plugin: it does not export 'feedmux_plugin'"));
}

TEST_F(PluginRegistryTest, RefusesAnUnresolvedSymbolAndNamesIt) {
  const fs::path file = Put("unresolved", "sink_unresolved.so");
  EXPECT_THAT(Refusals(),
              ElementsAre(file.string() +
                          ": refused: cannot be loaded: undefined symbol: feedmux::NotThere(int)"));
}

TEST_F(PluginRegistryTest, RefusesASecondPluginOfAName) {
  const fs::path first = Put("good", "a.so");
  const fs::path second = Put("good", "b.so");
  EXPECT_THAT(Refusals(), ElementsAre(second.string() +
                                      ": refused: sink plugin 'test' was already loaded from " +
                                      first.string()));
}

TEST_F(PluginRegistryTest, PrefersTheFolderThatIsNamedFirst) {
  Put("good", "sink_test.so");
  const testing::TempFolder other;
  fs::copy_file(folder_ / "sink_test.so", other.path() / "sink_test.so");
  const PluginRegistry registry{{other.path(), folder_}};
  ASSERT_THAT(registry.plugins(), SizeIs(1));
  EXPECT_EQ(registry.plugins()[0].file, other.path() / "sink_test.so");
}

struct Spoilt {
  const char* built;
  std::string reason;
};

class SpoiltPlugin : public PluginRegistryTest, public ::testing::WithParamInterface<Spoilt> {};

TEST_P(SpoiltPlugin, IsRefusedInOneClearLine) {
  const fs::path file = Put(GetParam().built, "plugin.so");
  EXPECT_THAT(Refusals(), ElementsAre(file.string() + ": refused: " + GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    All, SpoiltPlugin,
    ::testing::Values(
        Spoilt{"newer_minor",
               "built for plugin API 1.1, this feedmux has 1.0: use a newer feedmux, or rebuild it "
               "against this one"},
        Spoilt{"newer_major",
               "built for plugin API 2.0, this feedmux has 1.0: use a newer feedmux, or rebuild it "
               "against this one"},
        Spoilt{"older_major",
               "built for plugin API 0.0, this feedmux has 1.0: rebuild it against this feedmux"},
        Spoilt{"wrong_build_tag",
               "built with \"gcc-99 libstdc++-99 cxx11abi-0\", this feedmux "
               "with \"" FEEDMUX_BUILD_TAG "\": build it with the same compiler"},
        Spoilt{"no_build_tag", "built with \"\", this feedmux with \"" FEEDMUX_BUILD_TAG
                               "\": build it with the same compiler"},
        Spoilt{
            "wrong_size",
            fmt::format("its descriptor has 8 bytes, expected {}: rebuild it against this feedmux",
                        sizeof(PluginDescriptor))},
        Spoilt{"wrong_tick_size",
               fmt::format("its ticks have 120 bytes and its option rows {}, expected 128 and {}: "
                           "rebuild it against this feedmux",
                           sizeof(OptionSpec), sizeof(OptionSpec))},
        Spoilt{"no_name", "its name \"\" is not made of a-z, 0-9 and _"},
        Spoilt{"bad_name", "its name \"Test Sink\" is not made of a-z, 0-9 and _"},
        Spoilt{"no_version", "it has no version or summary"},
        Spoilt{"no_options", "its option table is missing"},
        Spoilt{"nameless_option", "its option 2 has no name"},
        Spoilt{"undescribed_option", "its option 1, \"level\", has no description"},
        Spoilt{"choiceless_option",
               "its option 1, \"level\", has no choices, expected some as in \"a|b\""},
        Spoilt{"repeated_option", "its option 2 has the name \"level\", as an earlier one has"},
        Spoilt{"no_maker", "it has no maker for its kind"},
        Spoilt{"unknown_kind", "it has no maker for its kind"}),
    [](const auto& spoilt) { return std::string{spoilt.param.built}; });

}  // namespace
}  // namespace feedmux
