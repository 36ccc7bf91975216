/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_sync(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("sync is not there yet");
    return CLI_USAGE;
}
