#include <cstdlib>  // system
#include <map>      // map
#include <set>      // set

#include "dashboard_fixture.hpp"
#include "sink_dashboard/openapi.hpp"
#include "sink_dashboard/routes.hpp"

namespace feedmux::dashboard {
namespace {

/// The pattern as OpenAPI writes it.
std::string PathOf(const Route& route) {
  std::string path{route.pattern};
  if (path.ends_with('*')) path.replace(path.size() - 1, 1, "{path}");
  return path;
}

std::string AccessName(Access access) {
  switch (access) {
    case Access::Everybody:
      return "everybody";
    case Access::LoggedIn:
      return "logged in";
    case Access::Viewer:
      return "viewer";
    case Access::Act:
      return "act";
  }
  return "";
}

class OpenApi : public DashboardTest {
 protected:
  static Json Document() { return Json::parse(OpenApiDocument()); }
};

TEST_F(OpenApi, DescribesAllRoutesAndNoOthers) {
  std::map<std::string, std::string> described, found;
  const Json document = Document();
  for (const auto& [path, operations] : document.at("paths").items()) {
    for (const auto& [method, operation] : operations.items()) {
      described[method + ' ' + path] = operation.at("x-access");
    }
  }
  for (const Route& route : Routes()) {
    const std::string method = route.method == "GET" ? "get" : "post";
    found[method + ' ' + PathOf(route)] = AccessName(route.access);
  }
  EXPECT_EQ(described, found);
}

TEST_F(OpenApi, IsServed) {
  Start();
  EXPECT_EQ(GetJson("/api/openapi.json", LogIn("viewer")), Document());
}

/// An engine of which everything is said that can be said.
Health FullHealth() {
  Health health;
  const auto symbols = std::make_shared<std::vector<std::string>>(3, "AAPL");
  ConnectionHealth primary;
  primary.connection_id = "connection_1";
  primary.name = "primary";
  primary.source = "massive";
  primary.universe = "leaders:top_500";
  primary.status = ConnectionStatus::Connected;
  primary.latency_p50_ns = 1'500'000;
  primary.latency_p99_ns = 2'500'000;
  primary.ticks_per_second = 12.5;
  primary.gaps = {{1'000'000'000, 2'000'000'000, "evicted", symbols},
                  {3'000'000'000, 0, "network", symbols}};
  ConnectionHealth secondary;
  secondary.connection_id = "connection_2";
  secondary.name = "secondary";
  secondary.status = ConnectionStatus::Error;
  secondary.evicted = true;
  secondary.last_error = "max_connections";
  ConnectionHealth tertiary;
  tertiary.connection_id = "connection_3";
  tertiary.name = "tertiary";
  tertiary.status = ConnectionStatus::Error;
  tertiary.stale = true;
  tertiary.last_error = "silent for 26.0 s where ticks were due: taken for dead";
  health.connections = {primary, secondary, tertiary};
  SinkHealth sink;
  sink.name = "redis";
  sink.available = false;
  sink.when_full = "drop_oldest";
  health.sinks = {sink};
  UniverseHealth universe;
  universe.key = "leaders:top_500";
  universe.stale = true;
  health.universes = {universe};
  health.alarms = {{1'000'000'000, "massive", "evicted"}};
  health.imbalance = -2;
  return health;
}

TEST_F(OpenApi, IsWhatTheAnswersAreLike) {
  host_.SetHealth(FullHealth());
  host_.control().Assign("connection_3", {});
  host_.control().SetPlans(
      {{"massive", {{"AAPL", "connection_1", "connection_2", 2.5}}, {{"connection_1", 5, 2.5}}}});
  UniverseHealth universe;
  universe.key = "leaders:top_500";
  host_.control().SetUniverses({universe});
  host_.AddToRecentLog({1, 1'000'000'000, LogLevel::Warning, "engine", "text"});
  Start();
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Quote, kAbsent),
                             MakeTick(host_, "MSFT", Kind::Trade, 1.5)});
  const Session admin = LogIn("admin"), user = LogIn("user");

  Json answers = Json::array();
  const auto add = [&](const std::string& method, const std::string& path,
                       const testing::HttpAnswer& answer) {
    const bool is_json = answer.Header("content-type") == "application/json";
    answers.push_back({{"method", method},
                       {"path", path},
                       {"status", answer.status},
                       {"body", is_json ? Json::parse(answer.body) : Json()}});
  };
  const std::map<std::string, std::string> examples = {
      {"{connection_id}", "connection_1"}, {"{symbol}", "AAPL"}, {"{path}", "none.js"}};
  for (const Route& route : Routes()) {
    const std::string path = PathOf(route), method{route.method};
    std::string target = path;
    for (const auto& [name, example] : examples) {
      if (const auto at = target.find(name); at != std::string::npos) {
        target.replace(at, name.size(), example);
      }
    }
    Json body;
    if (target.ends_with("subscribe")) body = {{"tickers", {"AAPL", "NONE"}}};
    if (target.ends_with("login")) body = {{"user", "viewer"}, {"password", kPassword}};
    const auto ask = [&](const Session& session) {
      const auto answer = method == "GET" ? Get(target, session) : Post(target, session, body);
      add(method, path, answer);
      return answer.status;
    };
    // These two end the session that they come with.
    const bool ends_session = target.ends_with("login") || target.ends_with("logout");
    ask({});
    ask(ends_session ? LogIn("user") : user);
    const int status = ask(ends_session ? LogIn("admin") : admin);
    const bool is_probe = target.ends_with("z");  // all is not well
    EXPECT_TRUE(status < 400 || is_probe || target.starts_with("/assets/"))
        << target << ' ' << status;
  }
  add("GET", "/api/admin/symbols/{symbol}", Get("/api/admin/symbols/MSFT", admin));
  add("GET", "/api/admin/symbols/{symbol}", Get("/api/admin/symbols/NONE", admin));
  add("GET", "/api/admin/connections/{connection_id}/tickers",
      Get("/api/admin/connections/none/tickers", admin));
  add("GET", "/api/admin/websocket-status", Get("/api/admin/websocket-status?tickers=0", admin));
  add("POST", "/api/admin/connections/{connection_id}/pause",
      Post("/api/admin/connections/none/pause", admin));
  add("POST", "/api/login", LogInAnswer("viewer", "wrong"));
  add("GET", "/api/session", Get("/api/session", WithToken(accounts::Role::Viewer)));

  folder_.Write("openapi.json", std::string{OpenApiDocument()});
  folder_.Write("answers.json", answers.dump());
  const std::string command = "python3 " CHECK_ANSWERS " " +
                              (folder_.path() / "openapi.json").string() + ' ' +
                              (folder_.path() / "answers.json").string();
  EXPECT_EQ(std::system(command.c_str()), 0) << "see above";
}

}  // namespace
}  // namespace feedmux::dashboard
