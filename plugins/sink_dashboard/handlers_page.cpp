#include <algorithm>  // any_of, count_if

#include "sink_dashboard/call.hpp"
#include "sink_dashboard/handlers.hpp"
#include "sink_dashboard/services.hpp"
#include "sink_dashboard/status_json.hpp"

namespace feedmux::dashboard {
namespace {

/// Whether he is logged in with a role that does not see the engine. The page is for everybody, so
/// it is there, and tells what is wrong, also while nobody can be identified.
bool IsForbidden(Services& services, const webserver::Request& request) {
  try {
    const auto caller = services.identity.Identify(request);
    return caller && caller->role == accounts::Role::User;
  } catch (const AccountsUnreadable& error) {
    services.users_file_trouble.Log(error.what());
    return false;
  }
}

void AnswerProbe(Call& call, const std::vector<std::string>& reasons) {
  if (reasons.empty()) return call.reply(JsonResponse({{"ok", true}}));
  call.reply(JsonResponse({{"ok", false}, {"reasons", reasons}}, 503));
}

}  // namespace

void RedirectToPage(Services&, Call& call) { call.reply(Redirect("/admin/websockets")); }

void ServePage(Services& services, Call& call) {
  if (IsForbidden(services, call.request)) {
    // The page says by itself that it is not for this role, and offers to log out.
    webserver::Response response;
    response.status = 403;
    response.headers = {{"content-type", "text/html; charset=utf-8"},
                        {"cache-control", "no-store"}};
    response.body = services.files.Get("index.html", {}).body;
    return call.reply(std::move(response));
  }
  call.reply(services.files.Get("index.html", call.request));
}

void ServeNoIcon(Services&, Call& call) {
  webserver::Response response;
  response.status = 204;
  response.headers = {{"cache-control", "public, max-age=86400"}};
  call.reply(std::move(response));
}

void ServeAsset(Services& services, Call& call) {
  call.reply(services.files.Get("assets/" + call.captured.front(), call.request));
}

void ServeHealthz(Services& services, Call& call) {
  std::vector<std::string> reasons;
  if (services.host.ReadHealth().imbalance != 0) {
    reasons.push_back("the ledger does not balance");
  }
  AnswerProbe(call, reasons);
}

void ServeReadyz(Services& services, Call& call) {
  const Health health = services.host.ReadHealth();
  std::vector<std::string> reasons;
  const auto& connections = health.connections;
  const bool is_one_connected =
      std::any_of(connections.begin(), connections.end(), [](const auto& connection) {
        return connection.enabled && connection.status == ConnectionStatus::Connected;
      });
  if (!is_one_connected) reasons.push_back("no connection is connected");
  const auto unavailable = std::count_if(
      health.sinks.begin(), health.sinks.end(),
      [](const SinkHealth& sink) { return !sink.available || sink.stuck_since_ns != 0; });
  if (unavailable != 0) {
    reasons.push_back(std::to_string(unavailable) + " of " + std::to_string(health.sinks.size()) +
                      " sinks are unavailable");
  }
  AnswerProbe(call, reasons);
}

}  // namespace feedmux::dashboard
