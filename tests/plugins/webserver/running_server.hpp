#pragma once

#include <gtest/gtest.h>

#include <condition_variable>  // condition_variable
#include <future>              // promise
#include <memory>              // shared_ptr
#include <mutex>               // mutex
#include <string>              // string
#include <thread>              // thread
#include <vector>              // vector

#include "webserver/server.hpp"

namespace feedmux::webserver {

/// A server in the test's process. /hello says hello, /echo sends the body back, /wait is answered
/// when the test says so, /throw throws. The WebSocket /ws echoes, sends a million bytes when it
/// gets "much", and closes with 4000 when it gets "close".
class RunningServer final : public Handler {
 public:
  explicit RunningServer(ServerOptions options = {}) : server_(WithHeader(options), *this) {
    server_.Listen();
    thread_ = std::thread{[this] { server_.Run(); }};
  }
  ~RunningServer() override { Stop(); }

  void Stop() {
    if (!thread_.joinable()) return;
    server_.Stop();
    thread_.join();
  }

  std::uint16_t port() const { return server_.port(); }
  Server& server() { return server_; }

  /// What Server::RenewTls says: "renewed", "", or the error.
  std::string RenewTls() {
    std::promise<std::string> answer;
    server_.Post([&] {
      try {
        answer.set_value(server_.RenewTls() ? "renewed" : "");
      } catch (const std::runtime_error& error) {
        answer.set_value(error.what());
      }
    });
    return answer.get_future().get();
  }

  /// Waits until a request for /wait is there, and answers it.
  void AnswerWaiting(Response response) {
    std::unique_lock lock{mutex_};
    ASSERT_TRUE(changed_.wait_for(lock, std::chrono::seconds{20}, [&] { return !!waiting_; }));
    server_.Post([reply = std::move(waiting_), response] { reply(response); });
    waiting_ = nullptr;
  }

  /// Lets go of the reply to a request for /wait, on the test's thread.
  void DropWaiting() {
    const std::lock_guard lock{mutex_};
    waiting_ = nullptr;
  }

  /// Server::connections.
  std::size_t Connections() {
    std::promise<std::size_t> answer;
    server_.Post([&] { answer.set_value(server_.connections()); });
    return answer.get_future().get();
  }

  /// Waits until so many WebSockets have closed.
  void WaitForClosed(int count) {
    std::unique_lock lock{mutex_};
    ASSERT_TRUE(
        changed_.wait_for(lock, std::chrono::seconds{20}, [&] { return closed_ >= count; }));
  }

  std::vector<std::string> Errors() {
    const std::lock_guard lock{mutex_};
    return errors_;
  }

  /// Of the last request.
  Request LastRequest() {
    const std::lock_guard lock{mutex_};
    return last_;
  }

 private:
  struct Echo final : Listener {
    explicit Echo(RunningServer& owner) : owner_(owner) {}
    void OnOpen(Socket& socket) override { socket_ = &socket; }
    void OnMessage(const std::string& text) override {
      if (text == "throw") throw std::runtime_error("thrown by OnMessage");
      if (text == "close") return socket_->Close(4000, "as you wish");
      if (text == "much") return socket_->SendText(std::string(1'000'000, 'x'));
      socket_->SendText(text);
    }
    void OnClosed() override {
      const std::lock_guard lock{owner_.mutex_};
      ++owner_.closed_;
      owner_.changed_.notify_all();
    }
    RunningServer& owner_;
    Socket* socket_ = nullptr;
  };

  static ServerOptions WithHeader(ServerOptions options) {
    options.headers = {{"x-always", "yes"}};
    return options;
  }

  static Response Text(int status, std::string body) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
  }

  void OnRequest(const Request& request, const Reply& reply) override {
    {
      const std::lock_guard lock{mutex_};
      last_ = request;
      if (request.target == "/wait") {
        waiting_ = reply;
        changed_.notify_all();
        return;
      }
    }
    if (request.target == "/throw") throw std::runtime_error("thrown by OnRequest");
    if (request.target == "/echo") return reply(Text(200, request.body));
    if (request.target == "/much") return reply(Text(200, std::string(20'000'000, 'x')));
    reply(request.target == "/hello" ? Text(200, "hello") : Text(404, "nothing"));
  }
  std::shared_ptr<Listener> OnUpgrade(const Request& request, Response& refusal) override {
    if (request.target == "/ws") return std::make_shared<Echo>(*this);
    refusal = Text(403, "no");
    return nullptr;
  }
  void OnError(const std::string& what) override {
    const std::lock_guard lock{mutex_};
    errors_.push_back(what);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  Reply waiting_;
  int closed_ = 0;
  std::vector<std::string> errors_;
  Request last_;
  Server server_;
  std::thread thread_;
};

}  // namespace feedmux::webserver
