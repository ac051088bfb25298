#pragma once

#include <cstddef>      // size_t
#include <exception>    // exception
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/errors.hpp"
#include "plugins/plugin_text.hpp"

namespace feedmux {

/// How a call into a plugin went wrong.
struct PluginError {
  std::string what;                              ///< a PluginText
  FeedErrorKind kind = FeedErrorKind::Protocol;  ///< of a FeedError
  std::size_t delivered = 0;                     ///< of a SinkUnavailable
  bool expected = false;  ///< one of the contract's own errors, not a fault of the plugin
};

/// The one place where exceptions of plugins end. `method`: what is called, as an author knows it.
/// Nothing if the call returned.
template <typename F>
std::optional<PluginError> CallPlugin(std::string_view method, F&& call) {
  const auto unexpected = [method](std::string_view what) {
    return PluginError{std::string{method} + " threw an unexpected exception: " + PluginText(what)};
  };
  try {
    call();
    return std::nullopt;
  } catch (const FeedError& error) {
    return PluginError{PluginText(error.what()), error.kind(), 0, true};
  } catch (const SinkUnavailable& error) {
    return PluginError{PluginText(error.what()), FeedErrorKind::Protocol, error.delivered(), true};
  } catch (const std::exception& error) {
    return unexpected(error.what());
  } catch (...) {
    return unexpected("something that is no std::exception");
  }
}

}  // namespace feedmux
