#include "sink_dashboard/request_parts.hpp"

#include <algorithm>  // min

#include <nlohmann/json.hpp>

#include "sink_dashboard/text.hpp"

namespace feedmux::dashboard {
namespace {

std::optional<int> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

bool IsUtf8(const std::string& text) {
  const nlohmann::json json = text;
  try {
    static_cast<void>(json.dump());
    return true;
  } catch (const nlohmann::json::type_error&) {
    return false;
  }
}

std::optional<std::string> Unescape(std::string_view text, bool plus_is_space) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto high = HexDigit(text[i + 1]), low = HexDigit(text[i + 2]);
      if (!high || !low) return std::nullopt;
      c = static_cast<char>(*high * 16 + *low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 0x7f) return std::nullopt;
    plain += c;
  }
  if (!IsUtf8(plain)) return std::nullopt;
  return plain;
}

/// Calls `use` with each part, empty ones included, until it returns false.
template <typename Use>
bool ForEachPart(std::string_view text, char separator, Use use) {
  while (true) {
    const auto end = std::min(text.find(separator), text.size());
    if (!use(text.substr(0, end))) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<Target> ParseTarget(std::string_view text) {
  if (!text.starts_with('/')) return std::nullopt;
  Target target;
  const auto question = text.find('?');
  const std::string_view path = text.substr(1, std::min(question, text.size()) - 1);
  if (!path.empty()) {
    const bool is_good = ForEachPart(path, '/', [&](std::string_view part) {
      auto segment = Unescape(part, false);
      if (segment) target.segments.push_back(std::move(*segment));
      return segment.has_value();
    });
    if (!is_good) return std::nullopt;
  }
  if (question == std::string_view::npos) return target;
  const bool is_good = ForEachPart(text.substr(question + 1), '&', [&](std::string_view part) {
    if (part.empty()) return true;
    const auto equals = std::min(part.find('='), part.size());
    auto name = Unescape(part.substr(0, equals), true);
    auto value = Unescape(part.substr(std::min(equals + 1, part.size())), true);
    if (!name || !value) return false;
    target.query.try_emplace(std::move(*name), std::move(*value));
    return true;
  });
  if (!is_good) return std::nullopt;
  return target;
}

std::string_view CookieValue(std::string_view header, std::string_view name) {
  std::string_view found;
  ForEachPart(header, ';', [&](std::string_view part) {
    part = Trimmed(part);
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || part.substr(0, equals) != name) return true;
    found = part.substr(equals + 1);
    return false;
  });
  return found;
}

std::string_view BearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (InLowerCase(authorization.substr(0, kScheme.size())) != kScheme) return {};
  return Trimmed(authorization.substr(kScheme.size()));
}

std::string HostName(std::string_view host_header) {
  const auto bracket = host_header.rfind(']');
  const auto colon = host_header.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  return InLowerCase(has_port ? host_header.substr(0, colon) : host_header);
}

bool IsSameOrigin(std::string_view origin, std::string_view host_header, bool is_secure) {
  const std::string lower = InLowerCase(origin);
  std::string_view authority = lower;
  if (authority.starts_with("https://")) {
    authority.remove_prefix(8);
  } else if (!is_secure && authority.starts_with("http://")) {
    authority.remove_prefix(7);
  } else {
    return false;
  }
  return !authority.empty() && authority == InLowerCase(host_header);
}

}  // namespace feedmux::dashboard
