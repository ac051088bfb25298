#pragma once

#include <chrono>      // seconds
#include <functional>  // function
#include <string>      // string

namespace feedmux::contract {

/// How a test ended.
struct Outcome {
  enum class Verdict { Passed, Failed, Skipped };

  Verdict verdict = Verdict::Failed;
  std::string why;     ///< of a failed or skipped test, one line
  std::string note;    ///< of a passed one: what it returned
  std::string output;  ///< what the process wrote to its standard output and error
};

/// Runs `body` in a process of its own; to return from it is to pass. A crash, an exception, an
/// early exit, a leak found by a sanitizer and going beyond `limit` are failures.
Outcome RunIsolated(const std::function<std::string()>& body, std::chrono::seconds limit);

/// Within RunIsolated, from any thread: ends the process at once, without unwinding, so that a
/// plugin can neither catch it nor hang in it.
[[noreturn]] void Fail(const std::string& why);
[[noreturn]] void Skip(const std::string& why);

/// For conditions that are cheap to describe; elsewhere `if (...) Fail(...)`.
inline void Require(bool condition, const std::string& why) {
  if (!condition) Fail(why);
}

}  // namespace feedmux::contract
