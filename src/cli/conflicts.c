/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_conflicts(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("conflicts is not there yet");
    return CLI_USAGE;
}
