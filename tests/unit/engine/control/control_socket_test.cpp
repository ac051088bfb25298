#include "control/control_socket.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>
#include <thread>

#include "control/socket_address.hpp"
#include "temp_folder.hpp"

namespace feedmux {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

int Connect(const fs::path& path) {
  const FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  return TryConnect(socket.get(), path);
}

std::string ComplaintAboutSocket(const fs::path& path) {
  try {
    const ControlSocket socket{path};
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

/// As an engine leaves it that was killed.
void LeaveAStaleSocket(const fs::path& path) {
  const FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const sockaddr_un address = AddressOf(path);
  const auto* general = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  ASSERT_EQ(::bind(socket.get(), general, sizeof(address)), 0);
}

class ControlSocketTest : public ::testing::Test {
 protected:
  testing::TempFolder folder_;
  fs::path path_ = folder_.path() / "control.sock";
};

TEST_F(ControlSocketTest, CanBeConnectedTo) {
  const ControlSocket socket{path_};
  EXPECT_EQ(Connect(path_), 0);
}

TEST_F(ControlSocketTest, IsForItsUserAlone) {
  const mode_t before = ::umask(0);
  const ControlSocket socket{path_};
  ::umask(before);
  struct stat found {};
  ASSERT_EQ(::stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(ControlSocketTest, RemovesItsFile) {
  { const ControlSocket socket{path_}; }
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(ControlSocketTest, LeavesAFileThatTookItsPlace) {
  auto first = std::make_unique<ControlSocket>(path_);
  fs::remove(path_);
  const ControlSocket second{path_};
  first.reset();
  EXPECT_EQ(Connect(path_), 0);
}

TEST_F(ControlSocketTest, TakesThePlaceOfADeadEngine) {
  LeaveAStaleSocket(path_);
  ASSERT_EQ(Connect(path_), ECONNREFUSED);
  const ControlSocket socket{path_};
  EXPECT_EQ(Connect(path_), 0);
}

TEST_F(ControlSocketTest, RefusesThePlaceOfALivingEngine) {
  const ControlSocket living{path_};
  EXPECT_THAT(ComplaintAboutSocket(path_),
              AllOf(HasSubstr(path_.string()),
                    HasSubstr(fmt::format("another engine (pid {}) is controlled through it",
                                          ::getpid()))));
  EXPECT_EQ(Connect(path_), 0);
}

TEST_F(ControlSocketTest, NeverRemovesAFileThatIsNoSocket) {
  std::ofstream{path_} << "precious";
  EXPECT_THAT(ComplaintAboutSocket(path_), HasSubstr("it is no socket, and stays"));
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(ControlSocketTest, NeverFollowsASymbolicLink) {
  const fs::path target = folder_.path() / "target.sock";
  LeaveAStaleSocket(target);
  fs::create_symlink(target, path_);
  EXPECT_THAT(ComplaintAboutSocket(path_), HasSubstr("it is no socket, and stays"));
  EXPECT_TRUE(fs::exists(target));
}

TEST_F(ControlSocketTest, NamesAFolderThatIsNotThere) {
  EXPECT_THAT(ComplaintAboutSocket(folder_.path() / "gone/control.sock"),
              HasSubstr("gone/control.sock: its folder cannot be opened: No such file"));
}

TEST_F(ControlSocketTest, RefusesAPathThatIsTooLong) {
  EXPECT_THAT(ComplaintAboutSocket(folder_.path() / std::string(108, 'x')),
              HasSubstr("the path of a socket has at least 1 and at most 107 bytes"));
}

TEST_F(ControlSocketTest, GoesToOneOfManyThatStartAtOnce) {
  LeaveAStaleSocket(path_);
  std::vector<std::unique_ptr<ControlSocket>> sockets(8);
  std::vector<std::thread> threads;
  for (auto& socket : sockets) {
    threads.emplace_back([this, &socket] {
      try {
        socket = std::make_unique<ControlSocket>(path_);
      } catch (const std::runtime_error&) {
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count(sockets.begin(), sockets.end(), nullptr), 7);
  EXPECT_EQ(Connect(path_), 0);
}

}  // namespace
}  // namespace feedmux
