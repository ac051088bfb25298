#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// What goes over the control socket: lines of JSON, a reply for each request, in their order.
///
///     {"v":1,"command":"where","arguments":{"ticker":"AAPL"}}
///     {"v":1,"ok":true,"result":"connection_1"}
///     {"v":1,"ok":false,"code":"refused","error":"there is no connection 'x'"}
///
/// After the reply to `tap` the engine sends {"tick":{...}} and {"dropped":N} until one side
/// closes.
inline constexpr int kProtocolVersion = 1;

/// Why a request failed.
namespace reply_code {
inline constexpr const char* kBadRequest = "bad_request";  ///< not understood
inline constexpr const char* kRefused = "refused";         ///< ControlError
inline constexpr const char* kBusy = "busy";               ///< too many clients, or taps
inline constexpr const char* kFailed = "failed";           ///< the engine could not
}  // namespace reply_code

/// A request that is not understood; the text says what was found and what would be valid.
class BadRequest : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Request {
  std::string command;
  nlohmann::json arguments;  ///< an object
};

/// Throws BadRequest.
Request ParseRequest(std::string_view line);

// A line each, newline included.
std::string RequestLine(std::string_view command, const nlohmann::json& arguments);
std::string ResultLine(nlohmann::ordered_json result);
std::string ErrorLine(const char* code, std::string_view error);

}  // namespace feedmux
