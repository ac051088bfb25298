#include "webserver/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>        // errno
#include <filesystem>    // is_regular_file
#include <fstream>       // ifstream
#include <stdexcept>     // runtime_error
#include <system_error>  // generic_category

#include "webserver/tls_files.hpp"

namespace feedmux::webserver {
namespace {

namespace ssl = boost::asio::ssl;
using Error = boost::system::error_code;

/// OpenSSL would not say why, and wait for what comes out of a pipe.
std::string WhyUnreadable(const std::string& file) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(file, unknown)) return "there is no file " + file;
  if (std::ifstream{file}) return {};
  return "cannot open " + file + ": " + std::generic_category().message(errno);
}

std::string LoadCertificate(ssl::context& context, const std::string& file) {
  if (const auto problem = WhyUnreadable(file); !problem.empty()) return problem;
  Error error;
  context.use_certificate_chain_file(file, error);
  if (!error) return {};
  return "cannot read a PEM certificate from " + file + ": " + error.message();
}

std::string LoadKey(ssl::context& context, const std::string& file) {
  if (const auto problem = WhyUnreadable(file); !problem.empty()) return problem;
  Error error;
  // OpenSSL would ask at the terminal otherwise.
  context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return ""; },
                                error);
  ERR_clear_error();
  context.use_private_key_file(file, ssl::context::pem, error);
  const bool is_other_key = error && ERR_GET_REASON(static_cast<unsigned long>(error.value())) ==
                                         X509_R_KEY_VALUES_MISMATCH;
  if (!error || is_other_key) return {};
  return "cannot read a PEM private key without passphrase from " + file + ": " + error.message();
}

TlsFileProblems LoadFiles(ssl::context& context, const std::string& certificate_file,
                          const std::string& key_file) {
  TlsFileProblems problems;
  problems.certificate = LoadCertificate(context, certificate_file);
  problems.key = LoadKey(context, key_file);
  const bool are_read = problems.certificate.empty() && problems.key.empty();
  if (are_read && SSL_CTX_check_private_key(context.native_handle()) != 1) {
    problems.key =
        "the private key in " + key_file + " is not that of the certificate in " + certificate_file;
  }
  ERR_clear_error();
  return problems;
}

}  // namespace

std::unique_ptr<ssl::context> MakeTlsContext(const std::string& certificate_file,
                                             const std::string& key_file) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  const TlsFileProblems problems = LoadFiles(*context, certificate_file, key_file);
  if (!problems.certificate.empty()) throw std::runtime_error(problems.certificate);
  if (!problems.key.empty()) throw std::runtime_error(problems.key);
  return context;
}

TlsFileProblems CheckTlsFiles(const std::string& certificate_file, const std::string& key_file) {
  ssl::context context{ssl::context::tls_server};
  return LoadFiles(context, certificate_file, key_file);
}

}  // namespace feedmux::webserver
