#include "control/control_server.hpp"

#include <fmt/format.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <optional>  // optional
#include <thread>    // thread

#include "control/control_session.hpp"
#include "control/control_socket.hpp"
#include "core/completion.hpp"
#include "core/logging.hpp"

namespace feedmux {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using Error = boost::system::error_code;
using WorkGuard = asio::executor_work_guard<asio::io_context::executor_type>;

struct ControlServer::State {
  State(std::filesystem::path path, ControlServices its_services, const ControlLimits& its_limits)
      : services(std::move(its_services)),
        limits(its_limits),
        file(std::in_place, std::move(path)),
        acceptor(io, stream_protocol{}, file->Release()) {}

  void Accept();
  void Welcome(stream_protocol::socket socket);
  void CloseAll();
  void Run(asio::io_context& context, const char* what);

  // In the order in which each uses those before it.
  NamedLog log{"control"};
  const ControlServices services;
  const ControlLimits limits;
  std::optional<ControlSocket> file;
  asio::io_context io{1};
  asio::io_context slow_io{1};
  WorkGuard work{io.get_executor()};
  WorkGuard slow_work{slow_io.get_executor()};
  stream_protocol::acceptor acceptor;
  asio::steady_timer accept_again{io};
  ControlSessions sessions{services, limits, io, slow_io, {}, 0};
  Completion slow_ended;
  std::thread thread;
  std::thread slow_thread;
};

void ControlServer::State::Accept() {
  acceptor.async_accept([this](Error error, stream_protocol::socket socket) {
    if (!acceptor.is_open()) return;
    if (!error) {
      Welcome(std::move(socket));
      return Accept();
    }
    // Out of file descriptors, most likely: whoever waits is served when there are some.
    log.Warning(fmt::format("a client cannot be accepted: {}", error.message()));
    accept_again.expires_after(std::chrono::seconds{1});
    accept_again.async_wait([this](Error stopped) {
      if (!stopped) Accept();
    });
  });
}

void ControlServer::State::Welcome(stream_protocol::socket socket) {
  const auto session = std::make_shared<ControlSession>(std::move(socket), sessions);
  try {
    session->Start();
  } catch (const std::exception& error) {
    log.Warning(error.what());
    session->Close();
  }
}

void ControlServer::State::CloseAll() {
  Error ignored;
  acceptor.close(ignored);
  accept_again.cancel();
  while (!sessions.open.empty()) (*sessions.open.begin())->Close();
  work.reset();
}

void ControlServer::State::Run(asio::io_context& context, const char* what) {
  for (;;) {
    try {
      context.run();
      return;
    } catch (const std::exception& error) {
      log.Error(fmt::format("{}: {}", what, error.what()));
    }
  }
}

ControlServer::ControlServer(std::filesystem::path path, ControlServices services,
                             ControlLimits limits)
    : state_(std::make_unique<State>(std::move(path), std::move(services), limits)) {}

ControlServer::~ControlServer() { Stop(std::chrono::hours{24}); }

void ControlServer::Start() {
  State& state = *state_;
  state.log.Info(fmt::format("listening at {}", state.file->path().string()));
  state.Accept();
  state.thread = std::thread{[&state] { state.Run(state.io, "serving a client"); }};
  state.slow_thread = std::thread{[&state] {
    state.Run(state.slow_io, "serving a slow command");
    state.slow_ended.Set();
  }};
}

bool ControlServer::Stop(std::chrono::milliseconds timeout) {
  State& state = *state_;
  state.file.reset();
  if (state.thread.joinable()) {
    asio::post(state.io, [&state] { state.CloseAll(); });
    state.thread.join();
  }
  if (!state.slow_thread.joinable()) return true;
  state.slow_work.reset();
  if (!state.slow_ended.WaitUntil(std::chrono::steady_clock::now() + timeout)) {
    state.log.Error("a command does not come back: its plugin did not return from a call");
    return false;
  }
  state.slow_thread.join();
  return true;
}

}  // namespace feedmux
