#pragma once

#include <cstddef>      // size_t
#include <memory>       // unique_ptr
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view

#include "test_certificates.hpp"

namespace feedmux::testing {

/// The client hung up, reset, or broke off the TLS handshake.
class PeerGone : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The test is over while a script still waits.
class ServerStopped : public std::runtime_error {
 public:
  ServerStopped() : std::runtime_error("the server was stopped") {}
};

/// The server's end of one TCP connection, TLS or not. Blocks, but never beyond Interrupt().
///
/// Thread: one, except for Wake and Interrupt.
class PeerSocket {
 public:
  /// Takes over the accepted socket. `identity` null: no TLS.
  PeerSocket(int accepted, const TestIdentity* identity);
  ~PeerSocket();

  PeerSocket(const PeerSocket&) = delete;
  PeerSocket& operator=(const PeerSocket&) = delete;

  /// The server's half of the TLS handshake; nothing to do without TLS.
  void Handshake();

  /// At least one byte, as many as wait, at most `most`. Throws PeerGone at the end of the stream.
  std::string Read(std::size_t most = 65536);

  /// Returns once the system has taken all of it.
  void Write(std::string_view bytes);

  /// Waits until there is something to read (true) or Wake was called (false).
  bool WaitForBytes();

  /// Waits until Wake was called.
  void WaitForWake();

  /// True if Read would not block.
  bool HasBytes();

  /// Closes the socket, as the end of a script does.
  void CloseNow();

  /// Ends the stream towards the client, without TLS's or WebSocket's good-bye.
  void HangUp();

  /// Ends the connection with a TCP reset.
  void Reset();

  /// Thread: any. Ends one WaitForBytes.
  void Wake();

  /// Thread: any. Everything that waits, now and later, throws ServerStopped.
  void Interrupt();

 private:
  struct Tls;

  void WaitFor(short events);
  void TakeWake();

  int socket_;
  int wake_;       // eventfd
  int interrupt_;  // eventfd, never read
  std::unique_ptr<Tls> tls_;
};

}  // namespace feedmux::testing
