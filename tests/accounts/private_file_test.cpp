#include "private_file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>  // mkfifo

#include "eventually.hpp"
#include "users_file.hpp"

namespace feedmux::accounts {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(PrivateFile, OneThatDoesNotExistIsEmpty) {
  UsersFile file;
  const PrivateFile found = ReadPrivateFile(file.path());
  EXPECT_FALSE(found.version.Exists());
  EXPECT_EQ(found.text, "");
  EXPECT_EQ(found.version, VersionOf(file.path()));
}

TEST(PrivateFile, IsReadWhole) {
  UsersFile file;
  const std::string text(200'000, 'x');
  file.Write(text);
  EXPECT_EQ(ReadPrivateFile(file.path()).text, text);
}

TEST(PrivateFile, OneThatOthersMayUseIsRefused) {
  UsersFile file;
  file.Write("x");
  for (const mode_t mode : {0640, 0604, 0620, 0602, 0644}) {
    file.SetMode(mode);
    EXPECT_THAT(ErrorOf([&] { ReadPrivateFile(file.path()); }),
                AllOf(HasSubstr(file.path().string()), HasSubstr("expected mode 600, found 6")));
  }
  file.SetMode(0400);
  EXPECT_EQ(ReadPrivateFile(file.path()).text, "x");
}

TEST(PrivateFile, AFolderOrAFifoIsRefusedAtOnce) {
  UsersFile file;
  EXPECT_THAT(ErrorOf([&] { ReadPrivateFile(file.folder()); }), HasSubstr("expected a file"));
  ASSERT_EQ(::mkfifo(file.path().c_str(), 0600), 0);
  EXPECT_THAT(ErrorOf([&] { ReadPrivateFile(file.path()); }), HasSubstr("expected a file"));
}

TEST(PrivateFile, OneThatIsTooLargeIsRefused) {
  UsersFile file;
  file.Write(std::string((1 << 20) + 1, ' '));
  EXPECT_THAT(ErrorOf([&] { ReadPrivateFile(file.path()); }), HasSubstr("found 1048577"));
}

TEST(PrivateFile, ItsVersionShowsAChangeOfMode) {
  UsersFile file;
  file.Write("x");
  const FileVersion before = VersionOf(file.path());
  EXPECT_TRUE(Eventually([&] {  // once the clock of the file system has moved on
    file.SetMode(0644);
    return VersionOf(file.path()) != before;
  }));
}

TEST(PrivateFile, IsNotSettledRightAfterAChangeButLaterOn) {
  UsersFile file;
  file.Write("x");
  EXPECT_FALSE(ReadPrivateFile(file.path()).is_settled);
  EXPECT_TRUE(Eventually([&] { return ReadPrivateFile(file.path()).is_settled; }));
}

}  // namespace
}  // namespace feedmux::accounts
