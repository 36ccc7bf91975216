#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How far a run is, on a terminal of our own and in a log: what is drawn, how often, how wide, and that nothing mixes.
usage: progress.py PROGRAM"""
import concurrent.futures
import fcntl
import gzip
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import zipfile

PROGRAM = os.path.abspath(sys.argv[1])
ERASE = "\r\x1b[K"
SUMMARY = re.compile(r"trialnorm: \d+ records?: .*; [\d.]+ s(, [\d.]+ \w+/s)?\r\n\Z")
FRAME = re.compile(r"(\d+ %(, \d+:\d\d left)?|[\d.]+ \w*B), [\d.]+ \w*B/s, \d+ records?(, \d+ \w+)*")


def study(number, status="RECRUITING"):
    return json.dumps({"protocolSection": {
        "identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Study {number}"},
        "statusModule": {"overallStatus": status}, "descriptionModule": {"briefSummary": "Word. " * 300}},
        "hasResults": False}) + "\n"


class Terminal:
    """Runs the program with a terminal as standard error. For `slow` seconds its output is taken piece by piece."""

    def __init__(self, args, columns=0, slow=1.9, stdout=None, stdin=subprocess.DEVNULL, stop=None, feed=None, term="xterm"):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        out = {None: subprocess.PIPE, "terminal": slave}.get(stdout, stdout)
        self.began = time.monotonic()
        self.run = subprocess.Popen([PROGRAM, *args], stdin=stdin, stdout=out, stderr=slave,
                                    env={**os.environ, "TERM": term})
        os.close(slave)
        self.text, self.output, self.times = b"", 0, []
        sources = [master] + ([self.run.stdout] if out == subprocess.PIPE else [])
        turn = stopped = 0
        while master in sources:
            if feed and turn < len(feed):
                self.run.stdin.write(feed[turn])
                self.run.stdin.flush()
                time.sleep(0.05)
            elif feed and not self.run.stdin.closed:
                self.run.stdin.close()
            turn += 1
            if stop and not stopped and time.monotonic() > self.began + 1.5:
                self.run.send_signal(stop)
                stopped = 1
            for ready in select.select(sources, [], [], 0.02)[0]:
                try:
                    piece = os.read(master, 65536) if ready == master else os.read(ready.fileno(), 65536)
                except OSError: # the last who had the terminal is gone
                    piece = b""
                if not piece:
                    sources.remove(ready)
                elif ready == master:
                    self.text += piece
                    self.times.append(time.monotonic())
                else:
                    self.output += len(piece)
                    time.sleep(0.05 if time.monotonic() < self.began + slow else 0)
        os.close(master)
        self.code = self.run.wait(timeout=30)
        self.took = time.monotonic() - self.began
        self.text = self.text.decode()

    @property
    def frames(self):
        """What was drawn, and what stands behind the last."""
        return [part for part in self.text.split(ERASE)[1:] if part and "\n" not in part]

    def screen(self):
        """The lines that stay when all is over."""
        return "".join(re.sub(r".*" + re.escape(ERASE), "", line) for line in re.findall(r"[^\n]*\n|[^\n]+", self.text))


class Checks:
    passed = failed = 0

    def that(self, what, good, shown=""):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAIL {what}: {shown!r}"[:2000])


def a_line(check, file, jobs):
    run = Terminal(["-j", jobs, file], columns=100)
    check.that("a slow run is slow", run.took > 1.5, run.took)
    check.that("frames", len(run.frames) >= 3, run.text)
    check.that("not before a second", run.times[0] - run.began >= 0.95, (run.began, run.times[:1]))
    check.that("ten times a second at most", len(run.frames) <= 10 * (run.took - 0.9) + 2, (len(run.frames), run.took))
    check.that("form", all(FRAME.fullmatch(frame) for frame in run.frames), run.frames)
    check.that("share and time left", all(" %, " in frame for frame in run.frames) and
               any(" left, " in frame for frame in run.frames), run.frames)
    shares = [int(frame.split(" ")[0]) for frame in run.frames]
    check.that("the share grows to 100", shares == sorted(shares) and shares[-1] <= 100, shares)
    check.that("only the summary stays", SUMMARY.fullmatch(run.screen()), run.screen())
    check.that("and says how fast", re.search(r"; \d+\.\d+ s, [\d.]+ \w+/s\r\n", run.text), run.text[-200:])


def narrow(check, file):
    for columns in (1, 20, 41):
        run = Terminal([file], columns=columns)
        check.that(f"{columns} columns", columns == 1 or run.frames, run.text)
        check.that(f"{columns} columns hold it", all(len(frame) < columns for frame in run.frames), run.frames)


def messages(check, folder):
    file = os.path.join(folder, "warned.ndjson")
    with open(file, "w", encoding="ascii") as out:
        out.writelines(study(i, "SLEEPING" if i % 5 == 0 else "RECRUITING") if i % 501 else "{]\n" for i in range(1, 2500))
    run = Terminal(["-j2", file])
    lines = run.screen().replace("\r\n", "\n").splitlines()
    check.that("messages are whole", len([line for line in lines if re.fullmatch(
        r"\S+:\d+: (warning: status: 'SLEEPING' is no known word.* \[unknown-value\]|error: .* \[[\w-]+\])", line)])
        == len(lines) - 1, [line for line in lines if "SLEEPING" not in line][:5])
    check.that("and are counted", any(re.search(r", [1-9]\d* failed, [1-9]\d* warnings", frame) for frame in run.frames),
               run.frames[-3:])


def without_size(check):
    feed = ["".join(study(i) for i in range(n * 20, n * 20 + 20)).encode() for n in range(30)]
    run = Terminal(["-j1"], stdin=subprocess.PIPE, feed=feed, columns=120)
    check.that("bytes where the size is not known", run.frames and all(re.match(r"[\d.]+ \w*B, ", frame)
               for frame in run.frames), run.text)


def of_standard_input(check, file):
    with open(file, "rb") as source:
        run = Terminal([], stdin=source, columns=100)
    check.that("a file as standard input has a size", run.frames and all(" %, " in frame for frame in run.frames), run.text)


def no_line(check, file, folder):
    one = os.path.join(folder, "one.ndjson")
    with open(one, "w", encoding="ascii") as out:
        out.write(study(1))
    out = os.path.join(folder, "out.json")
    short = Terminal(["-o", out, one])
    check.that("none for a short run", SUMMARY.fullmatch(short.text), short.text)
    quiet = Terminal(["-q", "--progress", file], slow=1.3)
    check.that("none with --quiet", quiet.text == "", quiet.text)
    none = Terminal(["--progress=none", file], slow=1.3)
    check.that("none with --progress=none", SUMMARY.fullmatch(none.text), none.text)
    dumb = Terminal([file], slow=1.3, term="dumb")
    check.that("none on a dumb terminal", SUMMARY.fullmatch(dumb.text), dumb.text)
    for style in ("auto", "line"):
        same = Terminal([f"--progress={style}", "--columns=trial_id", file], stdout="terminal")
        check.that(f"{style}: none between the trials", ERASE not in same.text, same.text[-200:])


def stopped(check, file):
    for number in (signal.SIGINT, signal.SIGTERM):
        run = Terminal(["-j2", "--progress=line", file], stop=number)
        check.that("exit code", run.code == 128 + number, run.code)
        check.that("cleared", run.frames and run.text.endswith(ERASE), run.text[-100:])


def logs(check, file, folder):
    out = os.path.join(folder, "log.json")
    for style, plain in (("plain", True), ("", True), ("auto", False), ("none", False)):
        run = subprocess.run([PROGRAM, "--progress" + (f"={style}" if style else ""), "-o", out, file],
                             capture_output=True, text=True, timeout=60, check=False)
        last = [line for line in run.stderr.splitlines() if re.fullmatch(r"trialnorm: 0:\d\d gone, 100 %, .*", line)]
        check.that(f"--progress={style}: last line", (len(last) == 1) == plain, run.stderr)
        check.that(f"--progress={style}: summary", (": 3000 written" in run.stderr) == plain, run.stderr)
    run = subprocess.run([PROGRAM, "--progress=often", file], capture_output=True, text=True, timeout=60, check=False)
    check.that("unknown style", run.returncode == 2 and "not 'often'" in run.stderr, run.stderr)


def a_long_log(check):
    """Has a line after ten seconds and one at the end."""
    run = subprocess.Popen([PROGRAM, "--progress=plain"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE)
    for part in range(23):
        run.stdin.write("".join(study(i) for i in range(part * 200 + 1, part * 200 + 201)).encode())
        run.stdin.flush()
        time.sleep(0.5)
    said = run.communicate()[1].decode()
    check.that("a log has a line every ten seconds", re.fullmatch(
        r"trialnorm: 0:1[01] gone, [\d.]+ MB, [^\n]+ [1-9]\d+ records\ntrialnorm: 0:1\d gone, [^\n]+ 4600 records\n"
        r"trialnorm: 4600 records[^\n]+\n", said), said)


def archives(check, folder):
    """The share of what is packed is one of the packed bytes; files of a folder are added up."""
    texts = {f"{n:03d}.json": study(n) for n in range(1, 901)}
    os.mkdir(os.path.join(folder, "files"))
    for name, text in texts.items():
        with open(os.path.join(folder, "files", name), "w", encoding="ascii") as out:
            out.write(text * 3)
    with zipfile.ZipFile(os.path.join(folder, "packed.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text * 3)
    with gzip.open(os.path.join(folder, "packed.gz"), "wt") as out:
        out.write("".join(text * 3 for text in texts.values()))
    for name in ("files", "packed.zip", "packed.gz"):
        run = Terminal(["-j2", os.path.join(folder, name)], columns=100)
        shares = [int(frame.split(" %")[0]) for frame in run.frames if " %" in frame]
        check.that(f"{name}: shares", shares and len(shares) == len(run.frames) and shares == sorted(shares), run.frames)
        check.that(f"{name}: summary", re.search(r"trialnorm: 2700 records: 2700 written, .* s", run.text), run.text[-200:])


def main():
    check = Checks()
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "studies.ndjson")
        with open(file, "w", encoding="ascii") as out:
            out.writelines(study(i) for i in range(1, 3001))
        # They wait most of the time.
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(a_long_log, check), pool.submit(a_line, check, file, "1"), pool.submit(a_line, check, file, "2"),
                    pool.submit(narrow, check, file), pool.submit(messages, check, folder), pool.submit(without_size, check),
                    pool.submit(of_standard_input, check, file), pool.submit(no_line, check, file, folder),
                    pool.submit(stopped, check, file), pool.submit(logs, check, file, folder),
                    pool.submit(archives, check, folder)]
            for run in runs:
                run.result()
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
