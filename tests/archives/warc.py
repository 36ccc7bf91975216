# SPDX-License-Identifier: MIT
"""Writes web archives, record by record, with nothing but the standard library."""
import gzip
import uuid
import zlib


def record(kind, block, url=None, date="2024-05-17T10:20:30Z", media=None, number=0, more=(), version="1.0"):
    """A record whose id is made from its number."""
    lines = [f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Record-ID: <{record_id(number)}>", f"WARC-Date: {date}"]
    lines += [f"WARC-Target-URI: {url}"] if url else []
    lines += [f"Content-Type: {media}"] if media else []
    lines += [f"{name}: {value}" for name, value in more]
    lines += [f"Content-Length: {len(block)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def record_id(number):
    return f"urn:uuid:{uuid.UUID(int=number)}"


def chunked(body, size=100):
    parts = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: x\r\n\r\n"


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


ENCODERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "raw": raw_deflate}


def answer(body, media="text/html; charset=utf-8", status="200 OK", encoding=None, chunks=0, more=()):
    """An HTTP answer; `encoding` is one of ENCODERS."""
    headers = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *more]
    if encoding:
        body = ENCODERS[encoding](body)
        headers.append("Content-Encoding: " + ("deflate" if encoding == "raw" else encoding))
    if chunks:
        body = chunked(body, chunks)
        headers.append("Transfer-Encoding: chunked")
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def response(url, body, number=0, date="2024-05-17T10:20:30Z", version="1.0", **how):
    return record("response", answer(body, **how), url, date, "application/http; msgtype=response", number, (), version)


def one_member(records):
    return gzip.compress(b"".join(records), mtime=0)


def member_each(records):
    return b"".join(gzip.compress(part, mtime=0) for part in records)
