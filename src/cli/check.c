/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_check(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("check is not there yet");
    return CLI_USAGE;
}
