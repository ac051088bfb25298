#include <gmock/gmock.h>

#include <algorithm>           // any_of, count_if
#include <atomic>              // atomic
#include <condition_variable>  // condition_variable
#include <mutex>               // mutex
#include <thread>              // thread

#include "feedmux/testing/fake_host.hpp"
#include "sink_dashboard/live.hpp"
#include "temp_folder.hpp"

namespace feedmux::dashboard {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Takes messages and says how many bytes of them wait.
class FakeSocket final : public webserver::Socket {
 public:
  void SendText(std::string text) override {
    const std::lock_guard lock{mutex_};
    texts_.push_back(std::move(text));
    changed_.notify_all();
  }
  std::size_t unsent() const override { return unsent_; }
  void Close(int code, const std::string&, Waiting waiting) override {
    const std::lock_guard lock{mutex_};
    close_code_ = code;
    has_dropped_ = waiting == Waiting::Drop;
    changed_.notify_all();
  }

  void SetUnsent(std::size_t bytes) { unsent_ = bytes; }

  template <typename Condition>
  bool WaitUntil(Condition condition) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, seconds{20}, [&] { return condition(texts_); });
  }
  bool WaitForText(const std::string& part) {
    return WaitUntil([&](const auto& texts) {
      return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return text.find(part) != std::string::npos;
      });
    });
  }
  int WaitForClose() {
    WaitUntil([this](const auto&) { return close_code_ != 0; });
    return close_code_;
  }
  bool has_dropped() const { return has_dropped_; }
  std::size_t Count(const std::string& part) {
    const std::lock_guard lock{mutex_};
    return static_cast<std::size_t>(std::count_if(
        texts_.begin(), texts_.end(),
        [&](const std::string& text) { return text.find(part) != std::string::npos; }));
  }

 private:
  std::atomic<std::size_t> unsent_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> texts_;
  int close_code_ = 0;
  std::atomic<bool> has_dropped_{false};
};

/// A live stream with a thread of its own, and one viewer whose socket is the test's.
class SlowViewer : public ::testing::Test, private webserver::Handler {
 protected:
  void Begin(const ViewerLimits& limits) {
    live_ = std::make_unique<Live>(host_, server_, board_, identity_, judge_, limits);
    server_.Listen();
    thread_ = std::thread{[this] { server_.Run(); }};
    webserver::Request request;
    const auto token = identity_.accounts().AddToken("wall", accounts::Role::Viewer);
    request.headers = {{"authorization", "Bearer " + token}};
    const Caller caller = *identity_.Identify(request);
    server_.Post([this, caller] {
      viewer_ = live_->Welcome(caller);
      viewer_->OnOpen(socket_);
    });
    ASSERT_TRUE(socket_.WaitForText("metrics_update"));
  }

  ~SlowViewer() override {
    server_.Stop();
    thread_.join();
  }

  void PutTick(double price) {
    Tick tick;
    tick.symbol = host_.symbols().Intern("AAPL");
    tick.kind = Kind::Trade;
    tick.price = price;
    tick.connection = 1;
    board_.Put(std::span{&tick, 1});
  }

  void OnRequest(const webserver::Request&, const webserver::Reply&) override {}
  std::shared_ptr<webserver::Listener> OnUpgrade(const webserver::Request&,
                                                 webserver::Response&) override {
    return nullptr;
  }
  void OnError(const std::string& what) override { ADD_FAILURE() << what; }

  testing::TempFolder folder_;
  testing::FakeHost host_;
  TickBoard board_;
  Identity identity_{host_,
                     SessionCookie{8080, false},
                     folder_.path() / "users.json",
                     folder_.path() / "sessions.json",
                     seconds{600},
                     seconds{6000}};
  VerdictJudge judge_;
  webserver::Server server_{{}, *this};
  std::unique_ptr<Live> live_;
  FakeSocket socket_;
  std::shared_ptr<webserver::Listener> viewer_;
  std::thread thread_;
};

ViewerLimits Patient() {
  ViewerLimits limits;
  limits.spare_above_bytes = 1000;
  limits.drop_above_bytes = 2000;
  limits.drop_after = std::chrono::hours{1};
  return limits;
}

TEST_F(SlowViewer, IsShownMoreTicksAtOnceWhenHeHasCaughtUp) {
  Begin(Patient());
  socket_.SetUnsent(1500);
  PutTick(1);
  host_.AddToRecentLog({1, 1, LogLevel::Info, "engine", "a round has passed"});
  ASSERT_TRUE(socket_.WaitForText("a round has passed"));
  EXPECT_EQ(socket_.Count("tick_update"), 0u);
  PutTick(2);
  socket_.SetUnsent(0);
  ASSERT_TRUE(socket_.WaitForText("tick_update"));
  EXPECT_EQ(socket_.Count("\"price\":2.0"), 1u);
  EXPECT_EQ(socket_.Count("\"count\":2"), 1u);
  EXPECT_EQ(socket_.Count("\"seen\":2"), 1u);
}

TEST_F(SlowViewer, IsDroppedWhenHeDoesNotCatchUp) {
  ViewerLimits limits = Patient();
  limits.drop_after = milliseconds{100};
  Begin(limits);
  socket_.SetUnsent(1500);
  EXPECT_EQ(socket_.WaitForClose(), 1013);
  EXPECT_TRUE(socket_.has_dropped());
  EXPECT_EQ(host_.metrics().Value("viewers_dropped"), 1u);
}

TEST_F(SlowViewer, IsDroppedAtOnceWhenTooMuchWaits) {
  Begin(Patient());
  socket_.SetUnsent(2500);
  EXPECT_EQ(socket_.WaitForClose(), 1013);
}

TEST_F(SlowViewer, IsDroppedOnce) {
  Begin(Patient());
  socket_.SetUnsent(2500);
  socket_.WaitForClose();
  PutTick(1);
  const auto rounds = std::make_shared<std::atomic<int>>(0);
  server_.After(milliseconds{300}, [rounds] { ++*rounds; });
  while (*rounds == 0) std::this_thread::yield();
  EXPECT_EQ(host_.metrics().Value("viewers_dropped"), 1u);
}

}  // namespace
}  // namespace feedmux::dashboard
