#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>  // initializer_list
#include <memory>            // unique_ptr
#include <nlohmann/json.hpp>
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // pair
#include <vector>       // vector

#include "feedmux/accounts/accounts.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "http_client.hpp"
#include "sink_dashboard/dashboard_sink.hpp"
#include "temp_folder.hpp"
#include "websocket_peer.hpp"

namespace feedmux::dashboard {

using Json = nlohmann::json;

inline constexpr const char* kPassword = "correct horse battery";

/// The dashboard as the engine runs it, on a free port, with a fake host around it. There are the
/// users admin, super, viewer and user, each with the role of that name and kPassword, and two
/// connections, of which connection_1 is connected. An error in the log that the test did not
/// expect fails it.
class DashboardTest : public ::testing::Test {
 protected:
  DashboardTest();
  ~DashboardTest() override;

  using OptionTexts = std::initializer_list<std::pair<std::string_view, std::string>>;

  /// `more` goes on top of a free port and a users file of the test's own.
  void Start(OptionTexts more = {});
  void Stop();

  /// Who asks, as the lines that go into a request's header.
  struct Session {
    std::vector<std::string> headers;  ///< cookie or token
    std::string csrf_token;

    std::vector<std::string> WithCsrf() const {
      auto all = headers;
      all.push_back("X-CSRF-Token: " + csrf_token);
      return all;
    }
  };

  /// Logs in; fails the test if that does not work.
  Session LogIn(const std::string& user);
  Session WithToken(accounts::Role role);

  testing::HttpAnswer LogInAnswer(const std::string& user, const std::string& password,
                                  const std::vector<std::string>& headers = {});

  testing::HttpAnswer Get(const std::string& target, const Session& session = {});
  Json GetJson(const std::string& target, const Session& session);
  testing::HttpAnswer Post(const std::string& target, const Session& session,
                           const Json& body = nullptr);

  std::vector<Json> AuditEntries() const;

  /// Health as the fixture has set it, to be changed and set again.
  Health health_;

  testing::TempFolder folder_;
  accounts::Accounts users_;
  testing::FakeHost host_;
  std::unique_ptr<DashboardSink> sink_;
};

/// {"event":…,"data":…} of the next message; everything but texts is passed over.
Json NextMessage(testing::WebSocketPeer& peer);

/// The data of the next message of this event.
Json NextEvent(testing::WebSocketPeer& peer, const std::string& event);

Tick MakeTick(testing::FakeHost& host, const std::string& symbol, Kind kind, double price,
              ConnectionIndex connection = 1);

}  // namespace feedmux::dashboard
