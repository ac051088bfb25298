#include "tcp_lines_source.hpp"

#include <gtest/gtest.h>

#include <future>  // async

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "feedmux/testing/recording_publisher.hpp"

namespace {

// The vendor, on a free port: takes one caller, and says what the test wants.
class Server {
 public:
  Server() {
    const auto* any = reinterpret_cast<const sockaddr*>(&address_);
    if (::bind(listener_, any, sizeof address_) != 0 || ::listen(listener_, 1) != 0) std::abort();
    socklen_t size = sizeof address_;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address_), &size);
  }
  ~Server() {
    ::close(caller_);
    ::close(listener_);
  }
  std::string port() const { return std::to_string(ntohs(address_.sin_port)); }

  void Accept() { caller_ = ::accept(listener_, nullptr, nullptr); }
  void Say(const std::string& text) { ::send(caller_, text.data(), text.size(), MSG_NOSIGNAL); }
  std::string Hear(std::size_t size) {
    std::string text(size, '\0');
    ::recv(caller_, text.data(), size, MSG_WAITALL);
    return text;
  }

 private:
  const int listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  int caller_ = -1;
  sockaddr_in address_ = {
      .sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
};

class TcpLinesSource : public ::testing::Test {
 protected:
  // As the engine does, on a thread of its own.
  std::future<void> Run() {
    auto run =
        std::async(std::launch::async, [this] { connection_->Run(publisher_, stop_.get_token()); });
    server_.Accept();
    return run;
  }

  Server server_;
  feedmux::testing::FakeHost host_;
  feedmux::testing::RecordingPublisher publisher_{host_.clock()};
  tcp_lines::LinesSource source_{
      host_, feedmux::testing::MakeOptions(tcp_lines::kOptions,
                                           {{"port", server_.port()}, {"key", "hush"}})};
  std::unique_ptr<feedmux::Connection> connection_ = source_.NewConnection(
      {.index = 1, .connection_id = "connection_1", .name = "", .tickers = {"AAPL"}});
  std::stop_source stop_;
};

TEST_F(TcpLinesSource, PublishesTradesOfWhatItSubscribed) {
  auto run = Run();
  EXPECT_EQ(server_.Hear(11), "login hush\n");
  server_.Say("welcome\n");
  EXPECT_EQ(server_.Hear(15), "subscribe AAPL\n");
  server_.Say("ok AAPL\ntrade AAPL 187.5 1");
  server_.Say("00 1705853696123\nwhat?\n");
  ASSERT_TRUE(publisher_.WaitForTicks(1));
  ASSERT_TRUE(publisher_.WaitFor([](const auto& seen) { return seen.rejected() == 1; }));

  const feedmux::Tick tick = publisher_.Ticks().front();
  EXPECT_EQ(host_.symbols().Text(tick.symbol), "AAPL");
  EXPECT_EQ(tick.price, 187.5);
  EXPECT_EQ(tick.size, 100);
  EXPECT_EQ(tick.Raw(), "trade AAPL 187.5 100 1705853696123");
  EXPECT_EQ(publisher_.Subscriptions(), std::vector<std::string>{"AAPL"});
  EXPECT_EQ(publisher_.Imbalance(), 0);

  connection_->Subscribe({"MSFT"});
  EXPECT_EQ(server_.Hear(15), "subscribe MSFT\n");
  stop_.request_stop();
  EXPECT_NO_THROW(run.get());
}

TEST_F(TcpLinesSource, SaysThatTheKeyIsRefused) {
  auto run = Run();
  server_.Say("denied\n");
  try {
    run.get();
    FAIL() << "Run returned";
  } catch (const feedmux::FeedError& error) {
    EXPECT_EQ(error.kind(), feedmux::FeedErrorKind::Auth);
  }
}

TEST_F(TcpLinesSource, GivesUpOnASilentServer) {
  auto run = Run();
  server_.Hear(11);
  host_.manual_clock().Advance(std::chrono::seconds{11});
  EXPECT_THROW(run.get(), feedmux::FeedError);
}

}  // namespace
