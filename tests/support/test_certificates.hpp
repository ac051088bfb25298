#pragma once

#include <filesystem>  // path
#include <memory>      // unique_ptr
#include <string>      // string
#include <vector>      // vector

namespace feedmux::testing {

/// What a TLS server shows of itself, in PEM.
struct TestIdentity {
  std::string certificate;
  std::string private_key;
};

/// A certificate authority that exists for one test and that nobody else trusts.
class TestAuthority {
 public:
  /// Makes the authority's key and writes its certificate to a temporary file.
  TestAuthority();
  ~TestAuthority();

  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  /// The authority's certificate, for a client's `ca_file`. Gone with the authority.
  const std::filesystem::path& ca_file() const { return ca_file_; }

  /// A certificate for these host names and addresses: {"localhost", "127.0.0.1"}.
  TestIdentity Issue(const std::vector<std::string>& hosts) const;

  /// The same, but it ended yesterday.
  TestIdentity IssueExpired(const std::vector<std::string>& hosts) const;

  /// A certificate that no authority signed.
  static TestIdentity SelfSigned(const std::vector<std::string>& hosts);

 private:
  struct Keys;
  std::unique_ptr<Keys> keys_;
  std::filesystem::path ca_file_;
};

}  // namespace feedmux::testing
