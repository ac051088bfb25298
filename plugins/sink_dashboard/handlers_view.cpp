#include <algorithm>  // max_element
#include <utility>    // move

#include "sink_dashboard/call.hpp"
#include "sink_dashboard/handlers.hpp"
#include "sink_dashboard/openapi.hpp"
#include "sink_dashboard/services.hpp"
#include "sink_dashboard/status_json.hpp"
#include "status_json/health_json.hpp"
#include "status_json/rebalance_json.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::uint64_t kMostAuditEntries = 1000;

const ConnectionHealth* FindConnection(const Health& health, const std::string& connection_id) {
  for (const ConnectionHealth& connection : health.connections) {
    if (connection.connection_id == connection_id) return &connection;
  }
  return nullptr;
}

}  // namespace

void ServeOpenApi(Services&, Call& call) {
  webserver::Response response;
  response.headers = {{"content-type", "application/json"}, {"cache-control", "no-store"}};
  response.body = OpenApiDocument();
  call.reply(std::move(response));
}

void ServeWebSocketStatus(Services& services, Call& call) {
  const bool with_tickers = QueryNumber(call.target, "tickers", 1, 1) == 1;
  const Health health = services.host.ReadHealth();
  const std::int64_t now_ns = services.host.clock().UtcNs();
  Json connections = Json::array();
  for (const ConnectionHealth& connection : health.connections) {
    if (with_tickers) {
      const auto tickers = services.host.control().ConnectionTickers(connection.connection_id);
      connections.push_back(ConnectionJson(connection, &tickers));
    } else {
      connections.push_back(ConnectionJson(connection, nullptr));
    }
  }
  Json summary = SummaryJson(health);
  summary["verdict"] = services.judge.Judge(health, now_ns);
  call.reply(JsonResponse({{"connections", std::move(connections)},
                           {"summary", std::move(summary)},
                           {"engine", EngineJson(services.host.engine(), now_ns)}}));
}

void ServeHealth(Services& services, Call& call) {
  call.reply(JsonResponse(HealthJson(services.host.ReadHealth())));
}

void ServeLedger(Services& services, Call& call) {
  call.reply(JsonResponse(LedgerJson(services.host.ReadHealth())));
}

void ServeSinks(Services& services, Call& call) {
  call.reply(JsonResponse({{"sinks", SinksJson(services.host.ReadHealth().sinks)}}));
}

void ServeUniverses(Services& services, Call& call) {
  call.reply(JsonResponse({{"universes", UniversesJson(services.host.control().Universes())}}));
}

void ServeGaps(Services& services, Call& call) {
  call.reply(JsonResponse({{"gaps", GapsJson(services.host.ReadHealth())}}));
}

void ServeEvents(Services& services, Call& call) {
  constexpr std::uint64_t kAny = std::uint64_t{1} << 53;  // what JSON numbers hold exactly
  const std::uint64_t after = QueryNumber(call.target, "after", 0, kAny);
  Json events = Json::array();
  std::uint64_t last = after;
  for (const LogLine& line : services.host.RecentLog(after)) {
    events.push_back(LogLineJson(line));
    last = line.number;
  }
  call.reply(JsonResponse({{"events", std::move(events)}, {"last_id", last}}));
}

void ServePlugins(Services& services, Call& call) {
  call.reply(JsonResponse({{"plugins", PluginsJson(services.host.engine())}}));
}

void ServeTickers(Services& services, Call& call) {
  const std::string& connection_id = call.captured.front();
  if (FindConnection(services.host.ReadHealth(), connection_id) == nullptr) {
    throw Problem(404, "there is no connection '" + connection_id + "'");
  }
  const auto tickers = services.host.control().ConnectionTickers(connection_id);
  call.reply(JsonResponse(
      {{"connection_id", connection_id}, {"count", tickers.size()}, {"tickers", tickers}}));
}

void ServeSymbol(Services& services, Call& call) {
  const std::string& symbol = call.captured.front();
  Json json = {{"symbol", symbol},
               {"connection_id", nullptr},
               {"connection_name", nullptr},
               {"last_tick", nullptr}};
  if (const auto connection_id = services.host.control().TickerAssignment(symbol)) {
    json["connection_id"] = *connection_id;
    const Health health = services.host.ReadHealth();
    if (const auto* connection = FindConnection(health, *connection_id)) {
      json["connection_name"] = connection->name;
    }
  }
  if (const auto id = services.symbols.Find(symbol)) {
    const auto cells = services.board.Find(*id);
    const auto newest = std::max_element(
        cells.begin(), cells.end(),
        [](const BoardCell& a, const BoardCell& b) { return a.ts_recv_ns < b.ts_recv_ns; });
    if (newest != cells.end()) {
      std::uint64_t count = 0;
      for (const BoardCell& cell : cells) count += cell.count;
      json["last_tick"] = TickJson(*newest, services.host);
      json["last_tick"]["count"] = count;
    }
  }
  call.reply(JsonResponse(json));
}

void ServeRebalancePlan(Services& services, Call& call) {
  call.reply(JsonResponse({{"plans", RebalanceJson(services.host.control().PlanRebalance())}}));
}

void ServeAudit(Services& services, Call& call) {
  const std::uint64_t limit = QueryNumber(call.target, "limit", 100, kMostAuditEntries);
  call.reply(JsonResponse({{"entries", services.audit.Last(limit)}}));
}

}  // namespace feedmux::dashboard
