# SPDX-License-Identifier: MIT
"""For tests that compare messages: the time at the end of a summary is different for every run."""
import re

TIME = r"(?m)^(trialnorm: \d+ records?: .*); [\d.]+ s(?:, [\d.]+ \w+/s)?$"


def timeless(messages):
    """Messages (text or bytes) without it."""
    if isinstance(messages, bytes):
        return re.sub(TIME.encode(), rb"\1", messages)
    return re.sub(TIME, r"\1", messages)
