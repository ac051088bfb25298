#include "universe_lists.hpp"

#include <utility>  // move

namespace feedmux::universe_file {

bool UniverseLists::Open(std::string_view key) {
  if (!index_.try_emplace(std::string{key}, universes_.size()).second) return false;
  universes_.push_back({std::string{key}, {}, {}});
  listed_.emplace_back();
  return true;
}

void UniverseLists::Add(std::string_view key, std::string symbol) {
  Open(key);
  const std::size_t place = index_.at(std::string{key});
  Universe& universe = universes_[place];
  const bool is_new = listed_[place].insert(symbol).second;
  (is_new ? universe.symbols : universe.duplicates).push_back(std::move(symbol));
}

const std::vector<std::string>* UniverseLists::Find(std::string_view key) const {
  const auto found = index_.find(std::string{key});
  return found == index_.end() ? nullptr : &universes_[found->second].symbols;
}

std::vector<std::string> UniverseLists::Keys() const {
  std::vector<std::string> keys;
  keys.reserve(universes_.size());
  for (const Universe& universe : universes_) keys.push_back(universe.key);
  return keys;
}

}  // namespace feedmux::universe_file
