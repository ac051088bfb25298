#include "sink_dashboard/private_file.hpp"

#include <gmock/gmock.h>
#include <unistd.h>  // fsync

#include <filesystem>  // read_symlink

#include "temp_folder.hpp"

namespace {

/// What was written to the disk, and whether `sessions.json` was there by then.
struct Synced {
  std::filesystem::path path;
  bool is_replaced = false;
};
std::vector<Synced> g_synced;

}  // namespace

// In the place of the C library's.
extern "C" int fsync(int descriptor) {
  const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor));
  const auto folder = std::filesystem::is_directory(path) ? path : path.parent_path();
  g_synced.push_back({path, std::filesystem::exists(folder / "sessions.json")});
  return 0;
}

namespace feedmux::dashboard {
namespace {

TEST(ReplacePrivateFile, LeavesTheOldFileOrTheNewOneIfTheMachineCrashes) {
  const testing::TempFolder folder;
  g_synced.clear();
  ReplacePrivateFile(folder.path() / "sessions.json", "text");
  ASSERT_EQ(g_synced.size(), 2u);
  EXPECT_THAT(g_synced[0].path.filename().string(), ::testing::StartsWith("sessions.json."));
  EXPECT_FALSE(g_synced[0].is_replaced) << "first what is in the new file";
  EXPECT_EQ(g_synced[1].path, folder.path());
  EXPECT_TRUE(g_synced[1].is_replaced) << "then that it has the name";
  EXPECT_EQ(folder.Read("sessions.json"), "text");
}

}  // namespace
}  // namespace feedmux::dashboard
