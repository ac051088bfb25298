// Any text as a message of an open page: it is a view or it is refused, and either can be shown.
#include <cstddef>  // size_t
#include <cstdint>  // uint8_t
#include <nlohmann/json.hpp>
#include <stdexcept>  // invalid_argument
#include <string>     // string

#include "sink_dashboard/bounded_json.hpp"
#include "sink_dashboard/view.hpp"

using feedmux::dashboard::ParseObject;
using feedmux::dashboard::ReadView;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  const auto message = ParseObject(text);
  if (message.is_discarded()) return 0;
  const auto copy = message;  // as deep as it may be
  static_cast<void>(copy.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  try {
    ReadView(message.value("data", nlohmann::ordered_json::object()));
  } catch (const std::invalid_argument&) {
    return 0;
  }
  return 0;
}
