/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_history(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("history is not there yet");
    return CLI_USAGE;
}
