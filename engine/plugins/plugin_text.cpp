#include "plugins/plugin_text.hpp"

#include <fmt/format.h>

#include <functional>    // greater
#include <mutex>         // unique_lock
#include <set>           // set
#include <shared_mutex>  // shared_lock, shared_mutex
#include <utility>       // move, pair

#include "config/shown.hpp"
#include "config/utf8.hpp"
#include "core/visible_text.hpp"

namespace feedmux {
namespace {

constexpr std::string_view kMask = "***";

class Secrets {
 public:
  void Add(std::string value) {
    const std::unique_lock lock{mutex_};
    const std::size_t size = value.size();
    values_.emplace(size, std::move(value));
  }

  void MaskIn(std::string& text) const {
    const std::shared_lock lock{mutex_};
    for (const auto& [size, secret] : values_) {
      for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos;
           at += kMask.size()) {
        text.replace(at, size, kMask);
      }
    }
  }

 private:
  mutable std::shared_mutex mutex_;
  // Guarded by mutex_. The longest first: it may hold another.
  std::set<std::pair<std::size_t, std::string>, std::greater<>> values_;
};

Secrets& TheSecrets() {
  static Secrets secrets;
  return secrets;
}

}  // namespace

std::string PluginText(std::string_view text) {
  std::string shown{text};
  TheSecrets().MaskIn(shown);
  shown = MaskPasswords(shown);
  const std::string_view kept = CutUtf8(shown, kMostPluginText);
  if (kept.size() == shown.size()) return VisibleText(shown);
  return fmt::format("{}... ({} more bytes)", VisibleText(kept), shown.size() - kept.size());
}

void HideFromPluginTexts(std::string value) {
  if (value.size() >= kLeastSecret) TheSecrets().Add(std::move(value));
}

}  // namespace feedmux
