#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// Longer texts of plugins are cut, in bytes.
inline constexpr std::size_t kMostPluginText = 2000;

/// Shorter ones are not looked for: to mask every "1" would tell more than it hides.
inline constexpr std::size_t kLeastSecret = 4;

/// What a plugin has written, as logs, errors and reports may show it: in one line, cut where it is
/// too long, with "***" for every secret option's value and every password in a URL. Thread: any.
std::string PluginText(std::string_view text);

/// `value` is a secret option's: PluginText hides it from now on, for the life of the process.
/// Thread: any.
void HideFromPluginTexts(std::string value);

}  // namespace feedmux
