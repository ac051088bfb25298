#include "test_certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <fstream>    // ofstream
#include <stdexcept>  // runtime_error

namespace feedmux::testing {
namespace {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

constexpr long kDay = 24L * 3600;

Key NewKey() {
  Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")};
  if (!key) throw std::runtime_error("cannot make a key for the test");
  return key;
}

void AddExtension(X509* certificate, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension{X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str())};
  if (!extension) throw std::runtime_error("cannot make the certificate extension " + value);
  X509_add_ext(certificate, extension.get(), -1);
}

/// Still to be signed. A null `issuer`: it is its own.
Certificate Draft(const std::string& name, EVP_PKEY* key, const X509* issuer, long valid_until) {
  Certificate certificate{X509_new()};
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -30 * kDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_until);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(),
                       issuer != nullptr ? X509_get_subject_name(issuer) : subject);
  return certificate;
}

void AddHosts(X509* certificate, const std::vector<std::string>& hosts) {
  std::string names;
  for (const std::string& host : hosts) {
    const bool is_address = host.find_first_not_of("0123456789.") == std::string::npos ||
                            host.find(':') != std::string::npos;
    names += (names.empty() ? "" : ",") + std::string{is_address ? "IP:" : "DNS:"} + host;
  }
  AddExtension(certificate, NID_subject_alt_name, names);
}

void Seal(X509* certificate, EVP_PKEY* signing_key) {
  if (X509_sign(certificate, signing_key, EVP_sha256()) == 0) {
    throw std::runtime_error("cannot sign a certificate for the test");
  }
}

std::string Text(const Memory& memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string Pem(X509* certificate) {
  const Memory memory{BIO_new(BIO_s_mem())};
  PEM_write_bio_X509(memory.get(), certificate);
  return Text(memory);
}

std::string Pem(EVP_PKEY* key) {
  const Memory memory{BIO_new(BIO_s_mem())};
  PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return Text(memory);
}

TestIdentity MakeIdentity(const std::vector<std::string>& hosts, const X509* issuer,
                          EVP_PKEY* issuer_key, long valid_until) {
  const Key key = NewKey();
  const Certificate certificate = Draft(hosts.front(), key.get(), issuer, valid_until);
  AddHosts(certificate.get(), hosts);
  Seal(certificate.get(), issuer_key != nullptr ? issuer_key : key.get());
  return {Pem(certificate.get()), Pem(key.get())};
}

}  // namespace

struct TestAuthority::Keys {
  Key key;
  Certificate certificate;
};

TestAuthority::TestAuthority() : keys_(std::make_unique<Keys>()) {
  keys_->key = NewKey();
  keys_->certificate = Draft("feedmux test authority", keys_->key.get(), nullptr, 30 * kDay);
  AddExtension(keys_->certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(keys_->certificate.get(), NID_key_usage, "critical,keyCertSign");
  Seal(keys_->certificate.get(), keys_->key.get());
  std::string name = std::filesystem::temp_directory_path() / "feedmux-test-ca-XXXXXX";
  const int file = mkstemp(name.data());
  if (file < 0) throw std::runtime_error("cannot make a temporary file at " + name);
  ::close(file);
  ca_file_ = name;
  std::ofstream{ca_file_} << Pem(keys_->certificate.get());
}

TestAuthority::~TestAuthority() {
  std::error_code ignored;
  std::filesystem::remove(ca_file_, ignored);
}

TestIdentity TestAuthority::Issue(const std::vector<std::string>& hosts) const {
  return MakeIdentity(hosts, keys_->certificate.get(), keys_->key.get(), 30 * kDay);
}

TestIdentity TestAuthority::IssueExpired(const std::vector<std::string>& hosts) const {
  return MakeIdentity(hosts, keys_->certificate.get(), keys_->key.get(), -kDay);
}

TestIdentity TestAuthority::SelfSigned(const std::vector<std::string>& hosts) {
  return MakeIdentity(hosts, nullptr, nullptr, 30 * kDay);
}

}  // namespace feedmux::testing
