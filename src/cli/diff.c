/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_diff(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("diff is not there yet");
    return CLI_USAGE;
}
