#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/fetch-ctgov.sh against a registry that fails: either its folder has all studies, or it stays as it was and the exit code says so. What it fetched is then
synced.

usage: fetch_ctgov.py PROGRAM
"""
import concurrent.futures
import fcntl
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

from common import ROOT, Dataset, check, identification, left_behind, lines, same, scratch, study
from registry import Registry, serve

SCRIPT = ROOT / "docs" / "fetch-ctgov.sh"
COUNT, SIZE = 23, 5
PAGES = -(-COUNT // SIZE)


def old_studies():
    return [study(number, overallStatus="RECRUITING") for number in range(COUNT - 4)]


def new_studies():
    return [study(number, overallStatus="COMPLETED", lastUpdatePostDateStruct={"date": f"2026-11-{number + 1:02}", "type": "ACTUAL"}) for number in range(COUNT)]


def environment(address):
    return {**os.environ, "CTGOV_URL": address, "CTGOV_PAGE_SIZE": str(SIZE), "CTGOV_RETRIES": "1", "CTGOV_SECONDS": "20"}


def fetch(address, *arguments, shell=("sh",), **more):
    return subprocess.run([*shell, SCRIPT, *map(str, arguments)], env={**environment(address), **more}, capture_output=True, text=True, check=False, timeout=120)


def ids(studies):
    return sorted(identification(one)["nctId"] for one in studies)


def held(folder):
    """The studies in a folder, page after page."""
    pages = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]
    return [one for page in pages for one in page["studies"]]


def is_old(folder):
    return held(folder) == old_studies()


def is_new(folder):
    return held(folder) == new_studies()


def nothing_beside(work, *names):
    same([name for name in left_behind(work) if name != "full.lock"], sorted(names), "left behind")


# What goes wrong, on which page, how often; and the exit code. A fault that passes is got over; one that stays is told.
FAULTS = [
    ("nothing", 0, [], False, 0),
    ("the connection breaks once", 3, ["drop"], False, 0),
    ("the connection breaks always", 3, ["drop"], True, 1),
    ("500 once", 2, [500], False, 0),
    ("503 always", 2, [503], True, 1),
    ("429, wait a second", 4, [429], False, 0),
    ("429 always", 4, [429], True, 1),
    ("404", 2, [404], True, 1),
    ("cut in the middle once", 2, ["cut"], False, 0),
    ("cut in the middle always", 2, ["cut"], True, 1),
    ("the last page cut always", PAGES, ["cut"], True, 1),
    ("an empty answer", 1, ["empty"], True, 1),
    ("words instead of studies", 3, ["words"], True, 1),
    ("the token passes a page over", 2, ["jump"], True, 1),
    ("the token leads back", 3, ["back"], True, 1),
    ("a study is missing", 3, ["short"], True, 1),
    ("a study is there twice, another is missing", 3, ["twice"], True, 1),
    ("the data change meanwhile", 3, ["data"], False, 1),
    ("no version", 0, [500], True, 1),
    ("an empty version once", 0, ["empty"], False, 0),
    ("an empty version always", 0, ["empty"], True, 1),
    ("a version without its day", 0, [b'{"apiVersion": "2.0.5"}'], True, 1),
    ("a version with an empty day", 0, [b'{"dataTimestamp": ""}'], True, 1),
    ("a version with another day", 0, [b'{"dataTimestamp": "yesterday"}'], True, 1),
    ("an empty answer once", 2, ["empty"], False, 0),
    ("the last page empty once", PAGES, ["empty"], False, 0),
    ("the first page empty once", 1, ["empty"], False, 0),
    ("blanks instead of JSON", 2, [b" \n"], True, 1),
    ("three times no object", 2, [b"null", b"[]", b"17"], False, 1),
    ("null once", 2, [b"null"], False, 0),
    ("an error in JSON once", 3, [b'{"error": "busy"}'], False, 0),
    ("an error in JSON always", 3, [b'{"error": "busy"}'], True, 1),
    ("studies that are no list", 3, [b'{"studies": {}}'], True, 1),
    ("two answers in one", 3, [b'{"studies": []}{"studies": []}'], True, 1),
    ("a page without studies once", 3, [b'{"studies": [], "nextPageToken": "x4"}'], False, 0),
    ("a page without studies always", 3, [b'{"studies": [], "nextPageToken": "x4"}'], True, 1),
    ("a last page without studies once", PAGES, [b'{"studies": []}'], False, 0),
    ("nothing at all once", 1, [b'{"totalCount": 0, "studies": []}'], False, 0),
    ("nothing at all always", 1, [b'{"totalCount": 0, "studies": []}'], True, 1),
    ("nothing, and no count", 1, [b'{"studies": []}'], True, 1),
    ("a count that is no number", 1, [b'{"totalCount": "a[$(touch touched)]", "studies": [{"protocolSection": {"identificationModule": {"nctId": "x"}}}]}'], True, 1),
    ("a token that is no text", 3, [b'{"nextPageToken": {"a": 1}, "studies": [{"protocolSection": {"identificationModule": {"nctId": "x"}}}]}'], True, 1),
]


def check_fault(work, what, page, faults, for_ever, code):
    folder = work / "full"
    shutil.copytree(work.parent / "old", folder)
    check(is_old(folder), "the first download is not what the registry has")
    before = (folder / "00001.json").stat()
    registry = Registry(new_studies(), "2026-11-22T09:00:05")
    registry.faults, registry.for_ever = {page: list(faults)}, for_ever
    with serve(registry) as address:
        ran = fetch(address, folder)
        same(ran.returncode, code, f"{what}: exit code\n{ran.stderr}")
        check(is_new(folder) if code == 0 else is_old(folder), f"{what}: the folder is neither the old nor the new download")
        check(code == 0 or (folder / "00001.json").stat() == before, f"{what}: the old download was touched")
        check(code == 0 or ("as it was" in ran.stderr), f"{what}: not told:\n{ran.stderr}")
        check(not list(work.glob("full.part/*.part")), f"{what}: half of a page is left")
        again = [number for number, status in registry.asked if number not in (0, page)]
        check(code != 0 or len(again) == len(set(again)), f"{what}: pages that came were asked for again: {registry.asked}")
        check(not faults or (page, faults[0] if isinstance(faults[0], int) else 200) in registry.asked, f"{what}: did not happen")
        # The next run, when all is well again.
        registry.faults = {}
        same(fetch(address, folder).returncode, 0, f"{what}: the run after it")
    check(is_new(folder), f"{what}: the run after it did not make it good")
    nothing_beside(work, "full")


def all_at_once(tasks):
    """They spend their time waiting."""
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        for result in [pool.submit(*task) for task in tasks]:
            result.result()


def check_faults(work):
    with serve(Registry(old_studies())) as address:
        same(fetch(address, work / "old").returncode, 0, "the first download")

    def one(number):
        (work / str(number)).mkdir()
        check_fault(work / str(number), *FAULTS[number])

    all_at_once((one, number) for number in range(len(FAULTS)))


def interrupted(work, registry, address):
    """Kills a download that waits for page 4."""
    registry.faults = {4: ["hang"]}
    with subprocess.Popen(["sh", SCRIPT, work / "full"], env=environment(address), start_new_session=True, stderr=subprocess.PIPE) as running:
        deadline = time.monotonic() + 30
        while (4, 200) not in registry.asked and time.monotonic() < deadline:
            time.sleep(0.02)
        busy = fetch(address, work / "full")
        same(busy.returncode, 75, f"a second one at the same time: {busy.stderr}")
        os.killpg(running.pid, signal.SIGKILL)
    with open(work / "full.lock", "rb") as lock:  # until the last of them has ended
        fcntl.flock(lock, fcntl.LOCK_EX)
    check((4, 200) in registry.asked, "page 4 was never asked for")
    check(not (work / "full").exists(), "a folder, and the download has not ended")
    registry.faults, registry.asked = {}, []


def check_interrupted(work):
    registry = Registry(new_studies())
    with serve(registry) as address:
        interrupted(work, registry, address)
        same(fetch(address, work / "full").returncode, 0, "continued")
        same([page for page, _ in registry.asked], [0, 4, 5, 0], "pages that were asked for again")
        check(is_new(work / "full"), "continued: not what the registry has")
    nothing_beside(work, "full")
    shutil.rmtree(work / "full")
    # The registry has other data, and other pages, when it goes on.
    registry = Registry(old_studies())
    with serve(registry) as address:
        interrupted(work, registry, address)
        registry.studies, registry.stamp = new_studies(), "2026-11-22T09:00:05"
        same(fetch(address, work / "full").returncode, 0, "anew")
        check(is_new(work / "full"), "two generations were mixed")
    # Killed in the moment in which the folders change names.
    os.rename(work / "full", work / "full.old")
    with serve(Registry(old_studies())) as address:
        same(fetch(address + "-none", work / "full").returncode, 1, "no registry")
    check(is_new(work / "full"), "the download is gone")


SHELLS = [("sh", "-u"), ("dash",), ("dash", "-u"), ("bash",), ("bash", "-u"), ("bash", "--posix")]


def check_shell(shell, work):
    """All, with an empty answer in between; a day's; nothing at all."""
    registry = Registry(new_studies())
    registry.faults = {2: ["empty"]}
    work.mkdir()
    with serve(registry) as address:
        same(fetch(address, work / "full", shell=shell).returncode, 0, f"{shell}")
        check(is_new(work / "full"), f"{shell}: not what the registry has")
        same(fetch(address, work / "delta", "2026-12-01", shell=shell).returncode, 0, f"{shell}: since a day")
        same(held(work / "delta"), [], f"{shell}: since a day")
        registry.studies = []
        same(fetch(address, work / "full", shell=shell).returncode, 1, f"{shell}: an empty registry")
        check(is_new(work / "full"), f"{shell}: replaced by nothing")


def check_shells(work):
    all_at_once((check_shell, shell, work / "-".join(shell)) for shell in SHELLS if shutil.which(shell[0]))


def check_tokens(work):
    """A last page that is empty is no harm; pages without end have an end here."""
    for studies, beyond, code in ((new_studies()[:20], 1, 0), (new_studies()[:20], 2, 1), (new_studies(), 1, 0), (new_studies(), 10 ** 9, 1)):
        registry = Registry(studies)
        registry.beyond = beyond
        with serve(registry) as address:
            ran = fetch(address, work / "full")
        same(ran.returncode, code, f"{len(studies)} studies, {beyond} pages more: {ran.stderr}")
        check(len(registry.asked) <= PAGES + 4, f"{len(registry.asked)} pages were asked for")
        check(code == 1 or held(work / "full") == studies, "not what the registry has")


def check_since(work):
    registry = Registry(new_studies())
    with serve(registry) as address:
        for day, count in (("2026-11-01", COUNT), ("2026-11-20", COUNT - 19), ("2026-12-01", 0)):
            ran = fetch(address, work / "delta", day)
            same((ran.returncode, ran.stderr), (0, ""), f"since {day}")
            same(ids(held(work / "delta")), ids(new_studies()[COUNT - count:]), f"since {day}")
        same(len(list((work / "delta").glob("*.json"))), 1, "pages of an empty answer")
        for arguments in ([], ["delta", "yesterday"], ["delta", "2026-11-20", "more"], [""]):
            same(fetch(address, *arguments).returncode, 2, f"usage: {arguments}")
        same(fetch(address, work / "none" / "delta").returncode, 3, "a folder that cannot be made")
        same(fetch(address, work / "delta", "2026-11-20").returncode, 0, "since a day")
        registry.studies = []
        same(fetch(address, work / "delta", "2026-11-20").returncode, 1, "nothing any more since a day")
        same(ids(held(work / "delta")), ids(new_studies()[19:]), "replaced by nothing")
        same(fetch(address, work / "delta", "2026-11-21").returncode, 0, "nothing since another day")
        registry.studies = new_studies()
        registry.total = False
        ran = fetch(address, work / "delta")
        check(ran.returncode == 1 and "not how many" in ran.stderr, f"no total: {ran.returncode} {ran.stderr}")


def check_synced(program, work):
    """All of it, and then a month's changes, arrive in the dataset."""
    dataset = Dataset(program, work / "trials.sqlite")
    with serve(Registry(old_studies())) as address:
        same(fetch(address, work / "full").returncode, 0, "all")
    dataset.sync("-q", work / "full")
    same(len(dataset.export().splitlines()), COUNT - 4, "trials of the first download")
    with serve(Registry(new_studies(), "2026-11-22T09:00:05")) as address:
        same(fetch(address, work / "delta", "2026-11-11").returncode, 0, "changes")
    dataset.sync("-q", work / "full", work / "delta")
    trials = {trial["trial_id"]: trial["status"] for trial in lines(dataset.export())}
    wanted = {identification(one)["nctId"]: "COMPLETED" if number >= 10 else "RECRUITING" for number, one in enumerate(new_studies())}
    same(trials, wanted, "status of the trials")
    added = [change for change in dataset.changes("--since", "2") if change.get("field") is None]
    same(sorted(change["trial_id"] for change in added), ids(new_studies()[COUNT - 4:]), "trials that are new")
    status = [change["trial_id"] for change in dataset.changes("--since", "2", "--field", "status")]
    same(sorted(status), ids(new_studies()[10:COUNT - 4]), "trials with another status")


def nightly(work, address):
    """The page's script, as cron starts it: exit code, and what it prints (the mail)."""
    ran = subprocess.run(["sh", "nightly.sh"], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                         env={**environment(address), "PATH": f"{work}/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"})
    return ran.returncode, ran.stdout


def check_nightly(program, work):
    page = (ROOT / "docs" / "DATASET.md").read_text(encoding="utf-8")
    (work / "nightly.sh").write_text(re.search(r"`nightly\.sh`:\n\n```sh\n(.*?)^```", page, re.M | re.S)[1], encoding="utf-8")
    shutil.copy(SCRIPT, work)
    (work / "bin").mkdir()
    (work / "bin" / "trialnorm").symlink_to(program)
    dataset = Dataset(program, work / "trials.sqlite")
    code, mail = nightly(work, "http://127.0.0.1:1/api/v2")
    check(code == 1 and not dataset.path.exists(), f"a first night without the registry: {code} {mail}")
    with serve(Registry(old_studies(), "2026-11-18T09:00:05")) as address:
        same(nightly(work, address), (0, ""), "the first night")
        same(nightly(work, address), (0, ""), "a night without changes")
    registry = Registry(new_studies(), "2026-11-23T09:00:05")
    with serve(registry) as address:
        code, mail = nightly(work, address)
        same(code, 0, f"a night with changes:\n{mail}")
        for number, one in enumerate(new_studies()[:COUNT - 4]):
            same(identification(one)["nctId"] in mail, number >= 17, f"the mail, study {number}:\n{mail}")
        same(nightly(work, address)[0], 0, "the same once more")
        registry.faults, registry.for_ever = {1: [503]}, True
        before = dataset.export()
        code, mail = nightly(work, address)
        check(code == 1 and "as it was" in mail, f"a night without the registry: {code} {mail}")
        same(dataset.export(), before, "the trials after it")
        # A month later the registry says that it has nothing: nobody believes it.
        registry.faults, registry.studies = {}, []
        os.utime(work / "full" / ".version", (0, 0))
        code, mail = nightly(work, address)
        check(code == 1 and "as it was" in mail, f"a registry with nothing: {code} {mail}")
        same(dataset.export(), before, "the trials after it")
        # Then everything is fetched, and some studies have been withdrawn.
        registry.faults, registry.studies = {}, new_studies()[2:]
        os.utime(work / "full" / ".version", (0, 0))
        code, mail = nightly(work, address)
        same((code, len(dataset.export().splitlines())), (0, COUNT - 2), f"a month later:\n{mail}")
        same(len(dataset.export("--gone").splitlines()), COUNT, "with those that are gone")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    for one in (check_faults, check_shells, check_tokens, check_interrupted, check_since):
        with scratch() as work:
            one(work)
    for one in (check_synced, check_nightly):
        with scratch() as work:
            one(program, work)
    print(f"fetch_ctgov: {len(FAULTS)} faults")


if __name__ == "__main__":
    main()
