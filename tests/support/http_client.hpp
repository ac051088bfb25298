#pragma once

#include <chrono>       // seconds
#include <cstdint>      // uint16_t
#include <map>          // multimap
#include <memory>       // unique_ptr
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::testing {

/// The server has hung up, or says nothing for too long.
class NoAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A server's answer.
struct HttpAnswer {
  int status = 0;
  std::multimap<std::string, std::string> headers;  ///< by their names in lower case
  std::string body;

  /// Empty if there is none.
  std::string Header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
  }
};

/// The client's end of a connection to a server on 127.0.0.1, which sends whatever bytes a test
/// wants. Nothing waits longer than kPatience.
class HttpClient {
 public:
  static constexpr std::chrono::seconds kPatience{20};

  /// `ca_file` empty: no TLS. Throws NoAnswer if it cannot connect.
  explicit HttpClient(std::uint16_t port, const std::string& ca_file = {});
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;

  void Send(std::string_view bytes);

  /// The next whole answer.
  HttpAnswer Read(bool is_to_head = false);

  /// "GET /path", with its headers as lines without their ends. Host and Content-Length are added.
  HttpAnswer Ask(const std::string& method, const std::string& target,
                 const std::vector<std::string>& headers = {}, const std::string& body = {});

  /// Exactly so many bytes.
  std::string ReadBytes(std::size_t count);

  /// Waits until the server hangs up, and returns what came before.
  std::string ReadToEnd();

 private:
  struct Tls;

  /// False at the end of the stream.
  bool Receive();

  int socket_ = -1;
  std::uint16_t port_;
  std::unique_ptr<Tls> tls_;
  std::string received_;
};

}  // namespace feedmux::testing
