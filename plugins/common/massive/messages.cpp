#include "massive/messages.hpp"

#include <array>              // array
#include <nlohmann/json.hpp>  // json
#include <utility>            // pair

namespace feedmux::massive {
namespace {

std::string Quoted(std::string_view text) {
  using nlohmann::json;
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string Message(std::string_view action, std::string_view quoted_params) {
  std::string message{R"({"action":")"};
  message.append(action).append(R"(","params":)").append(quoted_params).append("}");
  return message;
}

std::vector<std::string> Messages(std::string_view action, std::span<const std::string> channels,
                                  std::span<const std::string> tickers, std::size_t max_bytes) {
  const std::size_t frame_bytes = Message(action, R"("")").size();
  std::vector<std::string> messages;
  std::string params;
  const auto flush = [&] {
    if (params.empty()) return;
    messages.push_back(Message(action, '"' + params + '"'));
    params.clear();
  };
  for (const std::string& ticker : tickers) {
    for (const std::string& channel : channels) {
      const std::string quoted = Quoted(channel + '.' + ticker);
      const std::string_view param = std::string_view{quoted}.substr(1, quoted.size() - 2);
      if (!params.empty() && frame_bytes + params.size() + 1 + param.size() > max_bytes) flush();
      if (!params.empty()) params += ',';
      params += param;
    }
  }
  flush();
  return messages;
}

constexpr std::array<std::pair<std::string_view, Status>, 10> kStatuses = {{
    {"connected", Status::Connected},
    {"auth_success", Status::AuthSuccess},
    {"auth_failed", Status::AuthFailed},
    {"auth_timeout", Status::AuthTimeout},
    {"auth_required", Status::AuthRequired},
    {"success", Status::Success},
    {"error", Status::Error},
    {"max_connections", Status::MaxConnections},
    {"slow_consumer", Status::SlowConsumer},
    {"force_disconnect", Status::ForceDisconnect},
}};

constexpr std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

}  // namespace

std::string AuthMessage(std::string_view api_key) { return Message("auth", Quoted(api_key)); }

std::vector<std::string> SubscribeMessages(std::span<const std::string> channels,
                                           std::span<const std::string> tickers,
                                           std::size_t max_bytes) {
  return Messages("subscribe", channels, tickers, max_bytes);
}

std::vector<std::string> UnsubscribeMessages(std::span<const std::string> channels,
                                             std::span<const std::string> tickers,
                                             std::size_t max_bytes) {
  return Messages("unsubscribe", channels, tickers, max_bytes);
}

std::string_view Name(Status status) {
  for (const auto& [name, known] : kStatuses) {
    if (known == status) return name;
  }
  return "other";
}

Status Classify(const StatusMessage& message) {
  const std::string_view word = Trim(message.status);
  for (const auto& [name, status] : kStatuses) {
    if (name != word) continue;
    if (status != Status::Success) return status;
    const std::string_view text = Trim(message.message);
    if (text == "authenticated") return Status::AuthSuccess;
    if (text.starts_with("Connected") || text.starts_with("connected")) return Status::Connected;
    return status;
  }
  return Status::Other;
}

std::optional<Ack> ParseAck(const StatusMessage& message) {
  if (Classify(message) != Status::Success) return std::nullopt;
  const std::string_view text = Trim(message.message);
  constexpr std::array<std::pair<std::string_view, bool>, 2> kPrefixes = {{
      {"subscribed to:", true},
      {"unsubscribed to:", false},
  }};
  for (const auto& [prefix, subscribed] : kPrefixes) {
    if (!text.starts_with(prefix)) continue;
    const std::string_view param = Trim(text.substr(prefix.size()));
    if (!param.empty()) return Ack{subscribed, param};
  }
  return std::nullopt;
}

}  // namespace feedmux::massive
