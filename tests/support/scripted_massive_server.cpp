#include "scripted_massive_server.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>  // any_of
#include <utility>    // move

#include <nlohmann/json.hpp>  // json

namespace feedmux::testing {

struct ScriptedMassiveServer::Running {
  std::unique_ptr<MassiveSession> session;
  std::thread thread;
};

ScriptedMassiveServer::ScriptedMassiveServer() : ScriptedMassiveServer(Options{}) {}

ScriptedMassiveServer::ScriptedMassiveServer(Options options)
    : options_(std::move(options)), port_(options_.port), always_([](MassiveSession& client) {
        client.Welcome();
        client.Serve();
      }) {
  Resume();
}

ScriptedMassiveServer::~ScriptedMassiveServer() {
  Pause();
  {
    const std::lock_guard lock{mutex_};
    for (const auto& running : sessions_) running->session->socket_.Interrupt();
  }
  for (const auto& running : sessions_) running->thread.join();
  for (const std::string& error : script_errors_) ADD_FAILURE() << "server script: " << error;
}

std::string ScriptedMassiveServer::url(std::string_view path) const {
  return (options_.tls ? "wss://" : "ws://") + options_.host + ':' + std::to_string(port_) +
         std::string{path};
}

void ScriptedMassiveServer::Next(Script script) {
  const std::lock_guard lock{mutex_};
  next_.push_back(std::move(script));
}

void ScriptedMassiveServer::Always(Script script) {
  const std::lock_guard lock{mutex_};
  always_ = std::move(script);
}

void ScriptedMassiveServer::Pause() {
  if (!accepting_.joinable()) return;
  listener_->Interrupt();
  accepting_.join();
  listener_.reset();
}

void ScriptedMassiveServer::Resume() {
  if (accepting_.joinable()) return;
  listener_ = std::make_unique<LoopbackListener>(port_);
  port_ = listener_->port();
  accepting_ = std::thread([this] { Accept(); });
}

void ScriptedMassiveServer::Accept() {
  while (const auto accepted = listener_->Accept()) {
    {
      const std::lock_guard lock{mutex_};
      Script script = always_;
      if (!next_.empty()) {
        script = std::move(next_.front());
        next_.pop_front();
      }
      auto running = std::make_unique<Running>();
      running->session.reset(
          new MassiveSession(*this, *accepted, options_.tls ? &*options_.tls : nullptr));
      Running& started = *running;
      sessions_.push_back(std::move(running));
      started.thread =
          std::thread([this, &started, script = std::move(script)] { RunScript(started, script); });
    }
    NoteChange();
  }
}

void ScriptedMassiveServer::RunScript(Running& running, const Script& script) {
  // OpenSSL writes to sockets without MSG_NOSIGNAL.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

  MassiveSession& session = *running.session;
  std::string end = "the script ended";
  try {
    script(session);
  } catch (const PeerGone& gone) {
    end = gone.what();
  } catch (const ServerStopped& stopped) {
    end = stopped.what();
  } catch (const std::exception& error) {
    end = error.what();
    const std::lock_guard lock{mutex_};
    script_errors_.push_back(end);
  }
  session.socket_.CloseNow();
  session.Change([&](SessionLog& log) {
    log.ended = true;
    log.end = end;
  });
}

void ScriptedMassiveServer::Feed(const std::string& frame) {
  for (MassiveSession* session : Alive()) {
    if (!session->Log().authenticated) continue;
    session->Do([frame](MassiveSession& client) { client.Send(frame); });
  }
}

void ScriptedMassiveServer::FeedTopic(std::string_view topic, const std::string& frame) {
  for (MassiveSession* session : Alive()) {
    if (!session->Log().Subscribes(topic)) continue;
    session->Do([frame](MassiveSession& client) { client.Send(frame); });
  }
}

void ScriptedMassiveServer::Do(std::size_t session, std::function<void(MassiveSession&)> action) {
  const std::lock_guard lock{mutex_};
  sessions_.at(session)->session->Do(std::move(action));
}

std::vector<MassiveSession*> ScriptedMassiveServer::Alive() const {
  const std::lock_guard lock{mutex_};
  std::vector<MassiveSession*> alive;
  for (const auto& running : sessions_) {
    if (!running->session->Log().ended) alive.push_back(running->session.get());
  }
  return alive;
}

void ScriptedMassiveServer::EnforceLimit(const MassiveSession& newest) {
  if (options_.connection_limit == 0) return;
  std::vector<MassiveSession*> authenticated;
  for (MassiveSession* session : Alive()) {
    if (session->Log().authenticated) authenticated.push_back(session);
  }
  if (authenticated.size() <= options_.connection_limit) return;
  MassiveSession* const oldest = authenticated.front();
  if (oldest != &newest) oldest->Do([](MassiveSession& client) { client.Evict(); });
}

std::vector<SessionLog> ScriptedMassiveServer::Sessions() const {
  const std::lock_guard lock{mutex_};
  std::vector<SessionLog> logs;
  for (const auto& running : sessions_) logs.push_back(running->session->Log());
  return logs;
}

void ScriptedMassiveServer::NoteChange() {
  const std::lock_guard lock{mutex_};
  ++changes_;
  changed_.notify_all();
}

bool ScriptedMassiveServer::WaitFor(
    const std::function<bool(const std::vector<SessionLog>&)>& condition,
    std::chrono::milliseconds at_most) const {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (true) {
    std::uint64_t seen = 0;
    {
      const std::lock_guard lock{mutex_};
      seen = changes_;
    }
    if (condition(Sessions())) return true;
    std::unique_lock lock{mutex_};
    const bool changed = changed_.wait_until(lock, deadline, [&] { return changes_ != seen; });
    if (!changed) return false;
  }
}

bool ScriptedMassiveServer::WaitForSessions(std::size_t count) const {
  return WaitFor([count](const auto& sessions) { return sessions.size() >= count; });
}

bool ScriptedMassiveServer::WaitForSubscription(std::string_view topic) const {
  return WaitFor([topic = std::string{topic}](const auto& sessions) {
    return std::any_of(sessions.begin(), sessions.end(), [&](const SessionLog& log) {
      return !log.ended && log.subscriptions.contains(topic);
    });
  });
}

std::string TradeEvent(std::string_view symbol, double price, long size, std::uint64_t sequence) {
  return nlohmann::ordered_json{{"ev", "T"},    {"sym", symbol}, {"x", 4},    {"i", "1"},
                                {"z", 3},       {"p", price},    {"s", size}, {"t", 1705853696123L},
                                {"q", sequence}}
      .dump();
}

std::string FrameOf(const std::vector<std::string>& events) {
  std::string frame = "[";
  for (const std::string& event : events) frame += (frame.size() > 1 ? "," : "") + event;
  return frame + ']';
}

std::string TradeFrame(std::string_view symbol, double price, long size, std::uint64_t sequence) {
  return FrameOf({TradeEvent(symbol, price, size, sequence)});
}

}  // namespace feedmux::testing
