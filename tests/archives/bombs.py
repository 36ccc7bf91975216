#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Inputs that want more than they are: memory (windows of LZMA, xz and zstd), members that share their bytes, archives that
hold themselves, very many members, and packings of packings. All end soon, in bounded memory, and say why.

usage: bombs.py PROGRAM
"""
import gzip
import json
import lzma
import pathlib
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
ADDRESS_SPACE = 1 << 30
SANITIZED = b"__asan" in pathlib.Path(PROGRAM).read_bytes() or b"__tsan" in pathlib.Path(PROGRAM).read_bytes()
failures = []


def check(what, found, expected):
    if found != expected:
        failures.append(what)
        print(f"FAIL {what}\n  expected: {str(expected):.2000}\n  found:    {str(found):.2000}")


def study(number, filler=0):
    return json.dumps({"protocolSection": {"identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Study {number}"},
                                           "statusModule": {"overallStatus": "RECRUITING"},
                                           "descriptionModule": {"briefSummary": "word " * filler}}}).encode()


def limit_memory():
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def run(path, data=None, *options):
    """Trials, exit code and messages, within one minute and ADDRESS_SPACE."""
    done = subprocess.run([PROGRAM, *options, str(path)], input=data, capture_output=True, timeout=60, check=False,
                          preexec_fn=limit_memory)
    return [json.loads(line)["trial_id"] for line in done.stdout.splitlines()], done.returncode, done.stderr.decode()


def both(room, name, data, *options):
    """From a file and from a pipe."""
    path = room / name
    path.write_bytes(data)
    yield f"{name} as a file", run(path, None, *options)
    yield f"{name} as a pipe", run("-", data, *options)


def entry(name, packed, data, method, offset):
    common = struct.pack("<HHHHHIIIH", 63, 0, method, 0, 33, zlib.crc32(data), len(packed), len(data), len(name))
    return (b"PK\3\4" + common + b"\0\0" + name + packed,
            b"PK\1\2\x3f\0" + common + struct.pack("<HHHHII", 0, 0, 0, 0, 0, offset) + name)


def zip_of(*members):
    """Each a name, packed bytes, bytes, and method."""
    body, directory = b"", b""
    for member in members:
        local, central = entry(*member, len(body))
        body, directory = body + local, directory + central
    return body + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(body), 0)


def xz_wanting(size, data):
    """An xz stream of a small window whose block header says another one."""
    packed = bytearray(lzma.compress(data, preset=0))
    words = (packed[12] + 1) * 4
    header = packed[12:12 + words]
    at = header.index(b"\x21\x01") + 2
    header[at] = size
    header[-4:] = struct.pack("<I", zlib.crc32(header[:-4]))
    packed[12:12 + words] = header
    return bytes(packed)


def lzma_member(window, data):
    """What a zip archive holds of LZMA: a version, the properties, the stream."""
    alone = lzma.compress(data, format=lzma.FORMAT_ALONE, preset=0)
    return b"\x09\x14\5\0" + alone[:1] + struct.pack("<I", window) + alone[13:]


def windows(room):
    stored = study(2)
    behind = (b"b.json", stored, stored, 0)
    for what, dictionary, window, good in (("64 MiB", 28, 1 << 26, True), ("256 MiB", 32, 1 << 28, True),
                                           ("4 GiB", 40, (1 << 32) - 1, False), ("384 MiB", 33, 3 << 27, False)):
        expected = (["NCT00000001"] * good, 1 - good, not good)
        for name, (found, code, errors) in both(room, f"window.{what}.xz", xz_wanting(dictionary, study(1))):
            check(f"{name}", (found, code, "too-large" in errors and "memory" in errors), expected)
        expected = (["NCT00000001"] * good + ["NCT00000002"], 1 - good, not good)
        for method, packed in ((95, xz_wanting(dictionary, study(1))), (14, lzma_member(window, study(1)))):
            archive = zip_of((b"a.json", packed, study(1), method), behind)
            for name, (found, code, errors) in both(room, f"window.{what}.{method}.zip", archive):
                check(name, (found, code, "too-large" in errors and "memory" in errors), expected)
    second = lzma.compress(study(1) + b"\n") + xz_wanting(40, study(2))
    for name, (found, code, errors) in both(room, "second.xz", second):
        check(f"{name}, of which the second stream wants much", (found, code, "too-large" in errors), ([], 1, True))
    # A frame of zstd whose window is of 2 GiB (RFC 8878: exponent 21), and one raw block.
    frame = b"\x28\xB5\x2F\xFD\x00\xA8" + struct.pack("<I", len(stored) << 3 | 1)[:3] + stored
    for name, (found, code, errors) in both(room, "window.zst", frame):
        check(name, (found, code, "too-large" in errors), ([], 1, True))
    for name, (found, code, errors) in both(room, "small.zst", frame[:5] + b"\x50" + frame[6:]):
        check(name, (found, code), (["NCT00000002"], 0))


def seven_hidden(data):
    """The same with its directory packed."""
    def number(value):
        return b"\xFF" + struct.pack("<Q", value)

    at, size = struct.unpack("<QQ", data[12:28])
    directory = data[32 + at:32 + at + size]
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
    packed = lzma.compress(directory, format=lzma.FORMAT_RAW, filters=filters)
    outer = (b"\x17\x06" + number(at) + b"\x01\x09" + number(len(packed)) + b"\0\x07\x0B\x01\0\x01\x23\x03\x01\x01\x05\x5D"
             + struct.pack("<I", 1 << 16) + b"\x0C" + number(size) + b"\x0A\x01" + struct.pack("<I", zlib.crc32(directory)) + b"\0\0")
    start = struct.pack("<QQI", at + len(packed), len(outer), zlib.crc32(outer))
    return data[:8] + struct.pack("<I", zlib.crc32(start)) + start + data[32:32 + at] + packed + outer


def seven_zips(room):
    """The window that a 7z archive's directory states, which 7-zip leaves unpacked when it is asked to."""
    if not shutil.which("7z"):
        return
    (room / "a.json").write_bytes(study(1))
    for method, window in (("LZMA:d=1m", b"\x03\x01\x01\x05\x5D"), ("PPMd:mem=16m:o=6", b"\x03\x04\x01\x05\x06")):
        for packed in ("off", "on"):
            path = room / f"{method[:4]}.{packed}.7z"
            subprocess.run(["7z", "a", "-bd", "-y", f"-m0={method}", f"-mhc={packed}", path, "a.json"], cwd=room, check=True,
                           stdout=subprocess.DEVNULL)
            data = path.read_bytes()
            for name, (found, code, errors) in both(room, path.name, data):
                check(name, (found, code), (["NCT00000001"], 0))
            if packed == "on" and window not in data:
                continue
            at = data.rindex(window) + len(window)
            changed = bytearray(data)
            changed[at:at + 4] = struct.pack("<I", 0xF0000000)
            directory, size = struct.unpack("<QQ", data[12:28])
            changed[28:32] = struct.pack("<I", zlib.crc32(changed[32 + directory:32 + directory + size]))
            changed[8:12] = struct.pack("<I", zlib.crc32(changed[12:32]))
            for name, (found, code, errors) in both(room, "changed." + path.name, bytes(changed)):
                check(f"{name} that wants much", (found, code, "too-large" in errors and "3840 MiB" in errors), ([], 1, True))
            for name, (found, code, errors) in both(room, "hidden." + path.name, seven_hidden(data)):
                check(f"{name}, directory packed", (found, code), (["NCT00000001"], 0))
            for name, (found, code, errors) in both(room, "hidden.changed." + path.name, seven_hidden(bytes(changed))):
                check(f"{name} that wants much, directory packed", (found, code, "3840 MiB" in errors), ([], 1, True))


def deflate_quoting(chunks):
    """Bomb by quotation (Fifield 2019): each member's data are a stored block that quotes the next header, up to the kernel
    that all share. Local headers, and directory."""
    kernel_data = b" " * 50_000_000 + study(1)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(kernel_data) + packer.flush()
    body, crc, size, packed_size, entries = kernel, zlib.crc32(kernel_data), len(kernel_data), len(kernel), []
    for number in range(chunks, 0, -1):
        name = b"%05d.json" % number
        common = struct.pack("<HHHHHIIIH", 20, 0, 8, 0, 33, crc & 0xFFFFFFFF, packed_size, size, len(name))
        header = b"PK\3\4" + common + b"\0\0" + name
        entries.append((common, name, len(body)))
        quote = b"\0" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF)
        body = quote + header + body
        packed_size += len(quote) + len(header)
        size, crc = size + len(header), 0
    total = len(body)
    directory = b"".join(b"PK\1\2\x14\0" + common + struct.pack("<HHHHII", 0, 0, 0, 0, 0, total - left - len(b"PK\3\4" + common) - 2 - len(name)) + name
                         for common, name, left in reversed(entries))
    return body + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, chunks, chunks, len(directory), len(body), 0)


def shared_bytes(room):
    path = room / "quoted.zip"
    path.write_bytes(deflate_quoting(20000))
    found, code, errors = run(path, None, "-q")
    check("20,000 members that quote each other", (found, code), ([], 1))
    data = study(1) + b" " * 10_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    local, central = entry(b"a.json", packed, data, 8, 0)
    directory = central * 60000
    path.write_bytes(local + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 60000, 60000, len(directory), len(local), 0))
    found, code, errors = run(path)
    check("60,000 members in the place of one", (found, code, errors.count("overlaps") > 0), (["NCT00000001"], 1, True))


def holds_itself(room):
    """A gzip stream that unpacks to itself cannot be told from a long one; a zip in a zip in a zip ends at the third."""
    data = study(1)
    for level in range(12):
        data = zip_of((b"inner.zip", data, data, 0), (b"b.json", study(2), study(2), 0)) if level else zip_of((b"a.json", data, data, 0))
    for name, (found, code, errors) in both(room, "nested.zip", data):
        check(name, (found, code, "too-deep" in errors), (["NCT00000002"] * 3, 1, True))
    layers = study(1)
    for _ in range(3):
        layers = gzip.compress(layers)
    for name, (found, code, errors) in both(room, "layers.gz", layers):
        check(f"{name}: one layer is taken off", (found, code, errors.count("error:")), ([], 1, 1))


def many_members(room):
    count = 100_000
    path = room / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number % 100}/{number}.json", b"")
    for name, (found, code, errors) in both(room, "many.zip", path.read_bytes(), "-q"):
        check(f"{count} empty members, {name}", (found, code in (0, 1)), ([], True))


def main():
    with tempfile.TemporaryDirectory() as room:
        for test in (windows, seven_zips, shared_bytes, holds_itself, many_members):
            test(pathlib.Path(room))
    if failures:
        sys.exit(1)


main()
