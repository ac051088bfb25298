#include "config/import_env.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>  // all_of, any_of, find, max, remove_if
#include <array>      // array
#include <cmath>      // round
#include <cstdint>    // int64_t
#include <optional>   // optional
#include <set>        // set
#include <utility>    // move
#include <vector>     // vector

#include "config/import_variables.hpp"
#include "config/shown.hpp"
#include "config/trim.hpp"

namespace feedmux {
namespace {

constexpr int kDefaultConnections = 3;
constexpr const char* kTickChannel = "tickstock:market:ticks";

/// A double-quoted YAML scalar that the loader reads back as `text`.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '$') {
      quoted += "$$";
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += fmt::format("\\x{:02x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string Lower(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

std::vector<std::string> SplitCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string part{Trim(text.substr(0, comma))};
    if (!part.empty()) parts.push_back(std::move(part));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

bool HasNoBlanks(std::string_view symbol) {
  return std::all_of(symbol.begin(), symbol.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
}

struct ImportedConnection {
  std::string name;
  bool enabled = true;
  std::string universe;
  std::vector<std::string> symbols;
};

class Importer {
 public:
  explicit Importer(std::string_view text) : variables_(ParseDotenv(text)) {}

  std::string Import() {
    ReadConnections();
    // In this order: each takes variables, and the header tells which are left.
    std::string sections = Universes() + "sources:\n";
    sections += Massive();
    sections += Synthetic();
    sections += '\n';
    sections += Redis();
    return Header() + sections;
  }

 private:
  void ReadConnections() {
    const bool multi = variables_.TakeBoolean("USE_MULTI_CONNECTION").value_or(false);
    max_connections_ = static_cast<int>(
        variables_.TakeInteger("WEBSOCKET_CONNECTIONS_MAX", 1, ImportVariables::kMostConnections)
            .value_or(kDefaultConnections));
    if (multi) {
      for (const int number : variables_.ConnectionNumbers()) ReadConnection(number);
      if (variables_.Take("SYMBOL_UNIVERSE_KEY")) {
        variables_.Remark(
            "SYMBOL_UNIVERSE_KEY is left out: with USE_MULTI_CONNECTION every "
            "connection has its own");
      }
      const bool any = std::any_of(connections_.begin(), connections_.end(),
                                   [](const auto& connection) { return connection.enabled; });
      if (!any) variables_.Remark("no WEBSOCKET_CONNECTION_N_ENABLED is true: nothing is received");
      if (!connections_.empty()) return;
    } else if (!variables_.ConnectionNumbers().empty()) {
      variables_.Remark(
          "USE_MULTI_CONNECTION is not true: one connection, and the variables "
          "WEBSOCKET_CONNECTION_N_... are left out");
    }
    ImportedConnection only;
    only.name = "primary";
    only.enabled = !multi;
    only.universe = variables_.Take("SYMBOL_UNIVERSE_KEY").value_or("");
    if (only.enabled && only.universe.empty()) {
      variables_.Remark("no SYMBOL_UNIVERSE_KEY: give the connection a universe or symbols");
    }
    connections_.push_back(std::move(only));
  }

  void ReadConnection(int number) {
    const std::string prefix = fmt::format("WEBSOCKET_CONNECTION_{}_", number);
    ImportedConnection connection;
    connection.enabled = variables_.TakeBoolean(prefix + "ENABLED").value_or(false);
    connection.name = NameFor(number, prefix + "NAME");
    connection.universe = variables_.Take(prefix + "UNIVERSE_KEY").value_or("");
    std::set<std::string> seen;
    for (std::string& symbol : SplitCommas(variables_.Take(prefix + "SYMBOLS").value_or(""))) {
      if (!HasNoBlanks(symbol)) {
        variables_.Remark(prefix + "SYMBOLS has a symbol with a space in it: left out");
      } else if (seen.insert(symbol).second) {
        connection.symbols.push_back(std::move(symbol));
      }
    }
    if (connection.enabled && number > max_connections_) {
      connection.enabled = false;
      variables_.Remark(
          fmt::format("connection {} is beyond WEBSOCKET_CONNECTIONS_MAX: disabled", number));
    }
    if (connection.enabled && connection.universe.empty() && connection.symbols.empty()) {
      variables_.Remark(fmt::format("connection {} has no symbols", number));
    }
    connections_.push_back(std::move(connection));
  }

  /// Names are written with fewer characters here than there, and each is given once.
  std::string NameFor(int number, const std::string& variable) {
    const std::string given = variables_.Take(variable).value_or("");
    std::string name;
    for (const char c : given.substr(0, 48)) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name += plain || (!name.empty() && (c == '-' || c == '.')) ? c : '_';
    }
    name.erase(0, name.find_first_not_of('_'));
    if (name.empty()) name = fmt::format("connection_{}", number);
    if (!names_.insert(name).second) {
      name += fmt::format("_{}", number);
      names_.insert(name);
    }
    if (!given.empty() && name != given) {
      variables_.Remark(
          fmt::format("{} is written {}: letters, digits, '_', '-' and '.', and no "
                      "name twice",
                      variable, name));
    }
    return name;
  }

  std::string Massive() {
    const bool has_key = variables_.Take("MASSIVE_API_KEY").has_value();
    const std::optional<bool> wanted = variables_.TakeBoolean("USE_MASSIVE_API");
    synthetic_wanted_ = variables_.TakeBoolean("USE_SYNTHETIC_DATA");
    const bool enabled = has_key && wanted.value_or(!synthetic_wanted_.value_or(false));
    if (!has_key && wanted.value_or(false)) {
      variables_.Remark("MASSIVE_API_KEY has no value: massive is disabled");
    }
    if (!wanted && enabled) {
      variables_.Remark("USE_MASSIVE_API is not set: massive is enabled, as there is a key");
    }
    return fmt::format(
        "  - name: massive\n"
        "    plugin: massive\n"
        "    enabled: {}\n"
        "    max_connections: {}\n"
        "    options:\n"
        "      url: \"wss://socket.massive.com/stocks\"\n"
        "      api_key: \"${{MASSIVE_API_KEY:?set it}}\"\n"
        "{}",
        enabled, max_connections_, Connections());
  }

  std::string Connections() const {
    std::string yaml = "    connections:\n";
    for (const ImportedConnection& connection : connections_) {
      yaml += fmt::format("      - name: {}\n        enabled: {}\n", Quoted(connection.name),
                          connection.enabled);
      if (!connection.universe.empty()) {
        yaml += fmt::format("        universe: {}\n", Quoted(connection.universe));
      }
      if (connection.symbols.empty()) continue;
      std::vector<std::string> symbols;
      for (const std::string& symbol : connection.symbols) symbols.push_back(Quoted(symbol));
      yaml += fmt::format("        symbols: [{}]\n", fmt::join(symbols, ", "));
    }
    return yaml;
  }

  std::string Synthetic() {
    std::string yaml = "  - name: synthetic\n    plugin: synthetic\n    standby_for: massive\n";
    if (!synthetic_wanted_.value_or(true)) yaml += "    enabled: false\n";
    const std::string options = SyntheticOptions();
    yaml += fmt::format("    max_connections: {}\n", max_connections_);
    if (!options.empty()) yaml += "    options:\n" + options;
    return yaml + Connections();
  }

  std::string SyntheticOptions() {
    std::string yaml;
    if (const auto rate = variables_.TakeInteger("SYNTHETIC_DATA_RATE", 0, 100'000'000)) {
      yaml += fmt::format("      rate: {}\n", *rate);
    } else if (const auto seconds =
                   variables_.TakeNumber("SYNTHETIC_UPDATE_FREQUENCY", 0.001, 3600)) {
      const double per_second = std::max(1.0, std::round(1 / *seconds));
      yaml += fmt::format("      rate: {:.0f}\n", per_second);
      variables_.Remark(
          "SYNTHETIC_UPDATE_FREQUENCY is taken as seconds between two ticks of a "
          "connection, at least one a second");
    }
    const std::string scenario = Lower(variables_.Take("SYNTHETIC_SCENARIO").value_or(""));
    constexpr std::array<std::string_view, 5> kScenarios = {"normal", "volatile", "crash", "rally",
                                                            "opening_bell"};
    if (std::find(kScenarios.begin(), kScenarios.end(), scenario) != kScenarios.end()) {
      yaml += fmt::format("      scenario: {}\n", scenario);
    } else if (!scenario.empty()) {
      variables_.Remark(fmt::format("SYNTHETIC_SCENARIO is not carried over: expected one of: {}",
                                    fmt::join(kScenarios, ", ")));
    }
    if (const auto volatility = variables_.TakeNumber("SYNTHETIC_VOLATILITY", 0, 10)) {
      yaml += fmt::format("      volatility: {}\n", *volatility);
      variables_.Remark("SYNTHETIC_VOLATILITY is per year here: 0.3 is 30 %");
    }
    if (const auto seed = variables_.TakeInteger("SYNTHETIC_SEED", 0, INT64_MAX)) {
      yaml += fmt::format("      seed: {}\n", *seed);
    }
    return yaml + SyntheticPatterns();
  }

  std::string SyntheticPatterns() {
    std::string yaml;
    const bool injected = variables_.TakeBoolean("SYNTHETIC_PATTERN_INJECTION").value_or(true);
    const auto frequency = variables_.TakeNumber("SYNTHETIC_PATTERN_FREQUENCY", 0, 1);
    if (injected && frequency) yaml += fmt::format("      pattern_frequency: {}\n", *frequency);
    std::vector<std::string> patterns;
    for (const std::string& type :
         SplitCommas(variables_.Take("SYNTHETIC_PATTERN_TYPES").value_or(""))) {
      if (const char* pattern = PatternFor(type)) {
        patterns.emplace_back(pattern);
      } else {
        variables_.Remark("SYNTHETIC_PATTERN_TYPES has a pattern that is not known here: left out");
      }
    }
    if (!patterns.empty()) yaml += fmt::format("      patterns: [{}]\n", fmt::join(patterns, ", "));
    return yaml;
  }

  static const char* PatternFor(const std::string& type) {
    std::string letters = Lower(type);
    letters.erase(
        std::remove_if(letters.begin(), letters.end(), [](char c) { return c < 'a' || c > 'z'; }),
        letters.end());
    if (letters == "doji") return "doji";
    if (letters == "hammer") return "hammer";
    if (letters == "shootingstar") return "shooting_star";
    if (letters == "bullishengulfing") return "bullish_engulfing";
    if (letters == "bearishengulfing") return "bearish_engulfing";
    if (letters == "harami") return "harami";
    return nullptr;
  }

  std::string Redis() {
    std::string yaml =
        "sinks:\n"
        "  - name: redis\n"
        "    plugin: redis\n"
        "    options:\n"
        "      url: " +
        RedisUrl() + "\n";
    if (const auto user = variables_.Take("REDIS_USERNAME")) {
      yaml += fmt::format("      username: {}\n", Quoted(*user));
    }
    if (variables_.Take("REDIS_PASSWORD")) {
      yaml += "      password: \"${REDIS_PASSWORD:?set it}\"\n";
      secrets_.insert("REDIS_PASSWORD");
    }
    if (const auto database = variables_.TakeInteger("REDIS_DB", 0, INT32_MAX)) {
      yaml += fmt::format("      database: {}\n", *database);
    }
    return yaml +
           fmt::format("      channels: [{}]\n      format: tickstock\n", Quoted(kTickChannel));
  }

  std::string RedisUrl() {
    const std::optional<std::string> url = variables_.Take("REDIS_URL");
    const std::string host = variables_.Take("REDIS_HOST").value_or("127.0.0.1");
    const auto port = variables_.TakeInteger("REDIS_PORT", 1, 65535).value_or(6379);
    if (!url) return Quoted(fmt::format("redis://{}:{}", host, port));
    if (MaskPasswords(*url) == *url && url->find("${") == std::string::npos) return Quoted(*url);
    secrets_.insert("REDIS_URL");
    return "\"${REDIS_URL:?set it}\"";
  }

  std::string Universes() const {
    const bool used =
        std::any_of(connections_.begin(), connections_.end(),
                    [](const auto& connection) { return !connection.universe.empty(); });
    if (!used) return "";
    return "universes:\n"
           "  # Keys that TickStock kept in its cache must be lists in this file: see 'feedmux "
           "check'.\n"
           "  - name: lists\n"
           "    plugin: file\n"
           "    options: {path: universes.yaml}\n"
           "\n";
  }

  std::string Header() const {
    std::string header =
        "# From a TickStock .env file, by 'feedmux import-env'.\n"
        "# Must be set in the environment of 'feedmux run', for sources that are enabled:\n";
    for (const std::string& name : secrets_) header += fmt::format("#   {}\n", name);
    if (!variables_.remarks().empty()) header += "#\n# Please look at:\n";
    for (const std::string& remark : variables_.remarks())
      header += fmt::format("# - {}\n", remark);
    const std::vector<std::string> unused = variables_.Unused();
    if (!unused.empty()) header += "#\n# Not carried over, as nothing here corresponds to it:\n";
    for (const std::string& name : unused) header += fmt::format("#   {}\n", name);
    return header + "\n";
  }

  ImportVariables variables_;
  std::optional<bool> synthetic_wanted_;
  int max_connections_ = kDefaultConnections;
  std::vector<ImportedConnection> connections_;
  std::set<std::string> names_;
  std::set<std::string> secrets_ = {"MASSIVE_API_KEY"};  // referred to, never written out
};

}  // namespace

std::string ImportEnv(std::string_view text) { return Importer{text}.Import(); }

}  // namespace feedmux
