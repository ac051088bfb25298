#include "status_json/rebalance_json.hpp"

#include <nlohmann/json.hpp>

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

nlohmann::ordered_json RebalanceJson(const std::vector<RebalancePlan>& plans) {
  Json json = Json::array();
  for (const RebalancePlan& plan : plans) {
    Json moves = Json::array();
    for (const PlannedMove& move : plan.moves) {
      moves.push_back({{"symbol", move.symbol},
                       {"from", move.from},
                       {"to", move.to},
                       {"ticks_per_second", move.ticks_per_second}});
    }
    Json loads = Json::array();
    for (const RebalancePlan::Load& load : plan.loads) {
      loads.push_back(
          {{"connection_id", load.connection_id}, {"before", load.before}, {"after", load.after}});
    }
    json.push_back({{"source", plan.source},
                    {"measured", plan.measured},
                    {"moves", std::move(moves)},
                    {"loads", std::move(loads)}});
  }
  return json;
}

}  // namespace feedmux
