#include "webserver/request_of.hpp"

#include <algorithm>  // find, find_if
#include <array>      // array
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>
#include <ctime>  // gmtime_r, strftime

#include "websocket/protocol.hpp"

namespace feedmux::webserver {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

// Of these a client may send one at most; two could be read differently by two readers.
constexpr std::array kOnceOnly = {
    "host",         "origin",         "authorization",     "x-csrf-token",
    "content-type", "content-length", "sec-websocket-key", "sec-websocket-version"};

std::string InLowerCase(beast::string_view text) {
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

bool HasToken(beast::string_view list, beast::string_view token) {
  return http::token_list{list}.exists(token);
}

std::string JsonQuoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c >= ' ' && c < 0x7f ? c : '?';
  }
  return quoted + '"';
}

}  // namespace

std::string ReadRequest(const RequestHead& head, Request& request) {
  const auto text = [](beast::string_view view) { return std::string(view.data(), view.size()); };
  request.method = head.method() == http::verb::head ? "GET" : text(head.method_string());
  request.target = text(head.target());
  if (request.target.empty() || request.target.front() != '/') {
    return "the request's target must be a path that begins with /";
  }
  for (const auto& field : head) {
    const std::string name = InLowerCase(field.name_string());
    const auto known = std::find_if(request.headers.begin(), request.headers.end(),
                                    [&](const auto& header) { return header.first == name; });
    if (known == request.headers.end()) {
      request.headers.emplace_back(name, text(field.value()));
      continue;
    }
    if (std::find(kOnceOnly.begin(), kOnceOnly.end(), name) != kOnceOnly.end()) {
      return "the header " + name + " came twice";
    }
    known->second += (name == "cookie" ? "; " : ", ") + text(field.value());
  }
  if (request.Header("host").empty()) return "the header Host is missing";
  return {};
}

bool IsUpgrade(const RequestHead& head) {
  return HasToken(head[http::field::connection], "upgrade") &&
         HasToken(head[http::field::upgrade], "websocket");
}

Handshake CheckHandshake(const RequestHead& head) {
  constexpr std::size_t kKeySize = 24;  // 16 bytes in base64
  Handshake handshake;
  if (head.method() != http::verb::get || head.version() != 11) {
    handshake.problem = "a WebSocket is opened with GET and HTTP/1.1";
    return handshake;
  }
  if (head[http::field::sec_websocket_version] != "13") {
    handshake.problem = "this server speaks WebSocket version 13";
    handshake.status = 426;
    handshake.headers = {{"sec-websocket-version", "13"}};
    return handshake;
  }
  const auto key = head[http::field::sec_websocket_key];
  if (key.size() != kKeySize) {
    handshake.problem = "Sec-WebSocket-Key must be 16 bytes in base64";
    return handshake;
  }
  websocket::ProtocolConfig::rng_type random;
  const websocket::Protocol protocol{false, true, std::make_shared<websocket::MessagePool>(),
                                     random};
  websocket::ProtocolConfig::request_type request;
  websocket::ProtocolConfig::response_type response;
  request.replace_header("Sec-WebSocket-Key", std::string(key.data(), key.size()));
  if (const auto error = protocol.process_handshake(request, "", response)) {
    handshake.problem = error.message();
    return handshake;
  }
  handshake.accept = response.get_header("Sec-WebSocket-Accept");
  return handshake;
}

Response ErrorResponse(int status, const std::string& why) {
  Response response;
  response.status = status;
  response.headers = {{"content-type", "application/json"}, {"cache-control", "no-store"}};
  response.body = "{\"error\":" + JsonQuoted(why) + "}";
  return response;
}

const char* ReasonPhrase(int status) {
  if (status == 431) return "Request Header Fields Too Large";
  return http::obsolete_reason(static_cast<http::status>(status)).data();
}

std::string DateText() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  // The names of days and months are those of the C locale, which is not changed here.
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

}  // namespace feedmux::webserver
