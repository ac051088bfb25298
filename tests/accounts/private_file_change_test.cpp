#include "private_file_change.hpp"

#include <gmock/gmock.h>
#include <unistd.h>  // geteuid, chown

#include <algorithm>  // count_if
#include <iterator>   // distance

#include "private_file.hpp"
#include "users_file.hpp"

namespace feedmux::accounts {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::ptrdiff_t FilesIn(const fs::path& folder) {
  return std::distance(fs::directory_iterator{folder}, fs::directory_iterator{});
}

TEST(PrivateFileChange, MakesTheFileAndItsFolderForItsOwnerAlone) {
  UsersFile file;
  const fs::path nested = file.folder() / "a" / "b" / "users.json";
  PrivateFileChange{nested}.Replace("text");
  EXPECT_EQ(ReadPrivateFile(nested).text, "text");
  EXPECT_EQ(ModeOf(nested), 0600u);
  EXPECT_EQ(ModeOf(nested.parent_path()), 0700u);
  EXPECT_EQ(ModeOf(nested.parent_path().parent_path()), 0700u);
}

TEST(PrivateFileChange, ReplacesTheFileInOneStep) {
  UsersFile file;
  file.Write("old");
  std::ifstream reader{file.path()};
  PrivateFileChange{file.path()}.Replace("new");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>{reader}, {}), "old");
  EXPECT_EQ(file.Read(), "new");
}

TEST(PrivateFileChange, LeavesNothingBehindButItsLock) {
  UsersFile file;
  PrivateFileChange{file.path()}.Replace("one");
  PrivateFileChange{file.path()}.Replace("two");
  EXPECT_EQ(FilesIn(file.folder()), 2);
  EXPECT_TRUE(fs::exists(file.folder() / "users.json.lock"));
  EXPECT_EQ(ModeOf(file.folder() / "users.json.lock"), 0600u);
}

TEST(PrivateFileChange, ClosesAFileThatOthersCouldUse) {
  UsersFile file;
  file.Write("old");
  file.SetMode(0666);
  PrivateFileChange{file.path()}.Replace("new");
  EXPECT_EQ(ModeOf(file.path()), 0600u);
}

TEST(PrivateFileChange, ALinkStaysOne) {
  UsersFile file;
  const fs::path link = file.folder() / "link";
  fs::create_symlink("users.json", link);
  // Also while there is nothing where it points to.
  for (const char* text : {"one", "two"}) {
    PrivateFileChange{link}.Replace(text);
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_EQ(file.Read(), text);
  }
}

TEST(PrivateFileChange, ARingOfLinksIsRefused) {
  UsersFile file;
  fs::create_symlink("users.json", file.path());
  EXPECT_THAT(ErrorOf([&] { PrivateFileChange{file.path()}; }), HasSubstr("cannot be written"));
}

TEST(PrivateFileChange, TwoNamesOfAFileShareTheLock) {
  UsersFile file;
  const fs::path link = file.folder() / "link";
  fs::create_symlink("users.json", link);
  const PrivateFileChange first{file.path()};
  EXPECT_THAT(ErrorOf([&] { PrivateFileChange(link, std::chrono::milliseconds{1}); }),
              AllOf(HasSubstr("another process"), HasSubstr("users.json.lock")));
}

TEST(PrivateFileChange, TheNextOneHasItsTurnWhenItEnds) {
  UsersFile file;
  { const PrivateFileChange first{file.path()}; }
  EXPECT_NO_THROW(PrivateFileChange(file.path(), std::chrono::milliseconds{1}));
}

TEST(PrivateFileChange, ALockThatIsALinkIsNotFollowed) {
  UsersFile file;
  fs::create_symlink(file.folder() / "elsewhere", file.folder() / "users.json.lock");
  EXPECT_THAT(ErrorOf([&] { PrivateFileChange{file.path()}; }), HasSubstr("cannot be opened"));
  EXPECT_FALSE(fs::exists(file.folder() / "elsewhere"));
}

TEST(PrivateFileChange, SaysWhichFolderCannotBeMade) {
  UsersFile file;
  file.Write("no folder");
  EXPECT_THAT(ErrorOf([&] { PrivateFileChange{file.path() / "a" / "users.json"}; }),
              HasSubstr((file.path() / "a").string() + ": cannot be made"));
}

TEST(PrivateFileChange, AFailedWriteLeavesTheFileAsItWas) {
  UsersFile file;
  file.Write("old");
  PrivateFileChange change{file.path()};
  fs::remove(file.path());
  fs::create_directory(file.path());  // which no file can replace
  EXPECT_THAT(ErrorOf([&] { change.Replace("new"); }), HasSubstr("cannot be written"));
  EXPECT_EQ(FilesIn(file.folder()), 2);  // the folder and the lock
}

class AsRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
  static uid_t OwnerOf(const fs::path& file) {
    struct stat found {};
    ::stat(file.c_str(), &found);
    return found.st_uid;
  }
  UsersFile file_;
  static constexpr uid_t kService = 65534;
};

TEST_F(AsRoot, TheFileKeepsItsOwner) {
  file_.Write("old");
  ASSERT_EQ(::chown(file_.path().c_str(), kService, kService), 0);
  PrivateFileChange{file_.path()}.Replace("new");
  EXPECT_EQ(OwnerOf(file_.path()), kService);
}

TEST_F(AsRoot, ANewFileAndItsLockBelongToTheOwnerOfTheFolder) {
  ASSERT_EQ(::chown(file_.folder().c_str(), kService, kService), 0);
  PrivateFileChange{file_.path()}.Replace("new");
  EXPECT_EQ(OwnerOf(file_.path()), kService);
  EXPECT_EQ(OwnerOf(file_.folder() / "users.json.lock"), kService);
}

TEST_F(AsRoot, AnOldLockStaysWhoseItIs) {
  // It might be a hard link to a file of root's.
  PrivateFileChange{file_.path()}.Replace("old");
  ASSERT_EQ(::chown(file_.path().c_str(), kService, kService), 0);
  PrivateFileChange{file_.path()}.Replace("new");
  EXPECT_EQ(OwnerOf(file_.folder() / "users.json.lock"), 0u);
}

}  // namespace
}  // namespace feedmux::accounts
