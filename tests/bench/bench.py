#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times trialnorm beside other programs over inputs made for it, and writes docs/PERFORMANCE.md. Started by run.sh, which builds and installs what is needed.

usage: bench.py BUILD CACHE [--quick] [--no-large] [--write] [--corpus FILE.ndjson] [--inputs FOLDER] [PART...]

Parts: sides, formats, archives, memory, startup, same, profile, web, pages; all without any. A run of all parts at full size rewrites the page; --write: any other run too,
of the page what it measured.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import page
from measure import Ratio, hyperfine, in_turns, machine, median_peak, peak_megabytes, table

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ROUNDS = 5
MEGA = 1000000


class Goals:
    """What was promised, what was reached, by the part that measured it."""

    def __init__(self):
        self.part, self.rows = "", []

    def add(self, what, wanted, reached, met):
        self.rows.append([f"`{self.part}`", what, wanted, reached, "**met**" if met else "not met"])

    def times(self, what, wanted, ratio, most=False):
        """A ratio that is at least `wanted`, or at most."""
        met = ratio.median <= wanted if most else ratio.median >= wanted
        self.add(what, f"{'≤' if most else '≥'} {wanted:g} ×", f"{ratio.median:.2f} × ({ratio.least:.2f})", met)

    def text(self, before=""):
        """A table; of the one before, the rows of parts that were not measured now are kept."""
        now = {row[0] for row in self.rows}
        kept = [row for row in (line.strip("| ").split(" | ") for line in before.splitlines() if line.startswith("| `")) if row[0] not in now]
        order = [f"`{part}`" for part in PARTS]
        return table(["part", "goal", "wanted", "reached", ""], sorted(kept + self.rows, key=lambda row: order.index(row[0])))


class Bench:
    def __init__(self, given, folder):
        build = pathlib.Path(given.build)
        self.program, self.floor = str(build / "trialnorm"), str(build / "tests/bench/floor")
        self.cache, self.folder, self.quick, self.corpus = given.cache, pathlib.Path(folder), given.quick, given.corpus
        self.large = not (given.quick or given.no_large)
        self.megabytes, self.files = (30, 2000) if self.quick else (100, 20000)
        self.goals, self.mixes = Goals(), []

    def trialnorm(self, *arguments):
        return [self.program, "-q", *map(str, arguments)]

    def make(self, name, *arguments):
        """Inputs of this name, made when they are not there; what came out is told in a line."""
        told = self.folder / f"{name}.txt"
        if not told.exists():
            more = ["--corpus", self.corpus] if self.corpus and "--small" not in arguments else []
            ran = subprocess.run([sys.executable, HERE / "studies.py", *map(str, arguments), *more], stdout=subprocess.PIPE, text=True, check=True)
            told.write_text(ran.stdout)
        print(f"{name}: {told.read_text().strip()}", flush=True)
        return told.read_text().strip()

    def studies(self, megabytes):
        """NDJSON, an array and an archive of so many megabytes."""
        name = f"corpus-{megabytes}" if self.corpus else f"{megabytes}"
        forms = {form: str(self.folder / f"{name}.{form}") for form in ("ndjson", "array", "zip")}
        told = self.make(name, "--bytes", megabytes * MEGA, *(word for form, path in forms.items() for word in (f"--{form}", path)))
        return forms, told


def others(bench, path):
    """The programs that others would take for ten fields of each study; those that are not there are told."""
    duckdb = os.path.isdir(os.path.join(bench.cache, "node_modules", "@duckdb", "node-api"))
    there = {
        "`jq -c`, ten fields": ("jq", ["jq", "-c", "-f", str(HERE / "ten_fields.jq"), path]),
        "Python `json`, ten fields": ("python3", ["/usr/bin/env", "python3", str(HERE / "ten_fields.py"), path]),
        "Miller, ten fields": ("mlr", ["mlr", "--ijsonl", "--ojsonl", "put", "-q", "-f", str(HERE / "ten_fields.mlr"), path]),
        "DuckDB `read_json`, ten fields": ("node" if duckdb else "DuckDB", ["node", str(HERE / "ten_fields.mjs"), bench.cache, path]),
        "the same, told the types": ("node" if duckdb else "DuckDB", ["node", str(HERE / "ten_fields.mjs"), bench.cache, path, "told"]),
    }
    for name, (program, _) in there.items():
        if not shutil.which(program):
            print(f"SKIP {name}: no {program}")
    return {name: command for name, (program, command) in there.items() if shutil.which(program)}


def sides(bench):
    """Everybody over the same file."""
    forms, told = bench.studies(bench.megabytes)
    path = forms["ndjson"]
    own = {f"trialnorm -j{n} to {form.upper()}": bench.trialnorm(f"-j{n}", "-t", form, path) for form in ("ndjson", "csv") for n in (1, 2)}
    commands = {"floor (cJSON alone, from an arena)": [bench.floor, path], **own, **others(bench, path)}
    times, size = in_turns(commands, ROUNDS), os.path.getsize(path)
    floor, one, two = (times[name] for name in list(commands)[:3])
    rows = []
    for name, some in times.items():
        rows.append([name, f"{Ratio(some.wall, one.wall).median:.2f}", f"{Ratio(some.cpu, floor.cpu).median:.2f}", f"{some.median_wall():.2f}",
                     f"{some.median_cpu():.2f}", f"{size / some.median_wall() / MEGA:.0f}", f"{peak_megabytes(commands[name]):.1f}"])
    goals = bench.goals
    goals.times("CPU time of `-j1`, of the floor's", 2, Ratio(one.cpu, floor.cpu), most=True)
    goals.times("the same, the aim", 1.5, Ratio(one.cpu, floor.cpu), most=True)
    faster = [("`-j1`, of jq's", "`jq -c`, ten fields", one, 3), ("`-j2`, of jq's", "`jq -c`, ten fields", two, 5.5),
              ("`-j2`, of Python's", "Python `json`, ten fields", two, 4), ("`-j2`, of DuckDB's", "DuckDB `read_json`, ten fields", two, 6),
              ("`-j2`, of DuckDB's that is told the types", "the same, told the types", two, 6)]
    goals.times("speed of `-j2`, of `-j1`'s", 1.8, Ratio(one.wall, two.wall))
    for what, name, some, wanted in faster:
        if name in times:
            goals.times(f"speed of {what}", wanted, Ratio(times[name].wall, some.wall))
    head = ["", "wall time, × `-j1`", "CPU time, × floor", "wall s", "CPU s", "MB/s", "peak memory, MB"]
    return f"{told}; {ROUNDS} runs each\n\n{table(head, rows)}"


def repeated(path, megabytes, before, text, behind):
    """A file of so many megabytes."""
    if not path.exists():
        with open(path, "wb") as file:
            file.write(before)
            for _ in range(megabytes * MEGA // len(text) + 1):
                file.write(text)
            file.write(behind)
    return path


def in_formats(bench, megabytes):
    """The invented study of the fixtures as XML and as a table, over and over."""
    one = {name: next((ROOT / "fixtures" / name / "same-trial").glob("input.*")).read_bytes() for name in ("ctgov-xml", "ctgov-csv")}
    study = one["ctgov-xml"].split(b"?>", 1)[1]
    header, row = one["ctgov-csv"].split(b"\n", 1)
    return {"XML (`ctgov-xml`)": repeated(bench.folder / f"{megabytes}.xml", megabytes, b"<studies>", study, b"</studies>"),
            "CSV (`ctgov-csv`)": repeated(bench.folder / f"{megabytes}.csv", megabytes, header + b"\n", row, b"")}


def formats(bench):
    """XML and delimited text, one thread, and their memory from a pipe."""
    small, large = (30, 100) if not bench.large else (100, 1000)
    inputs, larger = in_formats(bench, small), in_formats(bench, large)
    times = in_turns({name: bench.trialnorm("-j1", path) for name, path in inputs.items()}, ROUNDS)
    rows = []
    for (name, some), wanted in zip(times.items(), (60, 80)):
        speed = inputs[name].stat().st_size / MEGA / some.median_cpu()
        peaks = [peak_megabytes(bench.trialnorm("-j1", "-"), source=path[name]) for path in (inputs, larger)]
        bench.goals.add(f"{name}, a second of CPU time", f"≥ {wanted} MB", f"{speed:.0f} MB", speed >= wanted)
        bench.goals.add(f"peak memory, {large} MB, {name} from a pipe, beside {small} MB", "± 10 %", f"{100 * (peaks[1] / peaks[0] - 1):+.0f} %",
                        abs(peaks[1] / peaks[0] - 1) <= 0.1)
        rows.append([name, f"{some.median_wall():.2f}", f"{some.median_cpu():.2f}", f"{speed:.0f}", *(f"{peak:.1f}" for peak in peaks)])
    return table([f"{small} MB, {ROUNDS} runs each", "wall s", "CPU s", "MB a second of CPU time", f"peak memory, MB, {small} MB from a pipe", f"the same, {large} MB"], rows)


INFLATE = """import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        sys.stdout.buffer.write(archive.read(name))"""


def inflaters(path):
    """Programs that only inflate, with one thread."""
    there = {"`unzip -p`": ["unzip", "-p", path], "Python `zipfile`": ["python3", "-c", INFLATE, path], "`bsdtar -xO`": ["bsdtar", "-xOf", path]}
    for command in there.values():
        if not shutil.which(command[0]):
            print(f"SKIP {command[0]}: it is not there")
    return {name: command for name, command in there.items() if shutil.which(command[0])}


def archives(bench):
    """Many files, and an archive of them."""
    folder, path, small = bench.folder / "studies", str(bench.folder / "studies.zip"), bench.folder / "small"
    told = bench.make("studies", "--count", bench.files, "--files", folder, "--zip", path)
    told_small = bench.make("small", "--count", bench.files, "--small", "--files", small)
    own = {f"trialnorm -j{n}, {what}": bench.trialnorm(f"-j{n}", source)
           for what, source in (("the archive", path), ("the files", folder), ("small files", small)) for n in (1, 2)}
    bare = inflaters(path)
    times = in_turns({**own, **bare}, ROUNDS)
    one, two = times["trialnorm -j1, the archive"], times["trialnorm -j2, the archive"]
    files_one = times["trialnorm -j1, the files"]
    sizes = {"small files": float(told_small.split(", ")[1].split()[0])}
    whole = float(told.split(", ")[1].split()[0])
    rows = [[name, f"{Ratio(some.wall, files_one.wall).median:.2f}", f"{Ratio(some.cpu, files_one.cpu).median:.2f}", f"{some.median_wall():.2f}",
             f"{some.median_cpu():.2f}", f"{sizes.get(name.split(', ')[-1], whole) / some.median_wall():.0f}", f"{bench.files / some.median_wall():,.0f}"]
            for name, some in times.items()]
    bench.goals.times("the archive: speed of `-j2`, of `-j1`'s", 1.7, Ratio(one.wall, two.wall))
    for name in bare:
        bench.goals.times(f"the archive: speed of `-j2`, of {name}'s", 1.3, Ratio(times[name].wall, two.wall))
    head = ["", "wall time, × `-j1` of the files", "CPU time, × the same", "wall s", "CPU s", "MB/s", "files/s"]
    packed = os.path.getsize(path) / MEGA
    return (f"The archive and the files: {told}; packed {packed:.0f} MB. Small files: {told_small}. {ROUNDS} runs each.\n\n{table(head, rows)}")


def memory(bench):
    """Peak memory over inputs of two sizes, the median of three runs."""
    small, large = (100, 1000) if bench.large else (10, 30) if bench.quick else (30, 100)
    peaks = {}
    for megabytes in (small, large):
        forms, _ = bench.studies(megabytes)
        for n in (1, 2):
            peaks["a JSON array", n, megabytes] = median_peak(bench.trialnorm(f"-j{n}", forms["array"]))
            peaks["NDJSON from a pipe", n, megabytes] = median_peak(bench.trialnorm(f"-j{n}", "-"), source=forms["ndjson"])
            peaks["an archive (zip)", n, megabytes] = median_peak(bench.trialnorm(f"-j{n}", forms["zip"]))
    kinds = list(dict.fromkeys(kind for kind, _, _ in peaks))
    rows = [[kind] + [f"{peaks[kind, n, size]:.1f}" for n in (1, 2) for size in (small, large)] for kind in kinds]
    for kind in kinds:
        most = max(peaks[kind, n, large] for n in (1, 2))
        bench.goals.add(f"peak memory, {large} MB, {kind}", "≤ 64 MB", f"{most:.1f} MB", most <= 64)
        growth = [peaks[kind, n, large] / peaks[kind, n, small] - 1 for n in (1, 2)]
        worst = max(growth, key=abs)
        bench.goals.add(f"the same, beside {small} MB", "± 10 %", f"{100 * worst:+.0f} %", abs(worst) <= 0.1)
    return table(["peak memory, MB"] + [f"`-j{n}`, {size} MB" for n in (1, 2) for size in (small, large)], rows)


def startup(bench):
    """From start to exit with one small page."""
    pages = [ROOT / "fixtures/clinconnect/html-page/input.html", ROOT / "fixtures/ctgov-v2/full-study/input.json"]
    runs = 20 if bench.quick else 100
    rows, medians = [], []
    for result, one in zip(hyperfine([bench.trialnorm(one) for one in pages], runs, "--warmup", "5", "--ignore-failure"), pages):
        times = sorted(1000 * seconds for seconds in result["times"])
        medians.append(statistics.median(times))
        rows.append([f"`{one.relative_to(ROOT)}`", f"{one.stat().st_size / 1000:.1f}", f"{medians[-1]:.1f}", f"{times[0]:.1f}", f"{times[-1]:.1f}",
                     f"{1000 * (result['user'] + result['system']):.1f}"])
    bench.goals.add("one small page from start to exit", "≤ 10 ms", f"{medians[0]:.1f} ms", medians[0] <= 10)
    return table([f"{runs} runs each", "KB", "ms, median", "least", "most", "CPU ms, mean"], rows)


def digest(command):
    """Exit code and a hash of what a command writes."""
    run, seen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL), hashlib.sha256()
    for block in iter(lambda: run.stdout.read(1 << 20), b""):
        seen.update(block)
    return run.wait(), seen.hexdigest()


def same(bench):
    """Whether the output is the same for every number of threads."""
    forms, _ = bench.studies(bench.megabytes)
    corpus = pathlib.Path(os.environ.get("TRIALNORM_CORPUS", ROOT / "../shared/corpus"))
    sources = [*forms.values(), *(sorted(map(str, corpus.iterdir())) if corpus.is_dir() else [])]
    rows = []
    for form in ("ndjson", "csv"):
        differ = [source for source in sources if len({digest(bench.trialnorm(f"-j{n}", "-t", form, source)) for n in (1, 2, 7)}) > 1]
        rows.append(f"{form.upper()}: `-j1`, `-j2` and `-j7` write the same for {len(sources) - len(differ)} of {len(sources)} inputs"
                    + "".join(f"; not for `{pathlib.Path(source).name}`" for source in differ))
        bench.goals.add(f"the same {form.upper()} for `-j1`, `-j2` and `-j7`", f"{len(sources)} inputs", str(len(sources) - len(differ)), not differ)
    return "\n\n".join(rows)


def script(*command):
    """What a script prints."""
    ran = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, check=False)
    return ran.stdout.strip() + (f"\n\n**{command[-2]} failed, code {ran.returncode}**" if ran.returncode else "")


def profile(bench):
    forms, _ = bench.studies(bench.megabytes)
    return script("sh", HERE / "profile.sh", forms["ndjson"])


def web(bench):
    return script(sys.executable, HERE / "web_archive.py", bench.program, 1 if bench.quick else 3)


def pages(bench):
    return script(sys.executable, HERE / "pages.py", bench.program, 300 if bench.quick else 3000)


PARTS = {part.__name__: part for part in (sides, formats, archives, memory, startup, same, profile, web, pages)}


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("build")
    parser.add_argument("cache")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-large", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--corpus")
    parser.add_argument("--inputs")
    parser.add_argument("parts", nargs="*")
    given = parser.parse_intermixed_args()
    if not set(given.parts) <= set(PARTS):
        parser.error(f"the parts are {' '.join(PARTS)}")
    return given


def run(bench, parts):
    texts = {}
    for name in parts:
        bench.goals.part, load = name, os.getloadavg()[0]
        print(f"\n== {name}", flush=True)
        texts[name] = f"{PARTS[name](bench)}\n\n({time.strftime('%Y-%m-%d')}; load of the machine when this part began: {load:.1f})"
        print(texts[name], flush=True)
    print(f"\n== goals\n{machine()}\n\n{bench.goals.text()}")
    return texts


def write(bench, texts):
    for name, text in texts.items():
        page.put(name, text)
    page.put("machine", machine())
    page.put("goals", bench.goals.text(page.get("goals")))
    print(f"\nwritten to {page.PAGE.relative_to(ROOT)}")


def main():
    given = arguments()
    if os.getloadavg()[0] > 0.3 * os.cpu_count():
        print(f"The machine is busy (load {os.getloadavg()[0]:.1f}): wall times say little, ratios are rough.")
    with tempfile.TemporaryDirectory(prefix="trialnorm-bench-") as folder:
        if given.inputs:
            pathlib.Path(given.inputs).mkdir(parents=True, exist_ok=True)
        bench = Bench(given, given.inputs or folder)
        texts = run(bench, given.parts or list(PARTS))
    if given.write or not (given.parts or given.quick or given.no_large or given.corpus):
        write(bench, texts)


if __name__ == "__main__":
    main()
