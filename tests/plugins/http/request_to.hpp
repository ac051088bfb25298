#pragma once

#include <chrono>       // seconds, milliseconds, steady_clock
#include <stdexcept>    // invalid_argument
#include <string>       // string
#include <string_view>  // string_view

#include "http/get.hpp"

namespace feedmux::http {

/// A request to a URL, with plenty of time.
inline Request RequestTo(std::string_view url,
                         std::chrono::milliseconds timeout = std::chrono::seconds{30}) {
  Request request;
  std::string expected;
  if (!net::ParseUrl(url, {"http", "https", "https://a"}, request.url, expected)) {
    throw std::invalid_argument(expected);
  }
  request.deadline = std::chrono::steady_clock::now() + timeout;
  return request;
}

/// The text of the error that the request ends with; empty if there is an answer.
inline std::string ErrorOf(const Request& request) {
  try {
    Get(request);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace feedmux::http
