/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_changes(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("changes is not there yet");
    return CLI_USAGE;
}
