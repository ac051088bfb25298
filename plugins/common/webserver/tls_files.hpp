#pragma once

#include <string>  // string

namespace feedmux::webserver {

/// What is wrong with the files of a server that speaks TLS, with their names; empty: nothing.
struct TlsFileProblems {
  std::string certificate;
  std::string key;
};

/// Reads both, and nothing else.
TlsFileProblems CheckTlsFiles(const std::string& certificate_file, const std::string& key_file);

}  // namespace feedmux::webserver
