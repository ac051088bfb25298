#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "control/control_services.hpp"
#include "control/protocol.hpp"
#include "feedmux/kind.hpp"

namespace feedmux {

/// True for a command that may take as long as somebody outside the process likes.
bool MayBlock(const Request& request);

/// Does what is asked, for `who`, and gives the reply's result. Throws BadRequest, ControlError, or
/// what the services throw.
nlohmann::ordered_json Execute(const Request& request, std::string_view who,
                               const ControlServices& services);

/// Execute as the line to send: what it throws becomes an error line.
std::string Answer(const Request& request, std::string_view who, const ControlServices& services);

/// The arguments of `tap`, which is no command that one reply answers.
struct TapRequest {
  std::vector<std::string> symbols;  ///< none: all
  KindMask kinds = kAllKinds;
};

bool IsTap(const Request& request);

/// Throws BadRequest.
TapRequest ParseTap(const Request& request);

}  // namespace feedmux
