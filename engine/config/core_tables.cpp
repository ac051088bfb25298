#include "config/core_tables.hpp"

namespace feedmux {
namespace {

constexpr double kHourMs = 3'600'000;
constexpr double kTebibyte = 1LL << 40;

constexpr OptionSpec kName = {
    .name = "name",
    .required = true,
    .description = "Its name in logs, reports and references: letters, digits, '_', '-' and '.'"};

constexpr OptionSpec kPlugin = {.name = "plugin",
                                .required = true,
                                .description = "Name of the plugin, as 'feedmux plugins' lists it"};

constexpr OptionSpec kEnabled = {.name = "enabled",
                                 .type = OptionType::Boolean,
                                 .default_value = "true",
                                 .description = "false switches it off and keeps its lines"};

constexpr OptionSpec kEngineOptions[] = {
    {.name = "log_level",
     .type = OptionType::Choice,
     .default_value = "info",
     .choices = "debug|info|warning|error",
     .description = "The least important lines that are logged"},
    {.name = "shutdown_timeout",
     .type = OptionType::Duration,
     .default_value = "10s",
     .min = 0,
     .max = kHourMs,
     .description = "How long a stop waits for the queues to drain"},
    {.name = "plugin_dirs",
     .type = OptionType::Strings,
     .description =
         "Folders with plugins, searched before the standard ones; relative to this file"},
    {.name = "control",
     .description = "Path of the socket that 'feedmux status' and the like connect to, relative to "
                    "this file; off for none"},
};

constexpr OptionSpec kUniverseOptions[] = {
    kName,
    kPlugin,
    {.name = "refresh",
     .type = OptionType::Duration,
     .default_value = "5m",
     .min = 0,
     .max = 24 * kHourMs,
     .description = "How often its symbols are looked up again; 0s: on demand only"},
};

constexpr OptionSpec kMaxSymbols = {
    .name = "max_symbols",
    .type = OptionType::Integer,
    .min = 1,
    .max = 1e6,
    .description = "Symbols that one connection may carry; without it, any number"};

constexpr OptionSpec kSourceOptions[] = {
    kName,
    kPlugin,
    kEnabled,
    {.name = "standby_for", .description = "Runs only where the source of this name is disabled"},
    {.name = "max_connections",
     .type = OptionType::Integer,
     .default_value = "3",
     .min = 1,
     .max = 1000,
     .description = "How many connections the vendor allows"},
    {.name = "routing",
     .type = OptionType::Choice,
     .default_value = "first_available",
     .choices = "first_available|round_robin|least_loaded|hash",
     .description = "Which connection gets a symbol that no connection names itself, or one whose "
                    "connection is down"},
    kMaxSymbols,
    {.name = "failover",
     .type = OptionType::Boolean,
     .default_value = "true",
     .description = "Whether connections take over the symbols of one that is down"},
    {.name = "failover_after",
     .type = OptionType::Duration,
     .default_value = "5s",
     .min = 0,
     .max = 24 * kHourMs,
     .description = "How long a connection must be down before they do"},
    {.name = "calendar",
     .type = OptionType::Choice,
     .default_value = "auto",
     .choices = "auto|always|us_equities|forex|us_futures",
     .description = "When ticks are due, for telling a silent connection from a quiet market; "
                    "auto: as the plugin says"},
    {.name = "stale_after",
     .type = OptionType::Duration,
     .min = 0,
     .max = 24 * kHourMs,
     .description = "Silence after which a connection is taken for dead; without it, found out by "
                    "its rate and the calendar; 0s: never"},
    {.name = "universe",
     .description = "Key of the source's own symbols, for connections that name none"},
    {.name = "symbols",
     .type = OptionType::Strings,
     .description = "The source's own symbols; used if there is no universe"},
};

constexpr OptionSpec kConnectionOptions[] = {
    kName,
    kEnabled,
    {.name = "universe", .description = "Key of its symbols, such as market_leaders:top_500"},
    {.name = "symbols",
     .type = OptionType::Strings,
     .description = "Its symbols; used if there is no universe"},
    {.name = "pinned",
     .type = OptionType::Strings,
     .description = "Symbols that it carries beside them and that never move to another one"},
    kMaxSymbols,
};

constexpr OptionSpec kReconnectOptions[] = {
    {.name = "first",
     .type = OptionType::Duration,
     .default_value = "500ms",
     .min = 1,
     .max = kHourMs,
     .description = "Upper limit of the first, random, wait; doubled at each further one"},
    {.name = "max",
     .type = OptionType::Duration,
     .default_value = "30s",
     .min = 1,
     .max = 24 * kHourMs,
     .description = "The longest such wait"},
    {.name = "healthy_after",
     .type = OptionType::Duration,
     .default_value = "10s",
     .min = 1,
     .max = kHourMs,
     .description = "A session that lasted this long is a success: waits begin anew, and its "
                    "symbols come home"},
    {.name = "auth_refused",
     .type = OptionType::Duration,
     .default_value = "60s",
     .min = 60'000,
     .max = 24 * kHourMs,
     .description = "Additional wait where the vendor refuses the key"},
    {.name = "evicted",
     .type = OptionType::Duration,
     .default_value = "5m",
     .min = 1'000,
     .max = 24 * kHourMs,
     .description = "Additional wait where the vendor evicted the connection; doubled each time"},
    {.name = "evicted_max",
     .type = OptionType::Duration,
     .default_value = "1h",
     .min = 1'000,
     .max = 24 * kHourMs,
     .description = "The longest such wait"},
};

constexpr OptionSpec kSinkOptions[] = {kName, kPlugin, kEnabled};

constexpr OptionSpec kQueueOptions[] = {
    {.name = "capacity",
     .type = OptionType::Integer,
     .default_value = "1000000",
     .min = 1,
     .max = 1e9,
     .description = "Ticks that may wait"},
    {.name = "max_bytes",
     .type = OptionType::Bytes,
     .default_value = "256MiB",
     .min = 1 << 16,
     .max = kTebibyte,
     .description = "Memory that waiting ticks and their frames may take"},
    {.name = "when_full",
     .type = OptionType::Choice,
     .default_value = "drop_oldest",
     .choices = "block|drop_oldest|drop_newest|conflate",
     .description = "block slows the sources down; conflate keeps the last tick of a symbol and "
                    "kind"},
};

constexpr OptionSpec kFilterOptions[] = {
    {.name = "kinds",
     .type = OptionType::Choices,
     .min = 1,
     .choices = "trade|quote|bar|luld|imbalance|value|other|gap",
     .description = "Kinds of ticks that the sink gets; without it, all but gap, the engine's own "
                    "records of outages"},
    {.name = "symbols",
     .type = OptionType::Strings,
     .min = 1,
     .description = "Symbols that the sink gets; without it, all"},
    {.name = "sources",
     .type = OptionType::Strings,
     .min = 1,
     .description = "Names of the sources that the sink gets ticks from; without it, all"},
};

constexpr OptionSpec kRetryOptions[] = {
    {.name = "first",
     .type = OptionType::Duration,
     .default_value = "100ms",
     .min = 1,
     .max = kHourMs,
     .description = "Wait before the second attempt; doubled at each further one"},
    {.name = "max",
     .type = OptionType::Duration,
     .default_value = "5s",
     .min = 1,
     .max = kHourMs,
     .description = "The longest wait between two attempts"},
};

constexpr SubSection kSourceSections[] = {{"connections", &kConnectionSection, true},
                                          {"reconnect", &kReconnectSection, false}};

constexpr SubSection kSinkSections[] = {{"queue", &kQueueSection, false},
                                        {"filter", &kFilterSection, false},
                                        {"retry", &kRetrySection, false}};

constexpr SubSection kRootSections[] = {{"engine", &kEngineSection, false},
                                        {"universes", &kUniverseSection, true},
                                        {"sources", &kSourceSection, true},
                                        {"sinks", &kSinkSection, true}};

}  // namespace

constinit const Section kRootSection = {
    .description = "Configuration of feedmux", .options = {}, .sections = kRootSections};
constinit const Section kEngineSection = {.description = "The engine itself",
                                          .options = kEngineOptions};
constinit const Section kUniverseSection = {.description = "Named sets of symbols",
                                            .options = kUniverseOptions,
                                            .plugin = PluginKind::Universe};
constinit const Section kSourceSection = {.description = "Where ticks come from",
                                          .options = kSourceOptions,
                                          .sections = kSourceSections,
                                          .plugin = PluginKind::Source};
constinit const Section kConnectionSection = {
    .description = "A source's sessions with its vendor; without a list, one named as the source",
    .options = kConnectionOptions};
constinit const Section kReconnectSection = {.description = "When a lost connection is tried again",
                                             .options = kReconnectOptions};
constinit const Section kSinkSection = {.description = "Where ticks go",
                                        .options = kSinkOptions,
                                        .sections = kSinkSections,
                                        .plugin = PluginKind::Sink};
constinit const Section kQueueSection = {.description = "What waits for a sink",
                                         .options = kQueueOptions};
constinit const Section kFilterSection = {.description = "Which ticks a sink gets",
                                          .options = kFilterOptions};
constinit const Section kRetrySection = {
    .description = "Attempts to reach a sink that is unavailable; waits are jittered",
    .options = kRetryOptions};

}  // namespace feedmux
