#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Zip, tar and 7z archives, written by Python's zipfile and tarfile and by 7z and zstd where these are: what the program
makes of an archive is what it makes of the folder that was packed.

usage: archives.py PROGRAM
"""
import bz2
import gzip
import io
import json
import lzma
import os
import re
import pathlib
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from timeless import timeless # noqa: E402

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
failures = []


def check(what, found, expected):
    if found != expected:
        failures.append(what)
        print(f"FAIL {what}\n  expected: {str(expected):.2000}\n  found:    {str(found):.2000}")


def study(number, filler=0):
    return json.dumps({"protocolSection": {"identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Study {number}"},
                                           "statusModule": {"overallStatus": "RECRUITING"},
                                           "descriptionModule": {"briefSummary": "word " * filler}}}).encode()


def mail(number):
    return (b"MIME-Version: 1.0\r\nContent-Type: application/json\r\n\r\n" + study(number))


FILES = {
    "one.json": study(1),
    "two.json.gz": gzip.compress(study(2)),
    "sub/three.ndjson": study(3) + b"\n" + study(4) + b"\n",
    "sub/deeper/page.mhtml": mail(5),
    "sub/notes.txt": b"nothing that anybody would claim\n",
    "sub/empty.json": b"",
    "sub/picture.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "large.json": b"[" + b",".join(study(n, 14000) for n in range(100, 165)) + b"]",
    "cut.json": study(6)[:-10],
    ".hidden/six.json": study(90),
    "sub/.seven.json": study(91),
    "zero.json.xz": lzma.compress(study(7)),
}


def run(path, data=None, *options):
    done = subprocess.run([PROGRAM, *options, str(path)], input=data, capture_output=True, timeout=120, check=False)
    return done.stdout, done.returncode, timeless(done.stderr.decode())


def without_place(record):
    record = json.loads(record)
    record["source"].pop("file", None)
    return record, record["source"].pop("member", None)


def results(path, data=None):
    """Records and messages by the name of the member, the code, and the summary."""
    out, code, errors = run(path, data)
    records, messages = {}, {}
    for line in out.splitlines():
        record, member = without_place(line)
        records.setdefault(member, []).append(record)
    *lines, summary = errors.splitlines() or [""]
    for line in lines:
        name, _, rest = line.removeprefix(f"{path}:").partition(": ")
        name = name.strip().split(":")[0]
        rest = rest.removeprefix("error: ")
        messages.setdefault(None if name == "error" else name, []).append(rest)
    return records, messages, code, re.sub(r"; [0-9.]+ s(?=$|,)", "", summary)


def ids(path, data=None, *options):
    out, code, errors = run(path, data, *options)
    return [json.loads(line)["trial_id"] for line in out.splitlines()], code, errors


def write_folder(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def folder_results(folder, names):
    """As `results`, of each file alone."""
    records, messages = {}, {}
    for name in names:
        found, said, _, _ = results(folder / name)
        if found:
            records[name] = found[None]
        if said:
            messages[name] = [line for lines in said.values() for line in lines]
    return records, messages


def zip_of(files, method=zipfile.ZIP_DEFLATED, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, **more) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


class Unseekable(io.RawIOBase):
    """Makes zipfile write sizes behind the members."""

    def __init__(self):
        super().__init__()
        self.parts = []

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)


def zip_streamed(files, method=zipfile.ZIP_DEFLATED):
    out = Unseekable()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
    return b"".join(out.parts)


def tar_of(files, mode="w", form=tarfile.PAX_FORMAT, folders=True):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
        if folders:
            info = tarfile.TarInfo("sub")
            info.type = tarfile.DIRTYPE
            archive.addfile(info)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tool(command, folder, path):
    """What a program of the system packs, or None where there is none."""
    if not shutil.which(command[0]):
        return None
    if subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
        return None
    data = path.read_bytes()
    path.unlink()
    return data


def zstd(data):
    return subprocess.run(["zstd", "-qc"], input=data, capture_output=True, check=True).stdout


def made_archives(folder):
    out = folder.parent / "out"
    tar = tar_of(FILES)
    made = {
        "deflate.zip": zip_of(FILES), "stored.zip": zip_of(FILES, zipfile.ZIP_STORED), "bzip2.zip": zip_of(FILES, zipfile.ZIP_BZIP2),
        "lzma.zip": zip_of(FILES, zipfile.ZIP_LZMA), "streamed.zip": zip_streamed(FILES), "gnu.tar": tar_of(FILES, form=tarfile.GNU_FORMAT),
        "ustar.tar": tar_of(FILES, form=tarfile.USTAR_FORMAT), "pax.tar": tar, "a.tar.gz": gzip.compress(tar),
        "a.tar.bz2": bz2.compress(tar), "a.tar.xz": lzma.compress(tar),
        "program.zip": b"#!/bin/sh\nunpack me\nexit\n" + zip_of(FILES),
        "a.7z": tool(["7z", "a", "-bd", "-y", f"{out}.7z", "."], folder, pathlib.Path(f"{out}.7z")),
        "7z.zip": tool(["7z", "a", "-bd", "-y", "-tzip", f"{out}.zip", "."], folder, pathlib.Path(f"{out}.zip")),
        "xz.zip": tool(["7z", "a", "-bd", "-y", "-tzip", "-mm=xz", f"{out}.zip", "."], folder, pathlib.Path(f"{out}.zip")),
        "ppmd.zip": tool(["7z", "a", "-bd", "-y", "-tzip", "-mm=PPMd", f"{out}.zip", "."], folder, pathlib.Path(f"{out}.zip")),
        "zip.zip": tool(["zip", "-qr", f"{out}.zip", "."], folder, pathlib.Path(f"{out}.zip")),
    }
    if shutil.which("zstd"):
        made["a.tar.zst"] = zstd(tar)
        made["zstd.zip"] = raw_zip(*((name.encode(), data, {"method": 93}) for name, data in FILES.items()))
    with zipfile.ZipFile(commented := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"PK\5\6 is how the end begins" + bytes(3000)
        for name, data in FILES.items():
            archive.writestr(name, data)
    made["comment.zip"] = commented.getvalue()
    made["64.zip"] = zip_64(zip_of(FILES))
    return {name: data for name, data in made.items() if data is not None}


def zip_64(data):
    """The same with the end record of large archives, whose old one says nothing."""
    end = data.rindex(b"PK\5\6")
    entries, size, offset = struct.unpack("<HII", data[end + 10:end + 20])
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    old = struct.pack("<4sHHHHIIH", b"PK\5\6", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:end] + record + locator + old


def like_the_folder(room):
    folder = room / "folder"
    write_folder(folder, FILES)
    seen = [name for name in FILES if not any(part.startswith(".") for part in name.split("/"))]
    records, messages = folder_results(folder, seen)
    check("a picture, named", messages.pop("sub/picture.png"), ["a PNG picture, which is not text [binary]"])
    *_, code, summary = results(folder)
    check("folder", (code, len(records)), (1, 6))
    check("a picture in the folder", summary.endswith("; 1 other file passed over"), True)
    for name, data in made_archives(folder).items():
        path = room / name
        path.write_bytes(data)
        for how, given in (("file", None), ("pipe", data)):
            # What stands at the end of a pipe is not known at its beginning; libarchive's reader of streams knows no zstd,
            # and takes an empty member in LZMA for a cut one.
            if how == "pipe" and name in ("program.zip", "zstd.zip", "lzma.zip"):
                continue
            found = results("-" if given else path, given)
            plain = [{member.removeprefix("./"): value for member, value in part.items()} for part in found[:2]]
            check(f"{name} as a {how}: records", plain[0], records)
            check(f"{name} as a {how}: messages", plain[1], messages)
            check(f"{name} as a {how}: end", (found[2], found[3]), (code, summary))
    order = [member for member in results(room / "pax.tar")[0]]
    check("order", order, [name for name in seen if name in records])
    before = set(os.listdir(room))
    check("nothing is unpacked", before, {"folder", *made_archives(folder)} | before)


def members_of(path, data=None):
    out, code, errors = run(path, data)
    return [json.loads(line)["source"].get("member") for line in out.splitlines()], code, errors


def nested(room):
    one = {"a.json": study(1)}
    for name, pack in (("zip", zip_of), ("tar", tar_of)):
        inner = {f"inner.{name}": pack(one), "b.json": study(2)}
        middle = {"middle.tgz": gzip.compress(tar_of(inner)), "c.json": study(3)}
        outer = {"outer.zip": zip_of(middle, zipfile.ZIP_STORED), "d.json": study(4)}
        path = room / f"nested.{name}"
        path.write_bytes(pack(middle))
        check(f"{name}: depth 2", members_of(path)[:2], ([f"middle.tgz/inner.{name}/a.json", "middle.tgz/b.json", "c.json"], 0))
        path.write_bytes(pack(outer))
        for data in (None, path.read_bytes()):
            found, code, errors = members_of("-" if data else path, data)
            check(f"{name}: depth 3", (found, code), (["outer.zip/middle.tgz/b.json", "outer.zip/c.json", "d.json"], 1))
            check(f"{name}: depth 3 is told", (f"outer.zip/middle.tgz/inner.{name}: error: " in errors, "too-deep" in errors), (True, True))


def names(room):
    files = {"plain.json": 1, "größe.json": 2, "../../etc/passwd.json": 3, "/absolute.json": 4, "line\nend.json": 5, "dos\\name.json": 6}
    path = room / "names.zip"
    path.write_bytes(zip_of({name: study(number) for name, number in files.items()}))
    check("names of a zip", members_of(path)[0], list(files))
    check("names from a pipe", members_of("-", path.read_bytes())[0][:5], list(files)[:5])
    path.write_bytes(tar_of({name: study(number) for name, number in files.items()}))
    check("names of a tar", members_of(path)[0], list(files))
    old = zip_of({"gr__e.json": study(1)}).replace(b"gr__e", b"gr\x94\xe1e")
    path.write_bytes(old)
    check("CP437", members_of(path)[0], ["größe.json"])
    check("CP437 from a pipe", members_of("-", old)[0], ["größe.json"])
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding="latin-1") as archive:
        info = tarfile.TarInfo("größe.json")
        info.size = len(study(1))
        archive.addfile(info, io.BytesIO(study(1)))
    check("latin-1", members_of("-", out.getvalue())[0], ["größe.json"])
    path.write_bytes(raw_zip((b"", study(1), {})))
    check("no name", members_of(path)[0], ["member 1"])
    path.write_bytes(zip_of({"__MACOSX/._a.json": b"\0\5\x16\7", "a.json": study(1), "folder/": b"", "x/.y/z.json": study(2)}))
    check("hidden ones", members_of(path)[:2], (["a.json"], 0))
    path.write_bytes(zip_of({}))
    check("an empty archive", members_of(path)[:2], ([], 0))


def places(data):
    """Where the local headers are, and where the directory begins."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [info.header_offset for info in archive.infolist()], archive.start_dir


def damaged(room):
    files = {f"{n}.json": study(n, 300 * n) for n in range(1, 6)}
    data = zip_of(files)
    starts, directory = places(data)
    path = room / "damaged.zip"

    def read(what, changed, expected, *words):
        for given in (None, bytes(changed)):
            path.write_bytes(changed)
            found, code, errors = ids("-" if given else path, given)
            check(f"{what} ({'pipe' if given else 'file'})", (found, code), ([f"NCT{n:08d}" for n in expected], 1))
            for word in words:
                check(f"{what}: {word}", word in errors, True)

    changed = bytearray(data)
    changed[starts[2] + 60:starts[2] + 90] = bytes(30)
    read("damaged member", changed, [1, 2, 4, 5], "3.json")
    read("no directory", data[:directory], [1, 2, 3, 4, 5], "truncated")
    read("cut in the directory", data[:directory + 30], [1, 2, 3, 4, 5], "truncated")
    read("cut between members", data[:starts[3]], [1, 2, 3], "truncated")
    read("cut in a member", data[:starts[3] + 50], [1, 2, 3], "4.json")
    changed = bytearray(data)
    changed[changed.index(b"PK\1\2") + 16] ^= 1
    changed[14] ^= 1
    read("wrong checksum", changed, [2, 3, 4, 5], "1.json")
    changed = bytearray(data)
    for at in (starts[1] + 6, data.index(b"PK\1\2", data.index(b"PK\1\2") + 4) + 8):
        changed[at] |= 1
    read("encrypted", changed, [1, 3, 4, 5], "2.json", "encrypted")
    encrypted = tool(["7z", "a", "-bd", "-y", "-psecret", f"{room}/e.7z", "."], room / "folder", room / "e.7z")
    if encrypted:
        found, code, errors = ids("-", encrypted)
        check("encrypted 7z", (found, code, "ncrypt" in errors), ([], 1, True))
    tar = tar_of(files, folders=False)
    for what, whole in (("tar", tar), ("tar.gz", gzip.compress(tar)), ("tar.xz", lzma.compress(tar))):
        found, code, errors = ids("-", whole[:len(whole) * 6 // 10])
        check(f"cut {what}", (found == sorted(files_ids(files))[:len(found)], code), (True, 1))
        if what == "tar":
            check(f"cut {what}: some", 2 <= len(found) < 5, True)
    changed = bytearray(tar)
    changed[tar.index(b"3.json") + 124] ^= 1
    found, code, errors = ids("-", bytes(changed))
    check("damaged header of a tar", (found, code, errors.count("error:")),
          ([name for name in files_ids(files) if name != "NCT00000003"], 1, 1))
    whole, _, _ = ids("-", tar)
    check("whole tar", len(whole), 5)
    seven = tool(["7z", "a", "-bd", "-y", f"{room}/e.7z", "."], room / "folder", room / "e.7z")
    if seven:
        path.write_bytes(seven[:-20])
        check("cut 7z", ids(path)[:2], ([], 1))


def files_ids(files):
    return [f"NCT{int(name.split('.')[0]):08d}" for name in files]


def raw_entry(name, data, offset, method=8, size=None, unpacked=None, crc=None):
    """A local header with its data, and the entry of the directory, as they are asked for."""
    packed = zlib.compress(data, 9)[2:-4] if method == 8 else zstd(data) if method == 93 else data
    size, unpacked = len(packed) if size is None else size, len(data) if unpacked is None else unpacked
    crc = zlib.crc32(data) if crc is None else crc
    common = struct.pack("<HHHHHIIIH", 20, 0, method, 0, 33, crc, size, unpacked, len(name))
    local = b"PK\3\4" + common + struct.pack("<H", 0) + name + packed
    entry = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHHII", 0, 0, 0, 0, 0, offset) + name
    return local, entry


def raw_zip(*entries):
    body, directory = b"", b""
    for name, data, more in entries:
        local, entry = raw_entry(name, data, more.pop("offset", len(body)), **more)
        body, directory = body + local, directory + entry
    return body + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(body), 0)


def hostile(room):
    path = room / "hostile.zip"
    path.write_bytes(raw_zip((b"a.json", study(1), {}), (b"b.json", study(1), {"offset": 0}), (b"c.json", study(3), {})))
    found, code, errors = ids(path)
    check("overlapping", (found, code, "overlaps" in errors), (["NCT00000001", "NCT00000003"], 1, True))
    for size in (1, 10**6, 2**32 - 2):
        path.write_bytes(raw_zip((b"a.json", study(1), {"unpacked": size}), (b"c.json", study(3), {})))
        found, code, errors = ids(path)
        check(f"wrong size {size}", (found[-1], code, "a.json" in errors), ("NCT00000003", 1, True))
        path.write_bytes(raw_zip((b"a.json", study(1), {"size": size}), (b"c.json", study(3), {})))
        found, code, errors = ids(path)
        check(f"wrong packed size {size}", (code, "a.json" in errors), (1, True))
    path.write_bytes(raw_zip((b"a.json", study(1), {"method": 77}), (b"c.json", study(3), {})))
    found, code, errors = ids(path)
    check("a method that nobody knows", (found, code, "a.json" in errors), (["NCT00000003"], 1, True))
    blanks = b"[" + study(2) + b"," + b" " * (3 << 20) + study(8) + b"]"
    for name, data in (("zip", zip_of({"bomb.json": blanks, "c.json": study(3)})),
                       ("zip, streamed", zip_streamed({"bomb.json": blanks, "c.json": study(3)})),
                       ("gz", gzip.compress(blanks))):
        for given in (None, data):
            path.write_bytes(data)
            found, code, errors = ids("-" if given else path, given, "--max-record", "1M")
            check(f"bomb in a {name}", ("NCT00000008" in found, code, "too-large" in errors), (False, 1, True))
            check(f"behind a bomb in a {name}", found, ["NCT00000002"] + ["NCT00000003"] * (name != "gz"))
            found, code, errors = ids("-" if given else path, given)
            check(f"no bomb in a {name}", (found[:2], code), (["NCT00000002", "NCT00000008"], 0))
    office = zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    found, code, errors = ids("-", office)
    check("an office document", (found, code, errors.count("error:")), ([], 1, 1))


def links(room):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.json")
        info.size = len(study(1))
        archive.addfile(info, io.BytesIO(study(1)))
        for name, kind in (("hard.json", tarfile.LNKTYPE), ("soft.json", tarfile.SYMTYPE), ("fifo", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "a.json"
            archive.addfile(info)
    out, code, errors = run("-", out.getvalue(), "-v")
    check("links", (len(out.splitlines()), code, errors.count("passed over: a link")), (1, 0, 2))


def main():
    with tempfile.TemporaryDirectory() as room:
        for test in (like_the_folder, nested, names, damaged, hostile, links):
            test(pathlib.Path(room))
    if failures:
        sys.exit(1)


main()
