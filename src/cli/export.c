/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_export(const struct cli_settings *settings)
{
    (void)settings;
    cli_say("export is not there yet");
    return CLI_USAGE;
}
