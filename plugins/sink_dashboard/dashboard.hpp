#pragma once

#include <cstdint>  // int64_t
#include <memory>   // shared_ptr
#include <string>   // string
#include <vector>   // vector

#include "sink_dashboard/request_parts.hpp"
#include "sink_dashboard/routes.hpp"
#include "sink_dashboard/services.hpp"
#include "webserver/server.hpp"

namespace feedmux::dashboard {

/// Lets requests through to their routes, or refuses them. Thread: the server's.
class Dashboard final : public webserver::Handler {
 public:
  /// All of them outlive it; the server listens already.
  Dashboard(Host& host, const Settings& settings, TickBoard& board, webserver::Server& server)
      : services_(host, settings, board, server) {}

  Services& services() { return services_; }

  /// Judges the engine from now on, asked or not, so that it is known since when something is
  /// wrong.
  void KeepWatch();

  void OnRequest(const webserver::Request& request, const webserver::Reply& reply) override;
  std::shared_ptr<webserver::Listener> OnUpgrade(const webserver::Request& request,
                                                 webserver::Response& refusal) override;
  void OnError(const std::string& what) override;

 private:
  void Dispatch(const webserver::Request& request, const webserver::Reply& reply);
  void Answer(const Route& route, std::vector<std::string> captured, const Target& target,
              const webserver::Request& request, const webserver::Reply& reply);
  void CheckHost(const webserver::Request& request) const;
  void CheckOrigin(const webserver::Request& request) const;

  /// Calls it and turns what it throws into an answer.
  template <typename Work>
  void Guarded(Work work, const webserver::Reply& reply);

  void RenewTls();
  void SaveSessionsLater();

  Services services_;
  bool is_saving_later_ = false;
};

/// What every answer carries.
webserver::Headers SecurityHeaders(bool is_secure);

}  // namespace feedmux::dashboard
