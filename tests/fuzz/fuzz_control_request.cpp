// Whatever a client writes on one line of the control socket: the answer is one line of JSON, and
// the engine sees nothing but symbols and names.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "bus/bus.hpp"
#include "control/commands.hpp"
#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_control.hpp"

namespace feedmux {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

std::string AnswerTo(std::string_view line, const ControlServices& services) {
  try {
    const Request request = ParseRequest(line);
    if (!IsTap(request)) return Answer(request, "fuzzer", services);
    ParseTap(request);
    return ResultLine(nullptr);
  } catch (const BadRequest& error) {
    return ErrorLine(reply_code::kBadRequest, error.what());
  }
}

void Check(std::string_view line) {
  testing::FakeControl control;
  control.Assign("connection_1", {"AAPL"});
  Bus bus{1};
  SymbolTable symbols{16};
  const std::vector<ConnectionNames> connections = {{"connection_1", "primary", "massive"}};
  const std::string answer = AnswerTo(
      line, {control, [] { return nlohmann::ordered_json::object(); }, bus, symbols, connections});
  Require(answer.find('\n') == answer.size() - 1);
  const auto json = nlohmann::json::parse(answer, nullptr, false);
  Require(json.is_object() && json["ok"].is_boolean());
  Require(json["ok"] == true || json["error"].is_string());
}

}  // namespace
}  // namespace feedmux

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  feedmux::Check({static_cast<const char*>(static_cast<const void*>(data)), size});
  return 0;
}
