#include "websocket/client.hpp"

#include <utility>  // move

#include "websocket/session.hpp"

namespace feedmux::websocket {

Client::Client() : session_(std::make_unique<Session>()) {}
Client::~Client() = default;

Outcome Client::Run(const Url& url, const ClientOptions& options, Handler& handler) {
  return session_->Run(url, options, handler);
}

void Client::Stop() { session_->Stop(); }

void Client::Post(std::function<void()> task) { session_->Post(std::move(task)); }

void Client::After(std::chrono::milliseconds delay, std::function<void()> task) {
  session_->After(delay, std::move(task));
}

void Client::SendText(const std::string& payload) { session_->SendText(payload); }

}  // namespace feedmux::websocket
