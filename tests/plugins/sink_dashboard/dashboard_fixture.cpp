#include "dashboard_fixture.hpp"

#include <sstream>  // istringstream

#include "feedmux/testing/make_options.hpp"
#include "sink_dashboard/options.hpp"

namespace feedmux::dashboard {

using testing::HttpAnswer;
using testing::HttpClient;

namespace {

// As cheap as it gets: the tests log in a lot.
constexpr accounts::HashCost kCheap{.passes = 1, .memory_bytes = 8192};

ConnectionHealth Connection(const std::string& connection_id, const std::string& name) {
  ConnectionHealth connection;
  connection.connection_id = connection_id;
  connection.name = name;
  connection.source = "massive";
  return connection;
}

}  // namespace

DashboardTest::DashboardTest() : users_(folder_.path() / "users.json", kCheap) {
  for (const char* const role : {"admin", "super", "viewer", "user"}) {
    users_.AddUser(role, *accounts::RoleFromName(role), kPassword);
  }
  host_.AddConnection(1, {"connection_1", "primary", "massive"});
  host_.AddConnection(2, {"connection_2", "secondary", "massive"});
  host_.control().Assign("connection_1", {"MSFT", "AAPL"});
  host_.control().Assign("connection_2", {"TSLA"});
  host_.SetEngine({.version = "1.2.3",
                   .started_ns = 1'705'000'000'000'000'000,
                   .plugins = {{"sink", "dashboard", "1.0.0", "Shows", "/lib/sink_dashboard.so"}}});

  ConnectionHealth primary = Connection("connection_1", "primary");
  primary.status = ConnectionStatus::Connected;
  primary.assigned_tickers = 2;
  primary.message_count = 750;
  health_.connections = {primary, Connection("connection_2", "secondary")};
  SinkHealth sink;
  sink.name = "redis";
  health_.sinks = {sink};
  host_.SetHealth(health_);
}

DashboardTest::~DashboardTest() {
  Stop();
  EXPECT_THAT(host_.log().UnexpectedLines(), ::testing::IsEmpty());
}

void DashboardTest::Start(OptionTexts more) {
  Options options = testing::MakeOptions(
      kOptions,
      {{"listen", "127.0.0.1:0"}, {"users_file", (folder_.path() / "users.json").string()}});
  static_cast<void>(testing::MakeOptions(kOptions, more));  // throws for a name that is no option
  for (const auto& [name, text] : more) {
    for (const OptionSpec& spec : kOptions) {
      if (name == spec.name) options.Set(std::string{name}, testing::ParseOption(spec.type, text));
    }
  }
  sink_ = std::make_unique<DashboardSink>(host_, options);
  sink_->Start();
}

void DashboardTest::Stop() {
  if (!sink_) return;
  sink_->Stop();
  sink_.reset();
}

HttpAnswer DashboardTest::LogInAnswer(const std::string& user, const std::string& password,
                                      const std::vector<std::string>& headers) {
  std::vector<std::string> all = headers;
  all.push_back("Content-Type: application/json");
  return HttpClient{sink_->port()}.Ask("POST", "/api/login", all,
                                       Json{{"user", user}, {"password", password}}.dump());
}

DashboardTest::Session DashboardTest::LogIn(const std::string& user) {
  const HttpAnswer answer = LogInAnswer(user, kPassword);
  EXPECT_EQ(answer.status, 200) << answer.body;
  const std::string cookie = answer.Header("set-cookie");
  return {.headers = {"Cookie: " + cookie.substr(0, cookie.find(';'))},
          .csrf_token = Json::parse(answer.body).at("csrf_token")};
}

DashboardTest::Session DashboardTest::WithToken(accounts::Role role) {
  const std::string name = "token-" + std::string{accounts::Name(role)};
  return {.headers = {"Authorization: Bearer " + users_.AddToken(name, role)}, .csrf_token = ""};
}

HttpAnswer DashboardTest::Get(const std::string& target, const Session& session) {
  return HttpClient{sink_->port()}.Ask("GET", target, session.headers);
}

Json DashboardTest::GetJson(const std::string& target, const Session& session) {
  const HttpAnswer answer = Get(target, session);
  EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
  return Json::parse(answer.body);
}

HttpAnswer DashboardTest::Post(const std::string& target, const Session& session,
                               const Json& body) {
  auto headers = session.WithCsrf();
  if (body.is_null()) return HttpClient{sink_->port()}.Ask("POST", target, headers);
  headers.push_back("Content-Type: application/json");
  return HttpClient{sink_->port()}.Ask("POST", target, headers, body.dump());
}

std::vector<Json> DashboardTest::AuditEntries() const {
  std::vector<Json> entries;
  std::istringstream lines{folder_.Read("audit.log")};
  for (std::string line; std::getline(lines, line);) entries.push_back(Json::parse(line));
  return entries;
}

Json NextMessage(testing::WebSocketPeer& peer) {
  while (true) {
    const auto frame = peer.Read();
    if (frame.opcode == testing::WebSocketPeer::kText) return Json::parse(frame.payload);
    if (frame.opcode == testing::WebSocketPeer::kClose) {
      throw testing::NoAnswer("closed with " + std::to_string(frame.close_code()));
    }
  }
}

Json NextEvent(testing::WebSocketPeer& peer, const std::string& event) {
  while (true) {
    const Json message = NextMessage(peer);
    if (message.at("event") == event) return message.at("data");
  }
}

Tick MakeTick(testing::FakeHost& host, const std::string& symbol, Kind kind, double price,
              ConnectionIndex connection) {
  Tick tick;
  tick.symbol = host.symbols().Intern(symbol);
  tick.kind = kind;
  tick.price = price;
  tick.connection = connection;
  tick.ts_event_ns = host.clock().UtcNs();
  tick.ts_recv_ns = host.clock().UtcNs();
  return tick;
}

}  // namespace feedmux::dashboard
