#include "folder_resolver.hpp"

constexpr feedmux::PluginInfo kInfo = {"folder", "1.0.0",
                                       "Universes from the text files of a folder"};

FEEDMUX_PLUGIN(feedmux::DescribePlugin<folder::FolderResolver>(kInfo, folder::kOptions));
