#include "sink_dashboard/call.hpp"

#include <charconv>  // from_chars

#include "sink_dashboard/bounded_json.hpp"
#include "sink_dashboard/status_json.hpp"
#include "sink_dashboard/text.hpp"

namespace feedmux::dashboard {

webserver::Response JsonResponse(const Json& json, int status) {
  webserver::Response response;
  response.status = status;
  response.headers = {{"content-type", "application/json"}, {"cache-control", "no-store"}};
  response.body = Text(json);
  return response;
}

webserver::Response ProblemResponse(const Problem& problem) {
  webserver::Response response = JsonResponse({{"error", problem.what()}}, problem.status());
  const webserver::Headers& headers = problem.headers();
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  return response;
}

webserver::Response Redirect(const std::string& location) {
  webserver::Response response;
  response.status = 302;
  response.headers = {{"location", location}, {"cache-control", "no-store"}};
  return response;
}

std::uint64_t QueryNumber(const Target& target, const std::string& name, std::uint64_t absent,
                          std::uint64_t most) {
  const auto found = target.query.find(name);
  if (found == target.query.end()) return absent;
  const std::string& text = found->second;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > most) {
    throw Problem(400, name + " is '" + text + "'; it must be a whole number from 0 to " +
                           std::to_string(most));
  }
  return number;
}

std::string BodyText(const Json& body, const char* name, std::size_t most_bytes) {
  const auto found = body.find(name);
  if (found == body.end() || !found->is_string()) {
    throw Problem(400, std::string{"the body must have a text \""} + name + '"');
  }
  auto text = found->get<std::string>();
  if (text.size() > most_bytes) {
    throw Problem(400, std::string{name} + " has " + std::to_string(text.size()) +
                           " bytes; it may have at most " + std::to_string(most_bytes));
  }
  return text;
}

Json ReadBody(const webserver::Request& request) {
  if (request.body.empty()) return Json::object();
  const std::string type = InLowerCase(request.Header("content-type"));
  if (type != "application/json" && !type.starts_with("application/json;")) {
    throw Problem(415, "a body must come with Content-Type: application/json");
  }
  Json json = ParseObject(request.body);
  if (json.is_discarded()) throw Problem(400, "the body must be a JSON object");
  return json;
}

}  // namespace feedmux::dashboard
