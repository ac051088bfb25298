#pragma once

#include <span>         // span
#include <string_view>  // string_view

namespace feedmux::web {

/// One file of the dashboard's page. Everything is valid for the life of the program.
struct File {
  std::string_view path;          ///< "index.html", "assets/index-2f6c0e1a.js": no leading slash
  std::string_view content_type;  ///< as the HTTP header has it
  std::string_view bytes;
  std::string_view gzip_bytes;  ///< the same compressed; empty where that saves nothing
};

/// The page as `npm run build` made it, sorted by path. Names below assets/ carry a hash of the
/// content, so they may be cached for ever; index.html names them and may not.
std::span<const File> Files();

}  // namespace feedmux::web
