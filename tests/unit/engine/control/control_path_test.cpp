#include "control/control_path.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/environment_variable.hpp"
#include "temp_folder.hpp"

namespace feedmux {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const fs::path kTemporary = fmt::format("/tmp/feedmux-{}/control.sock", ::geteuid());

class ControlPath : public ::testing::Test {
 protected:
  testing::TempFolder folder_;
  EnvironmentVariable no_path_{"FEEDMUX_CONTROL", std::nullopt};
  EnvironmentVariable runtime_{"XDG_RUNTIME_DIR", folder_.path()};
};

std::string ComplaintAboutFolder(const fs::path& folder) {
  try {
    RequirePrivateFolder(folder);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

TEST_F(ControlPath, IsInTheRuntimeFolder) {
  EXPECT_EQ(PathToListenAt(), folder_.path() / "feedmux/control.sock");
}

TEST_F(ControlPath, IsInAFolderForTheUserAlone) {
  struct stat found {};
  ASSERT_EQ(::stat(PathToListenAt().parent_path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0700u);
}

TEST_F(ControlPath, IsTheSameTheSecondTime) { EXPECT_EQ(PathToListenAt(), PathToListenAt()); }

TEST_F(ControlPath, IsInATemporaryFolderWithoutARuntimeFolder) {
  const EnvironmentVariable none{"XDG_RUNTIME_DIR", std::nullopt};
  EXPECT_EQ(PathToListenAt(), kTemporary);
}

TEST_F(ControlPath, IsInATemporaryFolderIfTheRuntimeFolderIsNotThere) {
  const EnvironmentVariable gone{"XDG_RUNTIME_DIR", folder_.path() / "gone"};
  EXPECT_EQ(PathToListenAt(), kTemporary);
}

TEST_F(ControlPath, IsWhatTheEnvironmentSays) {
  const EnvironmentVariable path{"FEEDMUX_CONTROL", "/run/x.sock"};
  EXPECT_EQ(PathToListenAt(), "/run/x.sock");
  EXPECT_THAT(PathsToLookAt(""), ElementsAre("/run/x.sock"));
}

TEST_F(ControlPath, IsLookedForWhereverAnEngineMayListen) {
  EXPECT_THAT(PathsToLookAt(""), ElementsAre(folder_.path() / "feedmux/control.sock", kTemporary));
}

TEST_F(ControlPath, IsLookedForOnlyWhereSomebodySays) {
  EXPECT_THAT(PathsToLookAt("mine.sock"), ElementsAre("mine.sock"));
}

TEST_F(ControlPath, IsNotInAFolderThatOthersMayEnter) {
  fs::create_directory(folder_.path() / "feedmux");
  fs::permissions(folder_.path() / "feedmux", fs::perms{0755});
  EXPECT_THROW(PathToListenAt(), std::runtime_error);
}

TEST(RequirePrivateFolder, AcceptsOneForTheUserAlone) {
  const testing::TempFolder folder;
  EXPECT_EQ(ComplaintAboutFolder(folder.path()), "none");
}

TEST(RequirePrivateFolder, NamesTheModeOfOneThatIsOpen) {
  const testing::TempFolder folder;
  fs::permissions(folder.path(), fs::perms{0770});
  EXPECT_THAT(ComplaintAboutFolder(folder.path()), HasSubstr("is open to others (mode 770)"));
}

TEST(RequirePrivateFolder, RefusesASymbolicLink) {
  const testing::TempFolder folder;
  fs::create_directory_symlink(folder.path(), folder.path() / "link");
  EXPECT_THAT(ComplaintAboutFolder(folder.path() / "link"), HasSubstr("is no folder"));
}

TEST(RequirePrivateFolder, RefusesSomebodyElses) {
  if (::geteuid() == 0) {
    const testing::TempFolder folder;
    ASSERT_EQ(::chown(folder.path().c_str(), 12345, 12345), 0);
    EXPECT_THAT(ComplaintAboutFolder(folder.path()),
                HasSubstr("belongs to uid 12345, not to uid 0"));
  } else {
    EXPECT_THAT(ComplaintAboutFolder("/"), HasSubstr("belongs to uid 0"));
  }
}

}  // namespace
}  // namespace feedmux
