#include <atomic>   // atomic
#include <cstdlib>  // malloc, free
#include <new>      // bad_alloc

#include "sink_fixture.hpp"

namespace {

std::atomic<bool> counting = false;
std::atomic<int> allocations = 0;

}  // namespace

// Not inlined, or the compiler takes malloc and delete, new and free for mismatched pairs.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (counting) ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace feedmux::redis {
namespace {

using Allocation = SinkTest;

TEST_F(Allocation, AWarmSinkMakesNone) {
  testing::RedisServer server;
  for (const char* format : {"tickstock", "full"}) {
    for (const char* mode : {"pubsub", "stream"}) {
      const auto sink = MakeSink({{"url", server.url()},
                                  {"format", format},
                                  {"mode", mode},
                                  {"channels", "all,{symbol}.{kind}"},
                                  {"last_value_hash", "last:{symbol}"}});
      sink->Start();
      const auto ticks = Trades(1, 10'000);
      sink->OnTicks(ticks);
      counting = true;
      sink->OnTicks(ticks);
      counting = false;
      EXPECT_EQ(allocations, 0) << format << ", " << mode;
    }
  }
}

}  // namespace
}  // namespace feedmux::redis
