#include "app/engine_control.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>  // min

#include "config/symbol_text.hpp"
#include "core/counted.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kTickersInALine = 20;

std::string Listed(const std::vector<std::string>& tickers) {
  const auto shown = std::min(tickers.size(), kTickersInALine);
  std::string text = fmt::format("{}", fmt::join(tickers.begin(), tickers.begin() + shown, ","));
  if (tickers.size() > shown) text += fmt::format(" and {} more", tickers.size() - shown);
  return text;
}

/// Throws ControlError for what can be no ticker.
void CheckTickers(const std::vector<std::string>& tickers) {
  if (tickers.empty()) throw ControlError("expected one ticker at least, found none");
  for (const std::string& ticker : tickers) {
    if (!IsSymbol(ticker)) {
      throw ControlError(
          fmt::format("expected a ticker, without spaces and commas, found \"{}\"", ticker));
    }
  }
}

}  // namespace

void EngineControl::LogChange(std::string_view who, const std::string& what) {
  log_.Info(fmt::format("{}: {}", who, what));
}

std::optional<std::string> EngineControl::TickerAssignment(std::string_view ticker) const {
  return supervisor_.Look([&](const auto& manager) { return manager.TickerAssignment(ticker); });
}

std::vector<std::string> EngineControl::ConnectionTickers(std::string_view connection) const {
  return supervisor_.Look(
      [&](const auto& manager) { return manager.ConnectionTickers(connection); });
}

SubscribeResult EngineControl::Subscribe(std::string_view who,
                                         const std::vector<std::string>& tickers,
                                         std::string_view source) {
  CheckTickers(tickers);
  const SubscribeResult result =
      supervisor_.Ask([&](auto& manager) { return manager.Subscribe(tickers, source); });
  LogChange(who,
            fmt::format("subscribe {}: {} new, {} already there, {} without room", Listed(tickers),
                        result.added.size(), result.already.size(), result.no_room.size()));
  return result;
}

UnsubscribeResult EngineControl::Unsubscribe(std::string_view who,
                                             const std::vector<std::string>& tickers,
                                             std::string_view source) {
  CheckTickers(tickers);
  const UnsubscribeResult result =
      supervisor_.Ask([&](auto& manager) { return manager.Unsubscribe(tickers, source); });
  LogChange(who, fmt::format("unsubscribe {}: {} removed, {} not found", Listed(tickers),
                             result.removed.size(), result.not_found.size()));
  return result;
}

void EngineControl::Reconnect(std::string_view who, std::string_view connection) {
  supervisor_.Ask([&](auto& manager) { manager.Reconnect(connection); });
  LogChange(who, fmt::format("reconnect {}", connection));
}

void EngineControl::Pause(std::string_view who, std::string_view connection) {
  supervisor_.Ask([&](auto& manager) { manager.Pause(connection); });
  LogChange(who, fmt::format("pause {}", connection));
}

void EngineControl::Resume(std::string_view who, std::string_view connection) {
  supervisor_.Ask([&](auto& manager) { manager.Resume(connection); });
  LogChange(who, fmt::format("resume {}", connection));
}

std::vector<RebalancePlan> EngineControl::PlanRebalance() const {
  return supervisor_.Look([](const auto& manager) { return manager.PlanRebalance(); });
}

std::vector<RebalancePlan> EngineControl::Rebalance(std::string_view who) {
  std::vector<RebalancePlan> plans =
      supervisor_.Ask([](auto& manager) { return manager.Rebalance(); });
  std::size_t moves = 0;
  for (const RebalancePlan& plan : plans) moves += plan.moves.size();
  LogChange(who, "rebalance: " + Counted(moves, "move"));
  return plans;
}

std::vector<UniverseHealth> EngineControl::RefreshUniverses(std::string_view who) {
  LogChange(who, "refresh universes");
  return universes_.Refresh();
}

std::string EngineControl::LogLevelName() const { return std::string{Name(CurrentLogLevel())}; }

void EngineControl::SetLogLevel(std::string_view who, std::string_view level) {
  const LogLevel wanted = LogLevelFromName(level);
  if (Name(wanted) != level) {
    throw ControlError(fmt::format("expected debug, info, warning or error, found \"{}\"", level));
  }
  feedmux::SetLogLevel(wanted);
  LogChange(who, fmt::format("log level {}", level));
}

}  // namespace feedmux
