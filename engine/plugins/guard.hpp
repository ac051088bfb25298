#pragma once

#include <cstddef>    // size_t
#include <exception>  // exception
#include <optional>   // optional
#include <string>     // string

#include "feedmux/errors.hpp"

namespace feedmux {

/// How a call into a plugin went wrong.
struct PluginError {
  std::string what;
  FeedErrorKind kind = FeedErrorKind::Protocol;  ///< of a FeedError
  std::size_t delivered = 0;                     ///< of a SinkUnavailable
  bool expected = false;  ///< one of the contract's own errors, not a fault of the plugin
};

/// The one place where exceptions of plugins end. Nothing if the call returned.
template <typename F>
std::optional<PluginError> CallPlugin(F&& call) {
  try {
    call();
    return std::nullopt;
  } catch (const FeedError& error) {
    return PluginError{error.what(), error.kind(), 0, true};
  } catch (const SinkUnavailable& error) {
    return PluginError{error.what(), FeedErrorKind::Protocol, error.delivered(), true};
  } catch (const std::exception& error) {
    return PluginError{std::string{"the plugin threw an unexpected exception: "} + error.what()};
  } catch (...) {
    return PluginError{"the plugin threw something that is no std::exception"};
  }
}

}  // namespace feedmux
