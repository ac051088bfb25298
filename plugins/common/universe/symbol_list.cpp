#include "universe/symbol_list.hpp"

#include "universe/check_text.hpp"

namespace feedmux::universe {

std::string SymbolList::Add(const std::string& symbol) {
  std::string problem = SymbolProblem(symbol);
  if (problem.empty() && seen_.insert(symbol).second) symbols_.push_back(symbol);
  return problem;
}

}  // namespace feedmux::universe
