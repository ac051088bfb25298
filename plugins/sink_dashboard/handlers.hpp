#pragma once

namespace feedmux::dashboard {

struct Services;
struct Call;

// Each answers one route, now or later. They throw Problem, ControlError and AccountsUnreadable.

// The page, and what needs no log-in: handlers_page.cpp
void RedirectToPage(Services& services, Call& call);
void ServePage(Services& services, Call& call);
void ServeNoIcon(Services& services, Call& call);  ///< the page names its own
void ServeAsset(Services& services, Call& call);
void ServeHealthz(Services& services, Call& call);
void ServeReadyz(Services& services, Call& call);

// handlers_session.cpp
void LogIn(Services& services, Call& call);
void LogOut(Services& services, Call& call);
void ServeSession(Services& services, Call& call);

// What can be seen: handlers_view.cpp
void ServeOpenApi(Services& services, Call& call);
void ServeWebSocketStatus(Services& services, Call& call);
void ServeHealth(Services& services, Call& call);
void ServeLedger(Services& services, Call& call);
void ServeSinks(Services& services, Call& call);
void ServeUniverses(Services& services, Call& call);
void ServeGaps(Services& services, Call& call);
void ServeEvents(Services& services, Call& call);
void ServePlugins(Services& services, Call& call);
void ServeTickers(Services& services, Call& call);
void ServeSymbol(Services& services, Call& call);
void ServeRebalancePlan(Services& services, Call& call);
void ServeAudit(Services& services, Call& call);

// What can be done, each with a line in the audit log: handlers_act.cpp
void Subscribe(Services& services, Call& call);
void Unsubscribe(Services& services, Call& call);
void Reconnect(Services& services, Call& call);
void Pause(Services& services, Call& call);
void Resume(Services& services, Call& call);
void ApplyRebalance(Services& services, Call& call);
void RefreshUniverses(Services& services, Call& call);

}  // namespace feedmux::dashboard
