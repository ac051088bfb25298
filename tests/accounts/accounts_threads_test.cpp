#include <gmock/gmock.h>
#include <sys/wait.h>  // waitpid
#include <unistd.h>    // fork, _exit

#include <atomic>  // atomic
#include <thread>  // jthread

#include "feedmux/accounts/accounts.hpp"
#include "users_file.hpp"

namespace feedmux::accounts {
namespace {

using ::testing::SizeIs;

constexpr int kWriters = 4;
constexpr int kUsersEach = 10;

std::string NameOf(int writer, int user) {
  return "user-" + std::to_string(writer) + "-" + std::to_string(user);
}

TEST(AccountsThreads, NoChangeOfAnotherThreadIsLost) {
  const UsersFile file;
  Accounts accounts{file.path(), kCheap};
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&accounts, writer] {
        for (int user = 0; user < kUsersEach; ++user) {
          accounts.AddUser(NameOf(writer, user), Role::Viewer, kPassword);
        }
      });
    }
  }
  EXPECT_THAT(accounts.Users(), SizeIs(kWriters * kUsersEach));
}

TEST(AccountsThreads, NoChangeOfAnotherProcessIsLost) {
  const UsersFile file;
  std::vector<pid_t> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      try {
        for (int user = 0; user < kUsersEach; ++user) {
          Accounts{file.path(), kCheap}.AddUser(NameOf(writer, user), Role::Viewer, kPassword);
        }
      } catch (const std::exception&) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    writers.push_back(pid);
  }
  for (const pid_t writer : writers) {
    int status = -1;
    ::waitpid(writer, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_THAT(Accounts(file.path(), kCheap).Users(), SizeIs(kWriters * kUsersEach));
}

TEST(AccountsThreads, ReadersSeeWholeFilesWhileOthersWrite) {
  const UsersFile file;
  Accounts writer{file.path(), kCheap};
  writer.AddUser("anna", Role::Admin, kPassword);
  const std::string token = writer.AddToken("grafana", Role::Viewer);
  const Accounts shared{file.path(), kCheap};
  std::atomic<bool> done = false;
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i) {
      readers.emplace_back([&] {
        while (!done) {
          EXPECT_TRUE(shared.Find("anna"));
          EXPECT_TRUE(shared.CheckToken(token));
          EXPECT_TRUE(shared.CheckPassword("anna", kPassword));
        }
      });
    }
    for (int user = 0; user < kUsersEach; ++user) {
      writer.AddUser(NameOf(0, user), Role::Viewer, kPassword);
      writer.RemoveUser(NameOf(0, user));
    }
    done = true;
  }
}

}  // namespace
}  // namespace feedmux::accounts
