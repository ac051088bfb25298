#pragma once

#include <cstdint>  // int64_t, uint64_t
#include <string>   // string
#include <tuple>    // tuple

namespace feedmux::webserver {

/// Notices that a certificate and its key are other files than those that are in use. Renewing
/// writes them one after the other, so they count as new once they have been left alone between two
/// calls.
class TlsRenewal {
 public:
  /// Both are about to be read for the first time.
  TlsRenewal(std::string certificate_file, std::string key_file);

  /// Whether they are to be read again; true once for every change, whatever comes of it.
  bool IsDue();

 private:
  // Of a file: inode, change of its content or rights in ns, bytes; zeros if there is none.
  using Mark = std::tuple<std::uint64_t, std::int64_t, std::int64_t>;
  using Marks = std::tuple<Mark, Mark>;

  static Mark MarkOf(const std::string& file);
  Marks Look() const { return {MarkOf(certificate_file_), MarkOf(key_file_)}; }

  const std::string certificate_file_;
  const std::string key_file_;
  Marks read_;
  Marks seen_;
};

}  // namespace feedmux::webserver
