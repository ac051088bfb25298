#include <algorithm>  // all_of
#include <utility>    // move

#include "sink_dashboard/call.hpp"
#include "sink_dashboard/handlers.hpp"
#include "sink_dashboard/json.hpp"
#include "sink_dashboard/services.hpp"
#include "status_json/health_json.hpp"
#include "status_json/rebalance_json.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::size_t kMostTickers = 1000;
constexpr std::size_t kMostTickerBytes = 64;
constexpr std::size_t kMostSourceBytes = 256;

/// Does it and writes down that it was done, or why not.
template <typename Action>
void Act(Services& services, const Call& call, std::string target, Action act) {
  AuditEntry entry{.user = call.caller->Subject(),
                   .address = call.address,
                   .action = std::string{call.action},
                   .target = std::move(target),
                   .result = "ok"};
  try {
    Json answer = act();
    services.audit.Write(entry);
    call.reply(JsonResponse(answer));
  } catch (const std::exception& error) {
    entry.result = error.what();
    services.audit.Write(entry);
    throw;
  }
}

bool IsTicker(const Json& ticker) {
  if (!ticker.is_string()) return false;
  const auto& text = ticker.get_ref<const std::string&>();
  return !text.empty() && text.size() <= kMostTickerBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

std::vector<std::string> ReadTickers(const Json& body) {
  const auto found = body.find("tickers");
  const bool is_good = found != body.end() && found->is_array() && !found->empty() &&
                       found->size() <= kMostTickers &&
                       std::all_of(found->begin(), found->end(), IsTicker);
  if (!is_good) {
    throw Problem(400, "tickers must be a list of 1 to " + std::to_string(kMostTickers) +
                           " symbols, without spaces, of at most " +
                           std::to_string(kMostTickerBytes) + " bytes each");
  }
  return found->get<std::vector<std::string>>();
}

std::string ReadSource(const Json& body) {
  return body.contains("source") ? BodyText(body, "source", kMostSourceBytes) : std::string{};
}

std::string Joined(const std::vector<std::string>& tickers) {
  std::string text;
  for (const std::string& ticker : tickers) text += (text.empty() ? "" : ",") + ticker;
  return text;
}

using ConnectionAction = void (Control::*)(std::string_view who, std::string_view connection);

void ActOnConnection(Services& services, Call& call, ConnectionAction act) {
  const std::string& connection_id = call.captured.front();
  Act(services, call, connection_id, [&]() -> Json {
    (services.host.control().*act)(call.Who(), connection_id);
    return {{"ok", true}};
  });
}

}  // namespace

void Subscribe(Services& services, Call& call) {
  const auto tickers = ReadTickers(call.body);
  const auto source = ReadSource(call.body);
  Act(services, call, Joined(tickers), [&]() -> Json {
    const auto result = services.host.control().Subscribe(call.Who(), tickers, source);
    return {{"added", result.added}, {"already", result.already}, {"no_room", result.no_room}};
  });
}

void Unsubscribe(Services& services, Call& call) {
  const auto tickers = ReadTickers(call.body);
  const auto source = ReadSource(call.body);
  Act(services, call, Joined(tickers), [&]() -> Json {
    const auto result = services.host.control().Unsubscribe(call.Who(), tickers, source);
    return {{"removed", result.removed}, {"not_found", result.not_found}};
  });
}

void Reconnect(Services& services, Call& call) {
  ActOnConnection(services, call, &Control::Reconnect);
}

void Pause(Services& services, Call& call) { ActOnConnection(services, call, &Control::Pause); }

void Resume(Services& services, Call& call) { ActOnConnection(services, call, &Control::Resume); }

void ApplyRebalance(Services& services, Call& call) {
  Act(services, call, "", [&]() -> Json {
    return {{"plans", RebalanceJson(services.host.control().Rebalance(call.Who()))}};
  });
}

void RefreshUniverses(Services& services, Call& call) {
  // Resolvers may take long: not on the server's thread.
  const bool is_queued =
      services.slow_actions.Post([&services, who = call.Who(), user = call.caller->Subject(),
                                  address = call.address, reply = call.reply] {
        webserver::Response response;
        std::string result = "ok";
        try {
          response = JsonResponse(
              {{"universes", UniversesJson(services.host.control().RefreshUniverses(who))}});
        } catch (const ControlError& error) {
          result = error.what();
          response = ProblemResponse({409, result});
        } catch (const std::exception& error) {
          result = error.what();
          response = ProblemResponse({500, "the universes could not be refreshed; see the log"});
        }
        services.server.Post([&services, user, address, result, response, reply] {
          services.audit.Write({.user = user,
                                .address = address,
                                .action = "refresh",
                                .target = "universes",
                                .result = result});
          reply(response);
        });
      });
  if (!is_queued) {
    throw Problem(503, "universes are being refreshed already", {{"retry-after", "5"}});
  }
}

}  // namespace feedmux::dashboard
