#pragma once

#include <gtest/gtest.h>

#include <string>  // string

namespace feedmux {

/// What the process' log writes from construction to Text().
class CapturedLog {
 public:
  CapturedLog() { ::testing::internal::CaptureStderr(); }
  ~CapturedLog() {
    if (!taken_) Text();
  }

  std::string Text() {
    taken_ = true;
    return ::testing::internal::GetCapturedStderr();
  }

 private:
  bool taken_ = false;
};

}  // namespace feedmux
