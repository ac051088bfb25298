#include "sink_dashboard/sessions.hpp"

#include <utility>  // move

#include <nlohmann/json.hpp>

#include "sink_dashboard/crypto.hpp"

namespace feedmux::dashboard {

std::string Sessions::Begin(std::string user, std::uint64_t generation, std::int64_t now_ns) {
  std::erase_if(sessions_, [&](const auto& entry) { return IsOver(entry.second, now_ns); });
  KeepFewerThan(kMostOfAUser, [&](const Session& session) { return session.user == user; });
  KeepFewerThan(kMost, [](const Session&) { return true; });
  std::string cookie = RandomHex();
  sessions_[Sha256Hex(cookie)] = {
      .user = std::move(user), .generation = generation, .begun_ns = now_ns, .used_ns = now_ns};
  return cookie;
}

/// Of those that count, the one that was not used longest ends if there are so many already.
template <typename Counts>
void Sessions::KeepFewerThan(std::size_t most, Counts counts) {
  std::size_t count = 0;
  auto longest = sessions_.end();
  for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
    if (!counts(it->second)) continue;
    ++count;
    const bool is_longest =
        longest == sessions_.end() || it->second.used_ns < longest->second.used_ns;
    if (is_longest) longest = it;
  }
  if (count >= most) sessions_.erase(longest);
}

std::optional<std::string> Sessions::KeyOf(std::string_view cookie, std::int64_t now_ns) {
  if (cookie.empty()) return std::nullopt;
  std::string key = Sha256Hex(cookie);
  if (Find(key, now_ns) == nullptr) return std::nullopt;
  return key;
}

const Session* Sessions::Find(const std::string& key, std::int64_t now_ns) {
  const auto found = sessions_.find(key);
  if (found == sessions_.end()) return nullptr;
  if (IsOver(found->second, now_ns)) {
    sessions_.erase(found);
    return nullptr;
  }
  return &found->second;
}

void Sessions::Touch(const std::string& key, std::int64_t now_ns) {
  if (const auto found = sessions_.find(key); found != sessions_.end()) {
    found->second.used_ns = now_ns;
  }
}

void Sessions::End(const std::string& key) { sessions_.erase(key); }

std::string Sessions::CsrfToken(std::string_view cookie) { return HmacHex(cookie, "csrf"); }

bool Sessions::IsOver(const Session& session, std::int64_t now_ns) const {
  return now_ns >= IdleExpiry(session) || now_ns >= Expiry(session);
}

std::string Sessions::Serialize() const {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [key, session] : sessions_) {
    list.push_back({{"key", key},
                    {"user", session.user},
                    {"generation", session.generation},
                    {"begun_ns", session.begun_ns},
                    {"used_ns", session.used_ns}});
  }
  return nlohmann::json{{"sessions", std::move(list)}}.dump(1);
}

void Sessions::Restore(const std::string& text, std::int64_t now_ns) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("sessions") || !json["sessions"].is_array()) return;
  for (const auto& entry : json["sessions"]) {
    if (sessions_.size() >= kMost) return;
    try {
      const auto key = entry.at("key").get<std::string>();
      const Session session{.user = entry.at("user").get<std::string>(),
                            .generation = entry.at("generation").get<std::uint64_t>(),
                            .begun_ns = entry.at("begun_ns").get<std::int64_t>(),
                            .used_ns = entry.at("used_ns").get<std::int64_t>()};
      const bool is_from_the_future = session.begun_ns > now_ns || session.used_ns > now_ns;
      if (!is_from_the_future && !IsOver(session, now_ns)) sessions_[key] = session;
    } catch (const nlohmann::json::exception&) {
      continue;
    }
  }
}

}  // namespace feedmux::dashboard
