#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds every cell of a dataset's views against the JSON of its trials.

usage: views.py VIEWS_DB PROGRAM INPUT...
"""
import contextlib
import os
import sqlite3
import sys
import tempfile

import layout

# Trials whose texts would hurt if they were taken for anything else.
HOSTILE = """{"schema":"trialnorm/1","record_key":"a'; DROP TABLE trial; --","title":"\\"$.title\\" \\\\ ' %n\\n\\u0001 \U0001F9E6","start_date":"2024-02",\
"enrollment":9007199254740993,"phases":["[\\"x\\"]","{}","null"],"conditions":["'","\\\\","true"],"arms":[{},{"label":"a\\"b","intervention_names":["1"]}],\
"source":{"reader":"x","file":"a'b"},"extra":{"a.b\\"[0]":"[1,2]","'":["x","{}"],"$":"null"}}
{"schema":"trialnorm/1","record_key":"bare","source":{"reader":"x"}}
"""


def compare(name, program, file, text, numbers=None):
    with contextlib.closing(sqlite3.connect(file)) as database:
        def answers(statements):
            return [[list(row) for row in database.execute(sql)] for sql in statements]

        numbers = numbers or [row[0] for row in answers(["SELECT record_no FROM trial_json ORDER BY record_no"])[0]]
        return layout.ask("views", name, layout.expected(program, layout.read_records(text), False, numbers), answers)


def check(views_db, program, inputs):
    with tempfile.TemporaryDirectory(prefix="tn-views-") as folder:
        file = os.path.join(folder, "made.sqlite")
        text = layout.run(program, "-q", *inputs) + HOSTILE
        layout.run(views_db, file, input=text.encode())
        made = compare("a made dataset", program, file, text, range(3, 3 + len(text.splitlines())))
        file = os.path.join(folder, "synced.sqlite")
        layout.run(program, "sync", "-q", "--db", file, *inputs)
        return max(made, compare("a dataset of sync", program, file, layout.run(program, "export", "--db", file)))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(check(*sys.argv[1:3], sys.argv[3:]))
