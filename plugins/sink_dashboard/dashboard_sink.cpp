#include "sink_dashboard/dashboard_sink.hpp"

#include <pthread.h>

#include <cstdio>     // fputs
#include <exception>  // exception
#include <optional>   // optional
#include <string>     // string
#include <thread>     // thread
#include <utility>    // move

#include "feedmux/accounts/default_users_file.hpp"
#include "feedmux/accounts/password.hpp"
#include "feedmux/errors.hpp"
#include "sink_dashboard/dashboard.hpp"
#include "sink_dashboard/view.hpp"

namespace feedmux::dashboard {
namespace {

constexpr const char* kFirstUser = "admin";

// No eye sees the difference, and the ticks of so long are still in the processor's caches.
constexpr std::chrono::milliseconds kLinger{5};

webserver::ServerOptions OptionsOf(const Settings& settings) {
  webserver::ServerOptions options;
  options.address = settings.address;
  options.port = settings.port;
  options.tls_certificate = settings.tls_certificate;
  options.tls_key = settings.tls_key;
  options.max_connections = settings.max_connections;
  options.max_message_bytes = View::kMostMessageBytes;
  options.headers = SecurityHeaders(settings.is_secure());
  return options;
}

}  // namespace

/// The server with its thread.
class DashboardSink::Running {
 public:
  Running(Host& host, const Settings& settings, TickBoard& board)
      : server_(OptionsOf(settings), handler_) {
    server_.Listen();
    dashboard_.emplace(host, settings, board, server_);
    handler_.target = &*dashboard_;
    dashboard_->KeepWatch();
    MakeFirstUser(settings);
    const bool is_v6 = settings.address.find(':') != std::string::npos;
    host.log().Info(std::string{"the dashboard is at "} +
                    (settings.is_secure() ? "https://" : "http://") +
                    (is_v6 ? '[' + settings.address + ']' : settings.address) + ':' +
                    std::to_string(server_.port()) + "/admin/websockets");
    const bool is_loopback = settings.address == "::1" || settings.address.rfind("127.", 0) == 0;
    if (!is_loopback && !settings.is_secure()) {
      host.log().Warning(
          "passwords and sessions go over the network in clear: give it tls_certificate and "
          "tls_key, or listen on loopback");
    }
    thread_ = std::thread{[this] { server_.Run(); }};
    ::pthread_setname_np(thread_.native_handle(), "dashboard");  // top and perf show it
  }

  ~Running() {
    server_.Stop();
    thread_.join();
    Identity& identity = dashboard_->services().identity;
    if (identity.is_unsaved()) identity.Save();
  }

  std::uint16_t port() const { return server_.port(); }

 private:
  // Server and dashboard need each other.
  struct Forward final : webserver::Handler {
    void OnRequest(const webserver::Request& request, const webserver::Reply& reply) override {
      target->OnRequest(request, reply);
    }
    std::shared_ptr<webserver::Listener> OnUpgrade(const webserver::Request& request,
                                                   webserver::Response& refusal) override {
      return target->OnUpgrade(request, refusal);
    }
    void OnError(const std::string& what) override { target->OnError(what); }
    webserver::Handler* target = nullptr;
  };

  /// Printed rather than logged: whoever may see the dashboard sees its log.
  void MakeFirstUser(const Settings& settings) {
    accounts::Accounts& accounts = dashboard_->services().identity.accounts();
    if (!accounts.Empty()) return;
    std::string password = accounts::RandomPassword();
    accounts.AddUser(kFirstUser, accounts::Role::Admin, password);
    std::string text = std::string{"dashboard: first start: log in as "} + kFirstUser +
                       " with password " + password + "; change it with feedmux user passwd " +
                       kFirstUser;
    if (settings.users_file != accounts::DefaultUsersFile()) {
      text += " --users-file " + settings.users_file.string();
    }
    text += '\n';
    std::fputs(text.c_str(), stderr);
    accounts::Wipe(password);
    accounts::Wipe(text);
  }

  Forward handler_;
  webserver::Server server_;
  std::optional<Dashboard> dashboard_;  // made once the server listens
  std::thread thread_;
};

DashboardSink::DashboardSink(Host& host, const Options& options)
    : host_(host), settings_(ReadSettings(options)) {}

DashboardSink::~DashboardSink() = default;

void DashboardSink::Start() {
  running_.reset();
  try {
    running_ = std::make_unique<Running>(host_, settings_, board_);
    host_.Linger(kLinger);
  } catch (const std::exception& error) {
    throw SinkUnavailable(error.what());
  }
}

void DashboardSink::OnTicks(std::span<const Tick> ticks) { board_.Put(ticks); }

void DashboardSink::Stop() { running_.reset(); }

std::uint16_t DashboardSink::port() const { return running_->port(); }

}  // namespace feedmux::dashboard
