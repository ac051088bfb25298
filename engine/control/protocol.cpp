#include "control/protocol.hpp"

#include <fmt/format.h>

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

std::string Line(const Json& json) {
  // What a vendor said may be no UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Request ParseRequest(std::string_view line) {
  nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object()) throw BadRequest("expected an object of JSON on one line");
  const auto version = json.find("v");
  if (version == json.end() || *version != kProtocolVersion) {
    throw BadRequest(
        fmt::format("expected \"v\":{}, the version of the protocol that feedmux {} speaks",
                    kProtocolVersion, FEEDMUX_VERSION));
  }
  const auto command = json.find("command");
  if (command == json.end() || !command->is_string()) {
    throw BadRequest("expected \"command\" with the name of one");
  }
  Request request{command->get<std::string>(), nlohmann::json::object()};
  if (const auto arguments = json.find("arguments"); arguments != json.end()) {
    if (!arguments->is_object()) throw BadRequest("expected \"arguments\" to be an object");
    request.arguments = std::move(*arguments);
  }
  return request;
}

std::string RequestLine(std::string_view command, const nlohmann::json& arguments) {
  return Line({{"v", kProtocolVersion}, {"command", command}, {"arguments", arguments}});
}

std::string ResultLine(Json result) {
  Json reply = {{"v", kProtocolVersion}, {"ok", true}};
  reply["result"] = std::move(result);
  return Line(reply);
}

std::string ErrorLine(const char* code, std::string_view error) {
  return Line({{"v", kProtocolVersion}, {"ok", false}, {"code", code}, {"error", error}});
}

}  // namespace feedmux
