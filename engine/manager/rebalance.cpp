#include "manager/rebalance.hpp"

#include <algorithm>  // minmax_element, stable_sort
#include <map>        // map

namespace feedmux {
namespace {

constexpr double kTolerated = 0.1;  // of the mean
constexpr std::size_t kMostMoves = 1000;

struct Load {
  const RebalanceInput::Connection* connection = nullptr;
  double rate = 0;
  std::size_t tickers = 0;
  std::vector<const RebalanceInput::Ticker*> movable;  // busiest first
};

bool Idler(const Load& left, const Load& right) { return left.rate < right.rate; }

}  // namespace

RebalancePlan MakePlan(const RebalanceInput& input) {
  RebalancePlan plan;
  if (input.connections.size() < 2) return plan;
  std::vector<Load> loads;
  std::map<ConnectionIndex, std::size_t> place;
  for (const RebalanceInput::Connection& connection : input.connections) {
    place[connection.index] = loads.size();
    loads.push_back({&connection, 0, 0, {}});
    plan.loads.push_back({connection.id, 0, 0});
  }
  double total = 0;
  for (const RebalanceInput::Ticker& ticker : input.tickers) {
    const auto found = place.find(ticker.at);
    if (found == place.end()) continue;
    Load& load = loads[found->second];
    load.rate += ticker.rate;
    ++load.tickers;
    total += ticker.rate;
    if (ticker.movable && ticker.rate > 0) load.movable.push_back(&ticker);
  }
  for (Load& load : loads) {
    plan.loads[place[load.connection->index]].before = load.rate;
    std::stable_sort(load.movable.begin(), load.movable.end(),
                     [](const auto* left, const auto* right) { return left->rate > right->rate; });
  }

  const double mean = total / static_cast<double>(loads.size());
  while (plan.moves.size() < kMostMoves) {
    const auto [idlest, busiest] = std::minmax_element(loads.begin(), loads.end(), Idler);
    const double difference = busiest->rate - idlest->rate;
    if (difference <= kTolerated * mean || idlest->tickers >= idlest->connection->capacity) break;
    // The largest rate that does not turn the two around.
    const auto best =
        std::find_if(busiest->movable.begin(), busiest->movable.end(),
                     [difference](const auto* ticker) { return ticker->rate <= difference / 2; });
    if (best == busiest->movable.end()) break;
    const RebalanceInput::Ticker& ticker = **best;
    busiest->movable.erase(best);
    busiest->rate -= ticker.rate;
    --busiest->tickers;
    idlest->rate += ticker.rate;
    ++idlest->tickers;
    plan.moves.push_back(
        {ticker.name, busiest->connection->id, idlest->connection->id, ticker.rate});
  }
  for (const Load& load : loads) plan.loads[place[load.connection->index]].after = load.rate;
  return plan;
}

}  // namespace feedmux
