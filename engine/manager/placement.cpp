#include "manager/placement.hpp"

#include <cstdint>  // uint64_t
#include <tuple>    // tie

namespace feedmux {
namespace {

/// FNV-1a and a finalizer, so that the choice is the same with every compiler.
std::uint64_t Weight(std::string_view ticker, ConnectionIndex connection) {
  std::uint64_t hash = 14'695'981'039'346'656'037u;
  for (const char c : ticker) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  hash ^= std::uint64_t{connection} * 0x9E37'79B9'7F4A'7C15u;
  hash = (hash ^ hash >> 30) * 0xBF58'476D'1CE4'E5B9u;
  hash = (hash ^ hash >> 27) * 0x94D0'49BB'1331'11EBu;
  return hash ^ hash >> 31;
}

bool HasRoom(const Seat& seat) { return seat.tickers < seat.capacity; }

}  // namespace

Seat* Placement::Choose(std::string_view ticker, bool ready) {
  Seat* best = nullptr;
  std::uint64_t best_weight = 0;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    Seat& seat = routing_ == Routing::RoundRobin ? seats_[(turn_ + i) % seats_.size()] : seats_[i];
    if (seat.ready != ready || !HasRoom(seat)) continue;
    switch (routing_) {
      case Routing::FirstAvailable:
        return &seat;
      case Routing::RoundRobin:
        turn_ += i + 1;
        return &seat;
      case Routing::LeastLoaded:
        if (!best || std::tie(seat.load, seat.tickers) < std::tie(best->load, best->tickers)) {
          best = &seat;
        }
        break;
      case Routing::Hash:
        // Highest weight: where a connection goes, only its own tickers change place.
        if (const std::uint64_t weight = Weight(ticker, seat.connection);
            !best || weight > best_weight) {
          best = &seat;
          best_weight = weight;
        }
        break;
    }
  }
  return best;
}

std::optional<ConnectionIndex> Placement::Place(std::string_view ticker, double load) {
  Seat* seat = Choose(ticker, true);
  if (!seat) seat = Choose(ticker, false);
  if (!seat) return std::nullopt;
  ++seat->tickers;
  seat->load += load;
  return seat->connection;
}

}  // namespace feedmux
