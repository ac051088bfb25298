#include "feedmux/plugin.hpp"
#include "file_resolver.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "path",
     .type = feedmux::OptionType::Path,
     .required = true,
     .description = "File of named symbol lists; read again when it has changed"},
    {.name = "format",
     .type = feedmux::OptionType::Choice,
     .default_value = "auto",
     .choices = "auto|yaml|json|csv|text",
     .description = "What the file holds; auto goes by its extension, then by its content"},
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::universe_file::FileResolver>(
    {"file", "1.0.0", "Named symbol lists from a YAML, JSON, CSV or text file"}, kOptions));
