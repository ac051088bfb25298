#include <cstddef>    // size_t
#include <exception>  // exception
#include <span>       // span
#include <string>     // string

#include "contract_test.hpp"
#include "feedmux/errors.hpp"
#include "isolated.hpp"
#include "resources.hpp"
#include "session.hpp"
#include "tick_samples.hpp"

namespace feedmux::contract {

namespace {

constexpr std::size_t kAllVariants = 10'000;

// A sink as the engine drives it; this thread is the sink thread.
class DrivenSink {
 public:
  explicit DrivenSink(Session& session) : session_(session) { session_.host().BeSinkThread(); }

  // False if the sink is unavailable. Other exceptions fail the test.
  bool Start() {
    return IsAvailable("Start", 0, [this] { session_.sink().Start(); });
  }

  bool OnTicks(std::span<const Tick> ticks) {
    ContractHost& host = session_.host();
    host.BeginOnTicks(ticks.size());
    const bool is_available =
        IsAvailable("OnTicks", ticks.size(), [&] { session_.sink().OnTicks(ticks); });
    host.EndOnTicks();
    return is_available;
  }

  // A target that is away may keep it from writing the rest; nothing else is a reason to throw.
  void Stop() {
    try {
      session_.sink().Stop();
    } catch (const SinkUnavailable& error) {
      session_.RequireNoSecret(error.what());
      Require(!is_available_, std::string{"Stop threw, the target being there: "} + error.what());
    } catch (const std::exception& error) {
      Fail(std::string{"Stop threw something else than SinkUnavailable: "} + error.what());
    }
  }

 private:
  template <typename Call>
  bool IsAvailable(const std::string& method, std::size_t offered, const Call& call) {
    try {
      call();
      is_available_ = true;
      return true;
    } catch (const SinkUnavailable& error) {
      Require(*error.what() != 0, method + " threw a SinkUnavailable that says nothing");
      Require(error.delivered() <= offered, method + " delivered " +
                                                std::to_string(error.delivered()) + " of " +
                                                std::to_string(offered) + " ticks");
      session_.RequireNoSecret(error.what());
      is_available_ = false;
      return false;
    } catch (const std::exception& error) {
      Fail(method + " threw something else than SinkUnavailable: " + error.what());
    }
  }

  Session& session_;
  bool is_available_ = false;  // in the last call
};

constexpr const char* kNoTarget = "there is no target at the address given";

void TakesTicks(const Subject& subject, std::size_t count) {
  Session session{subject};
  DrivenSink sink{session};
  if (!sink.Start()) Skip(kNoTarget);
  Require(sink.OnTicks(TickSamples{session.host().symbols(), count}.ticks()),
          "was available in Start, but not in OnTicks");
  sink.Stop();
}

void TakesOneTick(const Subject& subject) { TakesTicks(subject, 1); }
void TakesTicksOfEveryKind(const Subject& subject) { TakesTicks(subject, kAllVariants); }

void LooksAtNoTickAfterOnTicks(const Subject& subject) {
  Session session{subject};
  DrivenSink sink{session};
  if (!sink.Start()) Skip(kNoTarget);
  constexpr std::size_t kCount = 500;
  for (std::size_t i = 0; i < 5; ++i) {
    sink.OnTicks(TickSamples{session.host().symbols(), kCount, 1 + i * kCount}.ticks());
    session.host().FireTimers();
  }
  sink.Stop();
}

void StopsWithoutATick(const Subject& subject) {
  Session session{subject};
  DrivenSink sink{session};
  if (!sink.Start()) Skip(kNoTarget);
  session.host().FireTimers();
  sink.Stop();
}

void LeavesNothingBehindWhenStopped(const Subject& subject) {
  const auto run = [&subject] {
    Session session{subject};
    DrivenSink sink{session};
    if (sink.Start()) {
      sink.OnTicks(TickSamples{session.host().symbols(), 100}.ticks());
    }
    sink.Stop();
  };
  run();  // what the first makes may stay: a process' first thread starts one of ThreadSanitizer's
  const Resources before = CountResources();
  for (int i = 0; i < 10; ++i) run();
  if (CountResources() != before) Fail("files or threads are left after Stop");
}

// The engine calls OnTicks only once Start has succeeded, and Start again until then.
void RequireUnavailable(const Subject& subject, Peer::Manner manner) {
  Session session{subject, manner};
  DrivenSink sink{session};
  for (int i = 0; i < 2; ++i) {
    const TickSamples samples{session.host().symbols(), 100};
    const bool is_available = sink.Start() && sink.OnTicks(samples.ticks());
    Require(!is_available, "took ticks that no target can have received");
  }
  sink.Stop();
}

void IsUnavailableWhenRefused(const Subject& subject) {
  RequireUnavailable(subject, Peer::Manner::Absent);
}
void IsUnavailableWhenTargetIsUnreachable(const Subject& subject) {
  RequireUnavailable(subject, Peer::Manner::Unreachable);
}
void IsUnavailableWhenTargetIsSilent(const Subject& subject) {
  RequireUnavailable(subject, Peer::Manner::Silent);
}
void IsUnavailableWhenTargetHangsUp(const Subject& subject) {
  RequireUnavailable(subject, Peer::Manner::HangsUp);
}
void IsUnavailableWhenTargetTalksNonsense(const Subject& subject) {
  RequireUnavailable(subject, Peer::Manner::Nonsense);
}

void StopsAfterAFailedStart(const Subject& subject) {
  Session session{subject, Peer::Manner::Absent};
  DrivenSink sink{session};
  sink.Start();
  sink.Stop();
}

}  // namespace

std::vector<ContractTest> SinkTests() {
  constexpr auto kSink = PluginKind::Sink;
  return {
      {"stops_without_a_tick", kSink, StopsWithoutATick},
      {"takes_one_tick", kSink, TakesOneTick},
      {"takes_ticks_of_every_kind", kSink, TakesTicksOfEveryKind},
      {"looks_at_no_tick_after_on_ticks", kSink, LooksAtNoTickAfterOnTicks},
      {"leaves_nothing_behind_when_stopped", kSink, LeavesNothingBehindWhenStopped},
      {"is_unavailable_when_refused", kSink, IsUnavailableWhenRefused},
      {"is_unavailable_when_target_is_unreachable", kSink, IsUnavailableWhenTargetIsUnreachable},
      {"is_unavailable_when_target_is_silent", kSink, IsUnavailableWhenTargetIsSilent},
      {"is_unavailable_when_target_hangs_up", kSink, IsUnavailableWhenTargetHangsUp},
      {"is_unavailable_when_target_talks_nonsense", kSink, IsUnavailableWhenTargetTalksNonsense},
      {"stops_after_a_failed_start", kSink, StopsAfterAFailedStart},
  };
}

}  // namespace feedmux::contract
