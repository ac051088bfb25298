#pragma once

#include <map>          // map
#include <string>       // string
#include <string_view>  // string_view

#include "webserver/messages.hpp"

namespace feedmux::dashboard {

/// The page's files, which are part of the plugin.
class StaticFiles {
 public:
  StaticFiles();

  /// 404 if there is none of that path: "index.html", "assets/index-4f2a.js". Nothing but the known
  /// paths is ever looked at.
  webserver::Response Get(std::string_view path, const webserver::Request& request) const;

 private:
  struct File {
    std::string_view content_type;
    std::string_view bytes;
    std::string_view gzip_bytes;
    std::string etag;
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace feedmux::dashboard
