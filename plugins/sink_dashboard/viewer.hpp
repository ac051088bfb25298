#pragma once

#include <chrono>       // steady_clock
#include <cstdint>      // fixed-width integers
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "sink_dashboard/identity.hpp"
#include "sink_dashboard/live_ticks.hpp"
#include "sink_dashboard/view.hpp"
#include "webserver/server.hpp"

namespace feedmux::dashboard {

class Live;

/// When a viewer who does not read as fast as he is sent to is spared, and when he is dropped.
struct ViewerLimits {
  std::size_t spare_above_bytes = std::size_t{64} << 10;
  std::size_t drop_above_bytes = std::size_t{1} << 20;
  std::chrono::milliseconds drop_after{5'000};  ///< of being spared all the time
  std::size_t ticks_per_connection = 20;        ///< of one message
  int mistakes = 20;                            ///< bad messages until the socket is closed
};

/// One open page. Thread: the server's.
class Viewer final : public webserver::Listener {
 public:
  Viewer(Live& live, Caller caller, const ViewerLimits& limits)
      : live_(live), caller_(std::move(caller)), limits_(limits) {}

  void OnOpen(webserver::Socket& socket) override;
  void OnMessage(const std::string& text) override;
  void OnClosed() override;

  const Caller& caller() const { return caller_; }

  /// True if he reads too slowly to be sent more than what is important; he may be dropped.
  bool IsSlow();

  void Send(std::string_view event, std::string_view data);

  /// Adds what came to what he has not seen yet.
  void Take(const LiveTicks& ticks, const std::vector<LiveTicks::Increase>& increases);

  /// Sends the newest of what he has not seen.
  void ShowTicks(LiveTicks& ticks);

  std::uint64_t seen() const { return seen_; }
  std::uint64_t shown() const { return shown_; }

  void End(const Ending& ending);

 private:
  enum class Match : std::uint8_t { Unknown, Yes, No };

  /// What he has not seen yet of a stream.
  struct Stream {
    std::uint64_t unseen = 0;  // ticks
    std::int64_t newest_ns = 0;
    LiveTicks::Index newest = BoardCell::kNone;
    ConnectionIndex connection = 0;
    bool is_pending = false;
  };

  void SetView(View view);
  void Complain(const std::string& what);
  void Close(int code, const std::string& reason, webserver::Socket::Waiting waiting);
  std::vector<LiveTicks::StreamIndex> ChooseNewest() const;

  Live& live_;
  const Caller caller_;
  const ViewerLimits limits_;
  webserver::Socket* socket_ = nullptr;
  bool is_ending_ = true;  // or not open yet, or not any more
  int mistakes_ = 0;
  std::chrono::steady_clock::time_point slow_since_{};
  bool is_slow_ = false;

  View view_;
  std::vector<Match> matches_;   // by cell
  std::vector<Stream> streams_;  // by stream
  std::vector<LiveTicks::StreamIndex> pending_;
  std::uint64_t seen_ = 0;          // ticks that matched, since it is open
  std::uint64_t seen_unshown_ = 0;  // since the last message
  std::uint64_t shown_ = 0;
};

}  // namespace feedmux::dashboard
