/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_links(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("links is not there yet");
    return CLI_USAGE;
}
