# SPDX-License-Identifier: MIT
"""The tables that records are shown as, worked out from the JSON Schema and the records' JSON alone, and how they are compared."""
import calendar
import datetime
import json
import subprocess
import sys


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, **options)
    if done.returncode not in (0, 1):
        raise RuntimeError("%s: exit code %d" % (" ".join(map(str, command)), done.returncode))
    return done.stdout.decode("utf-8")


def days_of(date):
    """First and last day of 2024, 2024-02, 2024-02-17."""
    if date is None:
        return None, None
    parts = [int(part) for part in date.split("-")]
    first = datetime.date(*(parts + [1, 1])[:3])
    month = parts[1] if len(parts) > 1 else 12
    last = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return first.isoformat(), datetime.date(parts[0], month, last).isoformat()


class Members(dict):
    """An object of JSON. In `provenance` a field may stand more than once."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.pairs = pairs


def read_records(text):
    return [json.loads(line, object_pairs_hook=Members) for line in text.splitlines()]


class Table:
    """Columns in order, the number of them that are its key, and rows as lists."""

    def __init__(self, keys, columns):
        self.keys, self.columns, self.rows = keys, keys + [name for name, _ in columns], []
        self.fields = dict(columns)
        self.all = []
        for name in self.columns:
            self.all += [name] + ([name + "_from", name + "_to"] if self.is_date(name) else [])

    def is_date(self, name):
        return name not in self.keys and "[0-9]{4}" in self.fields[name].get("pattern", "") and \
            self.fields[name]["pattern"].startswith("^[0-9]{4}(")

    def add(self, keys, values):
        row = list(keys)
        for name in self.columns[len(keys):]:
            value = values.get(name)
            row += [value] + (list(days_of(value)) if self.is_date(name) else [])
        self.rows.append(row)


def members_of(schema, field):
    field = field.get("items", field)
    return schema["$defs"][field["$ref"].rsplit("/", 1)[1]]["properties"] if "$ref" in field else None


def is_list(field):
    return field.get("type") == "array"


def scalars_of(members):
    return [(name, field) for name, field in members.items() if not is_list(field)]


def make_tables(schema, provenance):
    trial, tables = [], {}
    for name, field in schema["properties"].items():
        members = members_of(schema, field)
        if is_list(field):
            tables[name] = Table(["record_no", "position"], scalars_of(members) if members else [("value", {})])
            for member, inner in (members or {}).items():
                if is_list(inner):
                    kind = field["items"]["$ref"].rsplit("/", 1)[1]
                    deep = members_of(schema, inner)
                    tables[kind + "_" + member] = Table(["record_no", kind + "_position", "position"],
                                                        scalars_of(deep) if deep else [("value", {})])
        elif members:
            trial += [(name + "_" + member, inner) for member, inner in scalars_of(members)]
        elif field.get("type") != "object":
            trial.append((name, field))
    tables["extra"] = Table(["record_no", "position", "value_position"], [("label", {}), ("value", {})])
    if provenance:
        tables["provenance"] = Table(["record_no", "position"],
                                     [("field", {})] + scalars_of(schema["$defs"]["origin"]["properties"]))
    return {"trials": Table(["record_no"], trial), **tables}


def fill_list(schema, tables, number, name, entries):
    field = schema["properties"][name]
    members = members_of(schema, field)
    for position, entry in enumerate(entries):
        tables[name].add([number, position], entry if members else {"value": entry})
        for member, inner in (members or {}).items():
            if not is_list(inner):
                continue
            deep = tables[field["items"]["$ref"].rsplit("/", 1)[1] + "_" + member]
            for at, value in enumerate(entry.get(member, [])):
                deep.add([number, position, at], value if isinstance(value, dict) else {"value": value})


def fill(schema, tables, number, record):
    scalars = {}
    for name, value in record.items():
        field = schema["properties"][name]
        if is_list(field):
            fill_list(schema, tables, number, name, value)
        elif members_of(schema, field):
            scalars.update((name + "_" + member, inner) for member, inner in value.items())
        else:
            scalars[name] = value
    tables["trials"].add([number], scalars)
    for position, (label, values) in enumerate(record.get("extra", {}).items()):
        for at, value in enumerate(values if isinstance(values, list) else [values]):
            tables["extra"].add([number, position, at], {"label": label, "value": value})
    if "provenance" in tables:
        for position, (field, origin) in enumerate(record.get("provenance", Members([])).pairs):
            tables["provenance"].add([number, position], dict(origin, field=field))


def expected(program, records, provenance, numbers=None):
    """The tables of records (of NDJSON), by name; trials are numbered from 0, or as `numbers` says."""
    schema = json.loads(run(program, "schema"))
    tables = make_tables(schema, provenance)
    for at, record in enumerate(records):
        fill(schema, tables, numbers[at] if numbers else at, record)
    for table in tables.values():
        table.rows.sort(key=lambda row: row[:len(table.keys)])
    return tables


def differences(name, table, rows, few=5):
    """Prints the first differences of a table; returns how many there are."""
    count = 0
    if len(rows) != len(table.rows):
        print("%s: %d rows, and not %d" % (name, len(rows), len(table.rows)))
        count += 1
    for got, want in zip(rows, table.rows):
        for column, is_, should in zip(table.all, got, want):
            same = is_ == should and (is_ is None) == (should is None)
            if not same and count < few:
                print("%s.%s %r: %r, and not %r" % (name, column, want[:len(table.keys)], is_, should))
            count += not same
        count += len(got) != len(want)
    return count


def questions(tables):
    """Joins: SQL for any engine, and the answer that it must give."""
    def at(name, *columns):
        return [tables[name].all.index(column) for column in columns]

    key, first, last = at("trials", "record_no", "start_date_from", "start_date_to")
    sites, contacts, labels = {}, {}, 0
    for row in tables["locations"].rows:
        sites[row[0]] = sites.get(row[0], 0) + 1
    for row in tables["location_contacts"].rows:
        contacts[tuple(row[:2])] = contacts.get(tuple(row[:2]), 0) + 1
    arms = {tuple(row[:2]) for row in tables["arms"].rows}
    for row in tables["arm_intervention_names"].rows:
        labels += tuple(row[:2]) in arms
    day = "2020-07-15"
    might = sum(1 for row in tables["trials"].rows if row[first] and row[first] <= day <= row[last])
    surely = sum(1 for row in tables["trials"].rows if row[first] and row[last] <= day)
    return [
        ("SELECT t.record_no, count(*) FROM trials t JOIN locations l ON l.record_no = t.record_no "
         "GROUP BY t.record_no ORDER BY t.record_no", sorted([number, count] for number, count in sites.items())),
        ("SELECT l.record_no, l.position, count(*) FROM locations l JOIN location_contacts c ON c.record_no = l.record_no "
         "AND c.location_position = l.position GROUP BY l.record_no, l.position ORDER BY l.record_no, l.position",
         sorted([*place, count] for place, count in contacts.items())),
        ("SELECT count(*) FROM arms a JOIN arm_intervention_names n ON n.record_no = a.record_no "
         "AND n.arm_position = a.position", [[labels]]),
        ("SELECT count(*) FROM trials WHERE start_date_from <= '%s' AND start_date_to >= '%s'" % (day, day), [[might]]),
        ("SELECT count(*) FROM trials WHERE start_date_to <= '%s'" % day, [[surely]]),
        ("SELECT count(*) FROM trials WHERE has_results", [[sum(1 for row in tables["trials"].rows
                                                                  if row[at("trials", "has_results")[0]])]]),
    ]


def ask(engine, name, tables, answers):
    """Holds every cell of `tables` and the answers to the questions against `answers(statements)`, which returns the rows of each.
    The exit code."""
    faults = 0
    asked = questions(tables)
    selects = ["SELECT %s FROM %s ORDER BY %s" % (", ".join('"offset"' if column == "offset" else column for column in table.all),
                                                  name, ", ".join(table.keys)) for name, table in tables.items()]
    given = answers(selects + [sql for sql, _ in asked])
    for (table_name, table), rows in zip(tables.items(), given):
        faults += differences(table_name, table, rows)
    for (sql, answer), rows in zip(asked, given[len(tables):]):
        if rows != answer:
            print("%s\n  gives %r, and not %r" % (sql, rows[:10], answer[:10]))
            faults += 1
    cells = sum(len(table.rows) * len(table.all) for table in tables.values())
    print("%s: %s: %d trials, %d tables, %d rows, %d cells, %d differences" % (
        engine, name, len(tables["trials"].rows), len(tables), sum(len(table.rows) for table in tables.values()), cells, faults))
    if not tables["trials"].rows:
        print("there is no trial", file=sys.stderr)
        return 2
    return 1 if faults else 0
