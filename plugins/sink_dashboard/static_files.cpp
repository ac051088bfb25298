#include "sink_dashboard/static_files.hpp"

#include "sink_dashboard/call.hpp"
#include "sink_dashboard/crypto.hpp"
#include "web/embedded.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::size_t kTagDigits = 16;

std::string_view WithoutSlash(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

}  // namespace

StaticFiles::StaticFiles() {
  for (const auto& file : web::Files()) {
    files_.emplace(WithoutSlash(file.path),
                   File{.content_type = file.content_type,
                        .bytes = file.bytes,
                        .gzip_bytes = file.gzip_bytes,
                        .etag = '"' + Sha256Hex(file.bytes).substr(0, kTagDigits) + '"'});
  }
}

webserver::Response StaticFiles::Get(std::string_view path,
                                     const webserver::Request& request) const {
  const auto found = files_.find(path);
  if (found == files_.end()) throw Problem(404, "there is no such file");
  const File& file = found->second;
  // Names in assets/ have a hash of the content in them.
  const bool never_changes = path.starts_with("assets/");
  webserver::Response response;
  response.headers = {
      {"cache-control", never_changes ? "public, max-age=31536000, immutable" : "no-cache"},
      {"etag", file.etag},
      {"vary", "accept-encoding"}};
  if (request.Header("if-none-match") == file.etag) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("content-type", file.content_type);
  const bool takes_gzip = request.Header("accept-encoding").find("gzip") != std::string_view::npos;
  if (takes_gzip && !file.gzip_bytes.empty()) {
    response.headers.emplace_back("content-encoding", "gzip");
    response.body = file.gzip_bytes;
  } else {
    response.body = file.bytes;
  }
  return response;
}

}  // namespace feedmux::dashboard
