#include "net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>  // copy
#include <stdexcept>  // runtime_error
#include <utility>    // move

namespace feedmux::net {
namespace {

namespace ssl = boost::asio::ssl;

bool IsAddress(const std::string& host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  return !error;
}

std::string NameText(const X509_NAME* name) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> out{BIO_new(BIO_s_mem()), &BIO_free_all};
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

/// The hosts that a certificate is for: "a.example, *.b.example, 127.0.0.1".
std::string HostsOf(const X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names{
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free};
  std::string hosts;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    std::string text;
    if (name->type == GEN_DNS) {
      text.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                  static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    } else if (name->type == GEN_IPADD) {
      const auto* bytes = ASN1_STRING_get0_data(name->d.iPAddress);
      const int size = ASN1_STRING_length(name->d.iPAddress);
      if (size == 4) {
        boost::asio::ip::address_v4::bytes_type address;
        std::copy(bytes, bytes + size, address.begin());
        text = boost::asio::ip::address_v4{address}.to_string();
      } else if (size == 16) {
        boost::asio::ip::address_v6::bytes_type address;
        std::copy(bytes, bytes + size, address.begin());
        text = boost::asio::ip::address_v6{address}.to_string();
      }
    }
    if (text.empty()) continue;
    hosts += (hosts.empty() ? "" : ", ") + text;
  }
  return hosts.empty() ? "no host" : hosts;
}

}  // namespace

TlsStream::TlsStream(boost::asio::ip::tcp::socket& socket, std::string host,
                     const std::string& ca_file)
    : host_(std::move(host)),
      authorities_(ca_file.empty() ? "the system's authorities" : ca_file),
      context_(ssl::context::tls_client) {
  SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
  boost::system::error_code error;
  if (ca_file.empty()) {
    context_.set_default_verify_paths(error);
  } else {
    context_.load_verify_file(ca_file, error);
  }
  if (error) {
    throw std::runtime_error("cannot read certificates from " + authorities_ + ": " +
                             error.message());
  }
  stream_ = std::make_unique<Stream>(socket, context_);
  SSL* const native = stream_->native_handle();
  X509_VERIFY_PARAM* const rules = SSL_get0_param(native);
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (IsAddress(host_)) {
    X509_VERIFY_PARAM_set1_ip_asc(rules, host_.c_str());
  } else {
    SSL_set1_host(native, host_.c_str());
    SSL_set_tlsext_host_name(native, host_.c_str());
  }
  stream_->set_verify_mode(ssl::verify_peer);
  stream_->set_verify_callback([this](bool accepted, ssl::verify_context& verification) {
    return Verify(accepted, verification);
  });
}

bool TlsStream::Verify(bool accepted, ssl::verify_context& verification) {
  if (accepted) return true;
  X509_STORE_CTX* const store = verification.native_handle();
  const X509* const certificate = X509_STORE_CTX_get_current_cert(store);
  const int error = X509_STORE_CTX_get_error(store);
  if (error == X509_V_ERR_HOSTNAME_MISMATCH || error == X509_V_ERR_IP_ADDRESS_MISMATCH) {
    refusal_ = "the certificate is for " + HostsOf(certificate) + ", not for " + host_;
  } else {
    refusal_ = "the certificate is not trusted: ";
    refusal_ += X509_verify_cert_error_string(error);
    if (certificate != nullptr) {
      refusal_ += " (subject " + NameText(X509_get_subject_name(certificate)) + "; issuer " +
                  NameText(X509_get_issuer_name(certificate)) + "; checked against " +
                  authorities_ + ")";
    }
  }
  return false;
}

std::string TlsStream::Explain(const boost::system::error_code& error) const {
  if (!refusal_.empty()) return refusal_;
  if (error == boost::asio::error::eof || error == ssl::error::stream_truncated) {
    return "the server hung up during the handshake";
  }
  return "the handshake failed: " + error.message();
}

}  // namespace feedmux::net
