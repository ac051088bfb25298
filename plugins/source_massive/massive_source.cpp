#include "source_massive/massive_source.hpp"

#include "source_massive/massive_connection.hpp"

namespace feedmux::massive {

MassiveSource::MassiveSource(Host& host, const Options& options)
    : host_(host), options_(ReadSourceOptions(options)) {}

std::unique_ptr<Connection> MassiveSource::NewConnection(const ConnectionSpec& spec) {
  return std::make_unique<MassiveConnection>(host_, options_, spec);
}

}  // namespace feedmux::massive
