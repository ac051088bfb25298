#pragma once

#include <memory>  // unique_ptr
#include <string>  // string
#include <vector>  // vector

#include "feedmux/host.hpp"
#include "feedmux/source.hpp"
#include "settings.hpp"

namespace feedmux::synthetic {

/// A market that nobody trades in: each connection makes its own ticks, as fast as the options say.
/// The ticker "*" stands for DefaultTickers().
class SyntheticSource final : public Source {
 public:
  SyntheticSource(Host& host, const Options& options);

  std::unique_ptr<Connection> NewConnection(const ConnectionSpec& spec) override;
  std::vector<std::string> DefaultTickers() const override;
  bool SendsOneTape() const override { return false; }

 private:
  Host& host_;
  const Settings settings_;
};

}  // namespace feedmux::synthetic
