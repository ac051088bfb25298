#pragma once

#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <deque>        // deque
#include <functional>   // function
#include <mutex>        // mutex
#include <optional>     // optional
#include <set>          // set
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // pair
#include <vector>       // vector

#include "peer_socket.hpp"

namespace feedmux::testing {

class ScriptedMassiveServer;

/// What one client has said so far. A copy: safe to look at while the session goes on.
struct SessionLog {
  std::string request;  ///< the HTTP request, header lines included
  std::string path;
  std::optional<std::string> api_key;
  std::vector<std::string> messages;    ///< all text and binary messages, auth included
  std::set<std::string> subscriptions;  ///< at this moment: "T.AAPL"
  std::size_t pings = 0;
  std::size_t pongs = 0;
  std::optional<int> close_code;  ///< of the client's close frame; 1005: none in it
  bool upgraded = false;
  bool authenticated = false;
  bool ended = false;
  std::string end;  ///< why it ended

  /// True if the topic or its channel's wildcard is subscribed.
  bool Subscribes(std::string_view topic) const;
};

/// One frame as it goes over the wire, right or wrong.
struct RawFrame {
  static constexpr std::uint8_t kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9,
                                kPong = 10;
  std::uint8_t opcode = kText;
  bool fin = true;
  std::uint8_t rsv = 0;  ///< three bits
  bool masked = false;   ///< wrong for a server
  std::string payload = {};
  std::optional<std::uint64_t> claimed_size = {};  ///< in place of payload.size()

  std::string Bytes() const;
};

/// One text frame of bytes, ready to be sent, repeated or cut up.
std::string TextFrame(std::string_view payload);

/// One client of a ScriptedMassiveServer, in the hands of a script: each method is a step, and
/// blocks until it is done. A step throws PeerGone when the client has left, which simply ends the
/// script, and ServerStopped at the end of the test; anything else that leaves a script fails the
/// test.
///
///     server.Next([](MassiveSession& client) {
///       client.Welcome();
///       client.Send(R"([{"ev":"T","sym":"AAPL","p":1,"s":1}])");
///       client.Reset();
///     });
///
/// Thread: the session's own, except where marked.
class MassiveSession {
 public:
  // What the vendor does.

  /// TLS handshake if there is TLS, HTTP request, 101.
  void Upgrade();

  /// The `connected` status.
  void Greet();

  /// Reads the auth message and answers it: true if the key is the server's.
  bool Authenticate();

  /// Upgrade, Greet, Authenticate; ends the script if the key is wrong.
  void Welcome();

  enum class Ack { Confirm, Refuse, Ignore };

  /// Decides about a topic ("T.AAPL").
  using AckPolicy = std::function<Ack(const std::string& topic)>;

  /// Serves the client until it leaves: acknowledges what `policy` says (all of it if there is
  /// none), answers pings and close, sends what the test feeds. Like the vendor it does not answer
  /// a topic that is subscribed already.
  void Serve(AckPolicy policy = {});

  /// The vendor's notice of eviction, and close 1008.
  void Evict();

  // Sending.

  void Send(std::string_view text);
  void SendBinary(std::string_view bytes);
  void SendStatus(std::string_view status, std::string_view message);

  /// One text message in as many frames as there are parts.
  void SendFragments(const std::vector<std::string>& parts);

  void SendFrame(const RawFrame& frame);
  void Ping(std::string_view payload = {});

  /// Any bytes at all.
  void SendBytes(std::string_view bytes);

  /// The same, `piece` bytes with each write.
  void SendInPieces(std::string_view bytes, std::size_t piece);

  /// `bytes` (prebuilt frames) `times` times, as fast as the client reads, answering its pings.
  void Flood(const std::string& bytes, std::size_t times);

  // Reading.

  /// The next text or binary message. Pings and close are answered on the way, unless see
  /// IgnorePings.
  std::string Read();

  /// Reads until a ping, or a pong, has come. Messages on the way are in the log.
  void ReadPing();
  void ReadPong();

  /// Leaves pings unanswered from here on.
  void IgnorePings() { answers_pings_ = false; }

  // Ending.

  /// An HTTP answer other than 101: (403, "Forbidden").
  void RefuseUpgrade(int status, std::string_view reason, std::string_view headers = {});

  /// A close frame, then waits for the client to answer and leave.
  void Close(int code, std::string_view reason = {});

  /// The end of the stream, without a close frame; waits for the client to leave.
  void HangUp();

  /// A TCP reset.
  void Reset() { socket_.Reset(); }

  /// Reads nothing and answers nothing, until the test ends; actions (see Do) still run.
  void StayDeaf();

  // For the test.

  /// Thread: any. Runs `action` on the session's thread, within Serve or StayDeaf.
  void Do(std::function<void(MassiveSession&)> action);

  /// Thread: any.
  SessionLog Log() const;

 private:
  friend class ScriptedMassiveServer;

  MassiveSession(ScriptedMassiveServer& server, int socket, const TestIdentity* identity);

  std::optional<RawFrame> TakeFrame();
  /// A message, or nothing for a control frame, which is dealt with.
  std::optional<std::string> TakeMessage();
  void ReadUntilMore(std::size_t SessionLog::*count);
  void FillBuffer();
  void OnRequest(const std::string& message, const AckPolicy& policy);
  void RunActions();
  void Drain();
  void Change(const std::function<void(SessionLog&)>& change);

  ScriptedMassiveServer& server_;
  PeerSocket socket_;

  // The session's thread's own.
  std::string buffer_;
  std::string fragments_;
  bool answers_pings_ = true;

  mutable std::mutex mutex_;
  SessionLog log_;
  std::deque<std::function<void(MassiveSession&)>> actions_;
};

}  // namespace feedmux::testing
