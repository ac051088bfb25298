// Breaks the term of the contract that its option names.
#include <stdexcept>

#include "feedmux/plugin.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "oddity",
     .type = feedmux::OptionType::Choice,
     .required = true,
     .choices = "calendar_unknown|calendar_throws|tape_throws|pace_throws|spelling_throws|"
                "spelling_empty|spelling_blank|run_returns",
     .description = "What it does wrong"}};

class ReturningConnection final : public feedmux::Connection {
 public:
  void Run(feedmux::Publisher& publisher, std::stop_token) override { publisher.Connected(); }
  void Subscribe(const std::vector<std::string>&) override {}
  void Unsubscribe(const std::vector<std::string>&) override {}
};

class OddSource final : public feedmux::Source {
 public:
  OddSource(feedmux::Host&, const feedmux::Options& options) : oddity_(options.String("oddity")) {}
  std::unique_ptr<feedmux::Connection> NewConnection(const feedmux::ConnectionSpec&) override {
    return std::make_unique<ReturningConnection>();
  }
  feedmux::Calendar MarketCalendar() const override {
    ThrowIf("calendar_throws");
    return static_cast<feedmux::Calendar>(oddity_ == "calendar_unknown" ? 99 : 0);
  }
  bool SendsOneTape() const override {
    ThrowIf("tape_throws");
    return true;
  }
  bool IsBusy() const override {
    ThrowIf("pace_throws");
    return false;
  }
  std::string TickSpelling(const std::string& ticker) const override {
    ThrowIf("spelling_throws");
    if (ticker != "EUR-USD") return ticker;
    return oddity_ == "spelling_empty" ? "" : "EUR USD";
  }

 private:
  void ThrowIf(const char* oddity) const {
    if (oddity_ == oddity) throw std::runtime_error("a bug");
  }

  const std::string oddity_;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<OddSource>({"odd", "1.0.0", "Is odd in many ways"},
                                                  kOptions));
