#include "sink_dashboard/routes.hpp"

#include <array>  // array

#include "sink_dashboard/handlers.hpp"

namespace feedmux::dashboard {
namespace {

constexpr bool kCsrf = true;
constexpr bool kNoCsrf = false;

constexpr std::array kRoutes = {
    Route{"GET", "/", Access::Everybody, kNoCsrf, RedirectToPage},
    Route{"GET", "/admin", Access::Everybody, kNoCsrf, ServePage},
    Route{"GET", "/admin/websockets", Access::Everybody, kNoCsrf, ServePage},
    Route{"GET", "/login", Access::Everybody, kNoCsrf, ServePage},
    Route{"GET", "/assets/*", Access::Everybody, kNoCsrf, ServeAsset},
    Route{"GET", "/healthz", Access::Everybody, kNoCsrf, ServeHealthz},
    Route{"GET", "/readyz", Access::Everybody, kNoCsrf, ServeReadyz},

    Route{"POST", "/api/login", Access::Everybody, kNoCsrf, LogIn},
    Route{"POST", "/api/logout", Access::LoggedIn, kCsrf, LogOut},
    Route{"GET", "/api/session", Access::LoggedIn, kNoCsrf, ServeSession},

    Route{"GET", "/api/openapi.json", Access::Viewer, kNoCsrf, ServeOpenApi},
    Route{"GET", "/api/admin/websocket-status", Access::Viewer, kNoCsrf, ServeWebSocketStatus},
    Route{"GET", "/api/admin/health", Access::Viewer, kNoCsrf, ServeHealth},
    Route{"GET", "/api/admin/ledger", Access::Viewer, kNoCsrf, ServeLedger},
    Route{"GET", "/api/admin/sinks", Access::Viewer, kNoCsrf, ServeSinks},
    Route{"GET", "/api/admin/universes", Access::Viewer, kNoCsrf, ServeUniverses},
    Route{"GET", "/api/admin/gaps", Access::Viewer, kNoCsrf, ServeGaps},
    Route{"GET", "/api/admin/events", Access::Viewer, kNoCsrf, ServeEvents},
    Route{"GET", "/api/admin/plugins", Access::Viewer, kNoCsrf, ServePlugins},
    Route{"GET", "/api/admin/connections/{connection_id}/tickers", Access::Viewer, kNoCsrf,
          ServeTickers},
    Route{"GET", "/api/admin/symbols/{symbol}", Access::Viewer, kNoCsrf, ServeSymbol},
    Route{"GET", "/api/admin/rebalance", Access::Viewer, kNoCsrf, ServeRebalancePlan},
    Route{"GET", "/api/admin/audit", Access::Act, kNoCsrf, ServeAudit},

    Route{"POST", "/api/admin/subscribe", Access::Act, kCsrf, Subscribe},
    Route{"POST", "/api/admin/unsubscribe", Access::Act, kCsrf, Unsubscribe},
    Route{"POST", "/api/admin/connections/{connection_id}/reconnect", Access::Act, kCsrf,
          Reconnect},
    Route{"POST", "/api/admin/connections/{connection_id}/pause", Access::Act, kCsrf, Pause},
    Route{"POST", "/api/admin/connections/{connection_id}/resume", Access::Act, kCsrf, Resume},
    Route{"POST", "/api/admin/rebalance", Access::Act, kCsrf, ApplyRebalance},
    Route{"POST", "/api/admin/universes/refresh", Access::Act, kCsrf, RefreshUniverses},
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

}  // namespace feedmux::dashboard
