#include "webserver/tls_renewal.hpp"

#include <sys/stat.h>  // stat

#include <utility>  // exchange, move

namespace feedmux::webserver {

TlsRenewal::TlsRenewal(std::string certificate_file, std::string key_file)
    : certificate_file_(std::move(certificate_file)),
      key_file_(std::move(key_file)),
      read_(Look()),
      seen_(read_) {}

bool TlsRenewal::IsDue() {
  const Marks before = std::exchange(seen_, Look());
  if (seen_ != before || seen_ == read_) return false;
  read_ = seen_;
  return true;
}

TlsRenewal::Mark TlsRenewal::MarkOf(const std::string& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) return {};
  const std::int64_t changed_ns =
      std::int64_t{status.st_ctim.tv_sec} * 1'000'000'000 + status.st_ctim.tv_nsec;
  return {status.st_ino, changed_ns, status.st_size};
}

}  // namespace feedmux::webserver
