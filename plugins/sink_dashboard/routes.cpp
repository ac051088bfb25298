#include "sink_dashboard/routes.hpp"

#include <array>  // array

#include "sink_dashboard/handlers.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::string_view kNoAction;

constexpr std::array kRoutes = {
    Route{"GET", "/", Access::Everybody, kNoAction, RedirectToPage},
    Route{"GET", "/admin", Access::Everybody, kNoAction, ServePage},
    Route{"GET", "/admin/websockets", Access::Everybody, kNoAction, ServePage},
    Route{"GET", "/login", Access::Everybody, kNoAction, ServePage},
    Route{"GET", "/favicon.ico", Access::Everybody, kNoAction, ServeNoIcon},
    Route{"GET", "/assets/*", Access::Everybody, kNoAction, ServeAsset},
    Route{"GET", "/healthz", Access::Everybody, kNoAction, ServeHealthz},
    Route{"GET", "/readyz", Access::Everybody, kNoAction, ServeReadyz},

    Route{"POST", "/api/login", Access::Everybody, kNoAction, LogIn},
    Route{"POST", "/api/logout", Access::LoggedIn, "logout", LogOut},
    Route{"GET", "/api/session", Access::LoggedIn, kNoAction, ServeSession},

    Route{"GET", "/api/openapi.json", Access::Viewer, kNoAction, ServeOpenApi},
    Route{"GET", "/api/admin/websocket-status", Access::Viewer, kNoAction, ServeWebSocketStatus},
    Route{"GET", "/api/admin/health", Access::Viewer, kNoAction, ServeHealth},
    Route{"GET", "/api/admin/ledger", Access::Viewer, kNoAction, ServeLedger},
    Route{"GET", "/api/admin/sinks", Access::Viewer, kNoAction, ServeSinks},
    Route{"GET", "/api/admin/universes", Access::Viewer, kNoAction, ServeUniverses},
    Route{"GET", "/api/admin/gaps", Access::Viewer, kNoAction, ServeGaps},
    Route{"GET", "/api/admin/events", Access::Viewer, kNoAction, ServeEvents},
    Route{"GET", "/api/admin/plugins", Access::Viewer, kNoAction, ServePlugins},
    Route{"GET", "/api/admin/connections/{connection_id}/tickers", Access::Viewer, kNoAction,
          ServeTickers},
    Route{"GET", "/api/admin/symbols/{symbol}", Access::Viewer, kNoAction, ServeSymbol},
    Route{"GET", "/api/admin/rebalance", Access::Viewer, kNoAction, ServeRebalancePlan},
    Route{"GET", "/api/admin/audit", Access::Act, kNoAction, ServeAudit},

    Route{"POST", "/api/admin/subscribe", Access::Act, "subscribe", Subscribe},
    Route{"POST", "/api/admin/unsubscribe", Access::Act, "unsubscribe", Unsubscribe},
    Route{"POST", "/api/admin/connections/{connection_id}/reconnect", Access::Act, "reconnect",
          Reconnect},
    Route{"POST", "/api/admin/connections/{connection_id}/pause", Access::Act, "pause", Pause},
    Route{"POST", "/api/admin/connections/{connection_id}/resume", Access::Act, "resume", Resume},
    Route{"POST", "/api/admin/rebalance", Access::Act, "rebalance", ApplyRebalance},
    Route{"POST", "/api/admin/universes/refresh", Access::Act, "refresh", RefreshUniverses},
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

}  // namespace feedmux::dashboard
