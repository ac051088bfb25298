#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>  // unique_ptr
#include <string>  // string

namespace feedmux::webserver {

/// A server's side of TLS 1.2 or newer. Throws std::runtime_error if a file cannot be read or the
/// key is not the certificate's.
std::unique_ptr<boost::asio::ssl::context> MakeTlsContext(const std::string& certificate_file,
                                                          const std::string& key_file);

}  // namespace feedmux::webserver
