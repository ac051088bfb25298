#pragma once

#include <fstream>  // ofstream

#include "feedmux/plugin.hpp"

namespace lines {

inline constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "path",
     .type = feedmux::OptionType::Path,
     .required = true,
     .description = "File to which one line a tick is appended"},
};

class LinesSink final : public feedmux::Sink {
 public:
  LinesSink(feedmux::Host& host, const feedmux::Options& options)
      : host_(host), path_(options.String("path")) {}

  void Start() override {
    file_.open(path_, std::ios::app);
    if (!file_.is_open()) throw feedmux::SinkUnavailable("cannot open " + path_);
  }

  void OnTicks(std::span<const feedmux::Tick> ticks) override {
    if (!file_.is_open()) Start();
    for (const feedmux::Tick& tick : ticks) {
      file_ << Name(tick.kind) << ' ' << host_.symbols().Text(tick.symbol) << ' ' << tick.price
            << '\n';
    }
    if (file_.flush()) return;
    file_ = {};  // the next call opens it anew
    throw feedmux::SinkUnavailable("cannot write to " + path_);
  }

 private:
  feedmux::Host& host_;
  const std::string path_;
  std::ofstream file_;
};

}  // namespace lines
