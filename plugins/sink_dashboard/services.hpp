#pragma once

#include <cstdint>  // int64_t, uint64_t

#include "feedmux/host.hpp"
#include "sink_dashboard/audit_log.hpp"
#include "sink_dashboard/identity.hpp"
#include "sink_dashboard/live.hpp"
#include "sink_dashboard/login_throttle.hpp"
#include "sink_dashboard/settings.hpp"
#include "sink_dashboard/static_files.hpp"
#include "sink_dashboard/symbol_finder.hpp"
#include "sink_dashboard/tick_board.hpp"
#include "sink_dashboard/users_file_trouble.hpp"
#include "sink_dashboard/verdict.hpp"
#include "sink_dashboard/worker.hpp"
#include "webserver/server.hpp"

namespace feedmux::dashboard {

/// Log-ins that were refused before the password was looked at.
struct ThrottledLogIns {
  std::uint64_t unwritten = 0;  ///< to the audit log
  std::int64_t written_ns = 0;  ///< monotonic; 0: never
};

/// What the routes work with. Thread: the server's.
struct Services {
  /// The server listens already.
  Services(Host& its_host, const Settings& its_settings, TickBoard& its_board,
           webserver::Server& its_server)
      : host(its_host),
        settings(its_settings),
        board(its_board),
        server(its_server),
        identity(its_host, {its_server.port(), its_settings.is_secure()}, its_settings.users_file,
                 its_settings.sessions_file, its_settings.idle_timeout,
                 its_settings.session_lifetime),
        users_file_trouble(its_host),
        audit(its_host, its_settings.audit_log),
        symbols(its_host, its_board),
        live(its_host, its_server, its_board, identity, judge) {}

  Host& host;
  const Settings& settings;
  TickBoard& board;
  webserver::Server& server;
  Identity identity;
  UsersFileTrouble users_file_trouble;
  LoginThrottle throttle;
  ThrottledLogIns throttled;
  AuditLog audit;
  VerdictJudge judge;
  StaticFiles files;
  SymbolFinder symbols;
  Live live;
  // Last, so that they end first: their tasks use the others.
  Worker passwords{16};
  Worker slow_actions{4};
};

}  // namespace feedmux::dashboard
