#include "webserver/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <stdexcept>  // runtime_error

namespace feedmux::webserver {

namespace ssl = boost::asio::ssl;

std::unique_ptr<ssl::context> MakeTlsContext(const std::string& certificate_file,
                                             const std::string& key_file) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);

  boost::system::error_code error;
  // OpenSSL would ask at the terminal otherwise.
  context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return ""; },
                                 error);
  context->use_certificate_chain_file(certificate_file, error);
  if (error) {
    throw std::runtime_error("cannot read a PEM certificate from " + certificate_file + ": " +
                             error.message());
  }
  ERR_clear_error();
  context->use_private_key_file(key_file, ssl::context::pem, error);
  const bool is_other_key = error && ERR_GET_REASON(static_cast<unsigned long>(error.value())) ==
                                         X509_R_KEY_VALUES_MISMATCH;
  if (is_other_key || (!error && SSL_CTX_check_private_key(context->native_handle()) != 1)) {
    throw std::runtime_error("the private key in " + key_file +
                             " is not that of the certificate in " + certificate_file);
  }
  if (error) {
    throw std::runtime_error("cannot read a PEM private key without passphrase from " + key_file +
                             ": " + error.message());
  }
  return context;
}

}  // namespace feedmux::webserver
