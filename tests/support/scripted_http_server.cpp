#include "scripted_http_server.hpp"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>  // transform
#include <cctype>     // tolower
#include <sstream>    // istringstream
#include <utility>    // move

namespace feedmux::testing {
namespace {

HttpRequest ReadRequest(PeerSocket& socket) {
  std::string text;
  while (text.find("\r\n\r\n") == std::string::npos) text += socket.Read();

  std::istringstream lines{text};
  HttpRequest request;
  lines >> request.method >> request.target;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line != "\r") {
    const auto colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    request.headers[name] = line.substr(colon + 2, line.size() - colon - 3);
  }
  return request;
}

}  // namespace

std::string HttpExchange::ResponseBytes(int status, std::string_view body,
                                        const std::vector<std::string>& headers) {
  std::string bytes = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
  for (const std::string& header : headers) bytes += header + "\r\n";
  bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return bytes.append(body);
}

void HttpExchange::Answer(int status, std::string_view body,
                          const std::vector<std::string>& headers) {
  socket_.Write(ResponseBytes(status, body, headers));
}

void HttpExchange::WaitUntilTheClientLeaves() {
  while (true) socket_.Read();
}

ScriptedHttpServer::ScriptedHttpServer() : ScriptedHttpServer(Options{}) {}

ScriptedHttpServer::ScriptedHttpServer(Options options)
    : options_(std::move(options)),
      always_([](HttpExchange& exchange) { exchange.Answer(404, ""); }),
      serving_([this] { Run(); }) {}

ScriptedHttpServer::~ScriptedHttpServer() {
  listener_.Interrupt();
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    if (client_) client_->Interrupt();
  }
  serving_.join();
  for (const std::string& error : script_errors_) ADD_FAILURE() << "server script: " << error;
}

std::string ScriptedHttpServer::url(std::string_view path) const {
  return (options_.tls ? "https://" : "http://") + options_.host + ':' + std::to_string(port()) +
         std::string{path};
}

void ScriptedHttpServer::Next(Script script) {
  const std::lock_guard lock{mutex_};
  next_.push_back(std::move(script));
}

void ScriptedHttpServer::Always(Script script) {
  const std::lock_guard lock{mutex_};
  always_ = std::move(script);
}

std::vector<HttpRequest> ScriptedHttpServer::Requests() const {
  const std::lock_guard lock{mutex_};
  return requests_;
}

std::size_t ScriptedHttpServer::connections() const {
  const std::lock_guard lock{mutex_};
  return connections_;
}

void ScriptedHttpServer::Run() {
  // OpenSSL writes to sockets without MSG_NOSIGNAL.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

  while (const auto accepted = listener_.Accept()) {
    PeerSocket socket{*accepted, options_.tls ? &*options_.tls : nullptr};
    {
      const std::lock_guard lock{mutex_};
      if (stopping_) return;
      client_ = &socket;
      ++connections_;
    }
    try {
      Serve(socket);
    } catch (const PeerGone&) {
    } catch (const ServerStopped&) {
    } catch (const std::exception& error) {
      const std::lock_guard lock{mutex_};
      script_errors_.emplace_back(error.what());
    }
    const std::lock_guard lock{mutex_};
    client_ = nullptr;
  }
}

void ScriptedHttpServer::Serve(PeerSocket& socket) {
  socket.Handshake();
  HttpExchange exchange{socket, ReadRequest(socket)};
  Script script;
  {
    const std::lock_guard lock{mutex_};
    requests_.push_back(exchange.request());
    script = always_;
    if (!next_.empty()) {
      script = std::move(next_.front());
      next_.pop_front();
    }
  }
  script(exchange);
}

}  // namespace feedmux::testing
