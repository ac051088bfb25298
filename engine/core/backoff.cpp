#include "core/backoff.hpp"

#include <algorithm>  // max, min

namespace feedmux {

std::chrono::milliseconds Backoff::Next() {
  const std::chrono::milliseconds limit = next_;
  next_ = std::min(max_, next_ * 2);
  std::uniform_int_distribution<std::chrono::milliseconds::rep> part{0, limit.count()};
  return std::max(first_ / 10, std::chrono::milliseconds{part(random_)});
}

}  // namespace feedmux
