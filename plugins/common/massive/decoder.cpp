#include "massive/decoder.hpp"

#include <simdjson.h>  // ondemand

namespace feedmux::massive {

class Decoder::Impl {};

Decoder::Decoder(Symbols&, Market) {}
Decoder::~Decoder() = default;

void Decoder::Decode(Batch&, const StatusHandler&) {}

}  // namespace feedmux::massive
