#include "universe_massive/ticker_cache.hpp"

#include <filesystem>  // path, status, file_size
#include <fstream>     // ifstream
#include <iterator>    // istreambuf_iterator
#include <nlohmann/json.hpp>
#include <stdexcept>     // runtime_error
#include <system_error>  // error_code, system_error
#include <utility>       // move

#include "universe/symbol_list.hpp"
#include "universe_massive/write_atomically.hpp"

namespace feedmux::universe_massive {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uintmax_t kLargestFile = 64 << 20;

/// Nothing if there is no file. Throws std::exception if it cannot be read.
std::optional<std::string> ContentOf(const std::string& path) {
  const fs::file_status status = fs::status(path);
  if (status.type() == fs::file_type::not_found) return std::nullopt;
  if (status.type() != fs::file_type::regular) throw std::runtime_error("not a regular file");
  if (fs::file_size(path) > kLargestFile) throw std::runtime_error("larger than 64 MiB");
  std::ifstream file{path, std::ios::binary};
  std::string content{std::istreambuf_iterator<char>{file}, {}};
  if (!file || file.bad()) throw std::runtime_error("cannot be read");
  return content;
}

/// Throws std::exception if it is none.
CachedTickers Tickers(const json& root) {
  universe::SymbolList list;
  for (const json& symbol : root.at("symbols")) {
    const auto problem = list.Add(symbol.get<std::string>());
    if (!problem.empty()) throw std::runtime_error(problem);
  }
  if (list.symbols().empty()) throw std::runtime_error("no symbols in it");
  return {std::move(list).Take(), root.at("fetched_ns").get<std::int64_t>()};
}

}  // namespace

TickerCache::TickerCache(std::string folder, std::string server, Log& log)
    : folder_(std::move(folder)), server_(std::move(server)), log_(log) {}

std::optional<CachedTickers> TickerCache::Find(const TickerQuery& query) const {
  std::optional<CachedTickers> newest;
  if (!folder_.empty()) newest = ReadFile(query);
  const auto found = memory_.find(query.Text());
  const bool memory_is_newer =
      found != memory_.end() && (!newest || newest->fetched_ns < found->second.fetched_ns);
  if (memory_is_newer) newest = found->second;
  return newest;
}

void TickerCache::Store(const TickerQuery& query, CachedTickers tickers) {
  if (!folder_.empty()) {
    const json root{{"server", server_},
                    {"universe", query.Text()},
                    {"fetched_ns", tickers.fetched_ns},
                    {"symbols", tickers.symbols}};
    try {
      WriteAtomically(PathOf(query), root.dump());
    } catch (const std::system_error& error) {
      log_.Warning("the symbols are used but not kept: " + PathOf(query) + ": " + error.what());
    }
  }
  memory_[query.Text()] = std::move(tickers);
}

std::string TickerCache::PathOf(const TickerQuery& query) const {
  return fs::path{folder_} / ("massive-" + query.FileStem() + ".json");
}

std::optional<CachedTickers> TickerCache::ReadFile(const TickerQuery& query) const {
  const std::string path = PathOf(query);
  try {
    const auto content = ContentOf(path);
    if (!content) return std::nullopt;
    const json root = json::parse(*content);
    const bool is_of_this_server = root.at("server") == server_;
    if (is_of_this_server && root.at("universe") == query.Text()) return Tickers(root);
    log_.Info(path + " holds the answer of another server, and is not used");
  } catch (const json::exception&) {
    log_.Warning(path + " is no cache of symbols, and is not used");
  } catch (const std::exception& error) {
    log_.Warning(path + " is not used: " + error.what());
  }
  return std::nullopt;
}

}  // namespace feedmux::universe_massive
