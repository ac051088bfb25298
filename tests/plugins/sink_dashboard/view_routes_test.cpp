#include <algorithm>  // find_if

#include "dashboard_fixture.hpp"
#include "eventually.hpp"
#include "web/embedded.hpp"

namespace feedmux::dashboard {
namespace {

using ::testing::ElementsAre;

class ViewRoutes : public DashboardTest {
 protected:
  /// A file of the page's assets, under the name that the build gave it.
  static const web::File& Asset(std::string_view ending) {
    const auto files = web::Files();
    const auto found = std::find_if(files.begin(), files.end(), [&](const web::File& file) {
      return file.path.starts_with("assets/") && file.path.ends_with(ending);
    });
    EXPECT_NE(found, files.end());
    return *found;
  }
};

TEST_F(ViewRoutes, ShowTheSeedsStatus) {
  Start();
  const Json status = GetJson("/api/admin/websocket-status", LogIn("viewer"));
  const Json& connection = status.at("connections").at(0);
  EXPECT_EQ(connection.at("id"), 1);
  EXPECT_EQ(connection.at("connection_id"), "connection_1");
  EXPECT_EQ(connection.at("name"), "primary");
  EXPECT_EQ(connection.at("enabled"), true);
  EXPECT_EQ(connection.at("connected"), true);
  EXPECT_EQ(connection.at("status"), "connected");
  EXPECT_EQ(connection.at("config"), (Json{{"ticker_count", 2}, {"tickers", {"AAPL", "MSFT"}}}));
  EXPECT_EQ(connection.at("metrics"),
            (Json{{"messages_per_second", 0.0}, {"last_update", 0.0}, {"error_count", 0}}));
  EXPECT_EQ(status.at("summary").at("total"), 2);
  EXPECT_EQ(status.at("summary").at("connected"), 1);
  EXPECT_EQ(status.at("summary").at("ticks_total"), 750);
  EXPECT_EQ(status.at("summary").at("errors_total"), 0);
  EXPECT_EQ(status.at("engine").at("version"), "1.2.3");
}

TEST_F(ViewRoutes, KnowSinceWhenASinkIsUnavailableThoughNobodyAsked) {
  Start();
  health_.sinks.resize(1);
  health_.sinks[0].name = "redis";
  health_.sinks[0].available = false;
  host_.SetHealth(health_);
  const std::uint64_t reads = host_.health_reads();
  ASSERT_TRUE(Eventually([&] { return host_.health_reads() > reads + 1; }));
  const std::int64_t noticed_ns = host_.clock().UtcNs();
  host_.manual_clock().Advance(std::chrono::hours{1});
  const Json status = GetJson("/api/admin/websocket-status", LogIn("viewer"));
  for (const Json& problem : status.at("summary").at("verdict").at("problems")) {
    if (problem.at("sink") == "redis") {
      EXPECT_EQ(problem.at("since"), static_cast<double>(noticed_ns / 1000) / 1e6);
      return;
    }
  }
  FAIL() << status.dump(2);
}

TEST_F(ViewRoutes, LeaveTickersOutOnRequest) {
  Start();
  const Json status = GetJson("/api/admin/websocket-status?tickers=0", LogIn("viewer"));
  EXPECT_EQ(status.at("connections").at(0).at("config"), (Json{{"ticker_count", 2}}));
}

TEST_F(ViewRoutes, ShowTheTickersOfAConnection) {
  Start();
  const Session viewer = LogIn("viewer");
  EXPECT_EQ(GetJson("/api/admin/connections/connection_1/tickers", viewer),
            Json::parse(R"({"connection_id":"connection_1","count":2,"tickers":["AAPL","MSFT"]})"));
  EXPECT_EQ(Get("/api/admin/connections/primary/tickers", viewer).status, 404);
}

TEST_F(ViewRoutes, FindASymbolAndItsLastTick) {
  Start();
  const Session viewer = LogIn("viewer");
  const Tick older = MakeTick(host_, "AAPL", Kind::Trade, 1.5);
  host_.manual_clock().Advance(std::chrono::seconds{1});
  Tick newer = MakeTick(host_, "AAPL", Kind::Quote, kAbsent);
  newer.quote = {.bid = 2.5, .ask = 2.75, .bid_size = 100, .ask_size = 200};
  sink_->OnTicks(std::vector{newer, older});
  const Json symbol = GetJson("/api/admin/symbols/AAPL", viewer);
  EXPECT_EQ(symbol.at("connection_id"), "connection_1");
  EXPECT_EQ(symbol.at("connection_name"), "primary");
  const Json& tick = symbol.at("last_tick");
  EXPECT_EQ(tick.at("kind"), "quote");
  EXPECT_TRUE(tick.at("price").is_null());
  EXPECT_EQ(tick.at("bid"), 2.5);
  EXPECT_EQ(tick.at("ask_size"), 200);
  EXPECT_EQ(tick.at("count"), 2);
}

TEST_F(ViewRoutes, TellWhenATickOfADelayedFeedArrived) {
  Start();
  Tick tick = MakeTick(host_, "AAPL", Kind::Trade, 1.5);
  tick.ts_event_ns -= 900'000'000'000;
  sink_->OnTicks(std::vector{tick});
  const Json last = GetJson("/api/admin/symbols/AAPL", LogIn("viewer")).at("last_tick");
  EXPECT_NEAR(last.at("received").get<double>() - last.at("time").get<double>(), 900, 1e-3);
}

TEST_F(ViewRoutes, GiveNoEvictionAsTheReasonOfAnotherAttempt) {
  health_.connections[1].status = ConnectionStatus::Error;
  health_.connections[1].evicted = true;
  health_.connections[1].last_error = "refused";
  host_.SetHealth(health_);
  Start();
  const Session viewer = LogIn("viewer");
  const auto reason = [&] {
    return GetJson("/api/admin/websocket-status", viewer).at("connections").at(1).at("reason");
  };
  EXPECT_EQ(reason(), "the vendor's connection limit: refused");
  health_.connections[1].status = ConnectionStatus::Connecting;
  host_.SetHealth(health_);
  EXPECT_EQ(reason(), "refused");
}

TEST_F(ViewRoutes, FindSymbolsWithUnusualNames) {
  Start();
  sink_->OnTicks(std::vector{MakeTick(host_, "C:EUR/USD", Kind::Trade, 1.25)});
  const Json symbol = GetJson("/api/admin/symbols/C%3AEUR%2FUSD", LogIn("viewer"));
  EXPECT_EQ(symbol.at("last_tick").at("price"), 1.25);
}

TEST_F(ViewRoutes, KnowNothingOfASymbolThatNobodyHas) {
  Start();
  EXPECT_EQ(GetJson("/api/admin/symbols/NONE", LogIn("viewer")),
            Json::parse(R"({"symbol":"NONE","connection_id":null,"connection_name":null,
                            "last_tick":null})"));
}

TEST_F(ViewRoutes, ShowEventsAfterANumber) {
  host_.AddToRecentLog({1, 1'000'000'000, LogLevel::Info, "engine", "first"});
  host_.AddToRecentLog({2, 2'000'000'000, LogLevel::Warning, "primary", "second"});
  Start();
  const Session viewer = LogIn("viewer");
  EXPECT_EQ(GetJson("/api/admin/events?after=1", viewer),
            Json::parse(R"({"events":[{"id":2,"time":2.0,"level":"warning","component":"primary",
                            "text":"second"}],"last_id":2})"));
  EXPECT_EQ(GetJson("/api/admin/events", viewer).at("events").size(), 2u);
  EXPECT_EQ(GetJson("/api/admin/events?after=2", viewer),
            Json::parse(R"({"events":[],"last_id":2})"));
  EXPECT_EQ(Get("/api/admin/events?after=-1", viewer).status, 400);
}

TEST_F(ViewRoutes, ShowGapsNewestFirst) {
  const auto symbols = std::make_shared<std::vector<std::string>>(150, "AAPL");
  health_.connections[0].gaps = {{1'000'000'000, 2'000'000'000, "evicted", symbols}};
  health_.connections[1].gaps = {{3'000'000'000, 0, "network", symbols}};
  host_.SetHealth(health_);
  Start();
  const Json gaps = GetJson("/api/admin/gaps", LogIn("viewer")).at("gaps");
  ASSERT_EQ(gaps.size(), 2u);
  EXPECT_EQ(gaps[0].at("connection_name"), "secondary");
  EXPECT_TRUE(gaps[0].at("to").is_null());
  EXPECT_EQ(gaps[1].at("to"), 2.0);
  EXPECT_EQ(gaps[1].at("symbol_count"), 150);
  EXPECT_EQ(gaps[1].at("symbols").size(), 100u);
}

TEST_F(ViewRoutes, ShowTextThatIsNoUtf8AsFarAsItGoes) {
  health_.connections[1].last_error = "bad \xff text";
  host_.SetHealth(health_);
  Start();
  const Json status = GetJson("/api/admin/websocket-status", LogIn("viewer"));
  EXPECT_EQ(status.at("connections").at(1).at("last_error"), "bad \ufffd text");
}

TEST_F(ViewRoutes, ProbesSayWhyNot) {
  Start();
  EXPECT_EQ(Get("/readyz").status, 200);
  health_.connections[0].status = ConnectionStatus::Connecting;
  health_.sinks[0].available = false;
  health_.imbalance = 3;
  host_.SetHealth(health_);
  const auto ready = Get("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(Json::parse(ready.body),
            Json::parse(R"({"ok":false,"reasons":["no connection is connected",
                                                  "1 of 1 sinks are unavailable"]})"));
  EXPECT_EQ(Get("/healthz").status, 503);
}

TEST_F(ViewRoutes, ASinkThatIsStuckIsNotAvailable) {
  Start();
  health_.sinks[0].stuck_since_ns = 1'000'000'000;
  health_.sinks[0].stuck_in = "OnTicks";
  host_.SetHealth(health_);
  EXPECT_EQ(Get("/readyz").status, 503);
  const Json answer = GetJson("/api/admin/sinks", LogIn("viewer"));
  EXPECT_EQ(answer.at("sinks").at(0).at("available"), false);
  EXPECT_EQ(answer.at("sinks").at(0).at("last_error"), "it has not returned from OnTicks");
}

TEST_F(ViewRoutes, AnAssetMayBeKeptForEver) {
  Start();
  const web::File& script = Asset(".js");
  const auto plain = Get('/' + std::string{script.path});
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(plain.body, script.bytes);
  EXPECT_EQ(plain.Header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(plain.Header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(plain.Header("content-encoding"), "");
}

TEST_F(ViewRoutes, AnAssetComesCompressedToWhoCanTakeIt) {
  Start();
  for (const char* const ending : {".js", ".css"}) {
    const web::File& file = Asset(ending);
    const auto answer = testing::HttpClient{sink_->port()}.Ask(
        "GET", '/' + std::string{file.path}, {"Accept-Encoding: gzip, deflate, br"});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.Header("content-encoding"), "gzip");
    EXPECT_EQ(answer.Header("vary"), "accept-encoding");
    EXPECT_EQ(answer.Header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(answer.body, file.gzip_bytes);
    EXPECT_LT(answer.body.size(), file.bytes.size());
  }
}

TEST_F(ViewRoutes, ThePageMayBeKeptOnlyIfItIsTheSame) {
  Start();
  const auto page = Get("/admin/websockets");
  EXPECT_EQ(page.Header("cache-control"), "no-cache");
  const auto again = testing::HttpClient{sink_->port()}.Ask(
      "GET", "/admin/websockets", {"If-None-Match: " + page.Header("etag")});
  EXPECT_EQ(again.status, 304);
}

}  // namespace
}  // namespace feedmux::dashboard
