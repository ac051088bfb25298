#include "universe_redis/key_template.hpp"

#include "feedmux/errors.hpp"
#include "universe/check_text.hpp"

namespace feedmux::universe_redis {
namespace {

constexpr std::string_view kPlaceholder = "{key}";

std::string WithoutWildcards(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view{"*?[]^\\"}.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

KeyTemplate::KeyTemplate(std::string_view text) {
  const auto at = text.find(kPlaceholder);
  if (at == std::string_view::npos || text.find(kPlaceholder, at + 1) != std::string_view::npos) {
    throw OptionError("key",
                      "a Redis key with {key} in it once, such as \"universe:{key}\", found " +
                          universe::Quoted(text));
  }
  before_ = text.substr(0, at);
  after_ = text.substr(at + kPlaceholder.size());
}

std::string KeyTemplate::RedisKey(std::string_view universe_key) const {
  return before_ + std::string{universe_key} + after_;
}

std::optional<std::string> KeyTemplate::UniverseKey(std::string_view redis_key) const {
  const bool fits = redis_key.size() >= before_.size() + after_.size() &&
                    redis_key.starts_with(before_) && redis_key.ends_with(after_);
  if (!fits) return std::nullopt;
  redis_key.remove_prefix(before_.size());
  redis_key.remove_suffix(after_.size());
  return std::string{redis_key};
}

std::string KeyTemplate::Pattern() const {
  return WithoutWildcards(before_) + '*' + WithoutWildcards(after_);
}

}  // namespace feedmux::universe_redis
