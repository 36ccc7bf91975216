#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages that a browser saved as one file, and mails, written by Python's email package and read by the program.

usage: saved_pages.py PROGRAM
"""
import base64
import json
import pathlib
import quopri
import subprocess
import sys
from email import policy
from email.message import EmailMessage, MIMEPart
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
URL = "https://clinicaltrialsfinder.org/trials/1"
failures = []

TEXT = ("Silence in Lifts\nNCT90000001\nStatus\tRecruiting\nPhase\tPhase 2\nSponsor\tLift Institute\n"
        "Enrollment\t12 participants\nKey Eligibility Criteria\nInclusion (1)\n- Adults ≥ 18 years = grown up\n"
        "Exclusion (1)\n- Fear of lifts\nhttps://clinicaltrials.gov/study/NCT90000001\n")
OTHER = TEXT.replace("NCT90000001", "NCT90000002")
HTML = "<html><body>" + "".join(f"<p>{line}</p>\n" for line in TEXT.splitlines()) + "</body></html>"


def check(what, found, expected):
    if found != expected:
        failures.append(what)
        print(f"FAIL {what}\n  expected: {expected!r}\n  found:    {found!r}")


def convert(data, *options):
    run = subprocess.run([PROGRAM, *options], input=data, capture_output=True, timeout=60, check=False)
    return [json.loads(line) for line in run.stdout.splitlines()], run.returncode, run.stderr.decode()


def check_page(what, message, url=URL, fetched="2024-05-17"):
    """One record of TEXT, with nothing to say about it; that it comes out whatever the lines end with."""
    data = message if isinstance(message, bytes) else message.as_bytes()
    for ending in (b"\n", b"\r\n"):
        records, code, errors = convert(data.replace(b"\r\n", b"\n").replace(b"\n", ending))
        check(f"{what}: code", (code, len(records)), (0, 1))
        if not records:
            print(errors)
            continue
        source = records[0]["source"]
        check(f"{what}: record", (records[0]["trial_id"], records[0]["inclusion_criteria"]),
              ("NCT90000001", [{"text": "Adults ≥ 18 years = grown up", "level": 0}]))
        check(f"{what}: source", (source.get("url"), source.get("fetched"), source.get("member")), (url, fetched, None))


def text_part(text=TEXT, kind="plain", charset="utf-8", encoding="base64"):
    """A part whose encoding is made here and not by the email package."""
    part = MIMEBase("text", kind, charset=charset)
    data = text.encode(charset)
    body = base64.encodebytes(data) if encoding == "base64" else quopri.encodestring(data)
    part.set_payload(body.decode("ascii"))
    part["Content-Transfer-Encoding"] = encoding
    return part


def saved(*parts, snapshot=True, start=None, kind="related"):
    """What Blink writes."""
    message = MIMEMultipart(kind, type="text/html", **({"start": start} if start else {}))
    message["From"] = "<Saved by Blink>"
    if snapshot:
        message["Snapshot-Content-Location"] = URL
    message["Subject"] = "=?utf-8?Q?Silence=20in=20Lifts?="
    message["Date"] = "Fri, 17 May 2024 23:30:00 -0000"
    for part in parts:
        message.attach(part)
    return message


def picture():
    part = MIMEBase("image", "png")
    part.set_payload(base64.b64encode(b"\x89PNG\r\n" * 200).decode())
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Location"] = "https://clinicaltrialsfinder.org/logo.png"
    return part


def located(part, url=URL):
    part["Content-Location"] = url
    return part


def test_saved_pages():
    for encoding in ("base64", "quoted-printable"):
        check_page(encoding, saved(text_part(encoding=encoding), picture()))
    check_page("html", saved(text_part(HTML, "html", encoding="quoted-printable"), picture()))
    check_page("picture first", saved(picture(), text_part()))
    check_page("utf-16", saved(text_part(charset="utf-16-le")))
    check_page("charset", saved(text_part(charset="gb18030")))
    check_page("address of the part", saved(located(text_part()), picture(), snapshot=False))
    check_page("no address", saved(text_part(), snapshot=False), url=None)
    check_page("cid", saved(located(text_part(), "cid:frame-1@mhtml"), snapshot=False), url=None)
    root = text_part()
    root["Content-ID"] = "<root@x>"
    check_page("start", saved(text_part(OTHER), root, start="<root@x>"))
    check_page("8bit", saved(MIMEText(TEXT, "plain", "utf-8")).as_bytes(policy=policy.SMTP.clone(cte_type="8bit")))
    alternative = MIMEMultipart("alternative")
    alternative.attach(text_part("see the page"))
    related = MIMEMultipart("related")
    related.attach(text_part(HTML, "html"))
    related.attach(picture())
    alternative.attach(related)
    check_page("nested", saved(alternative, kind="mixed"))


def test_mails():
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "a@example.org", "b@example.org", "<1@example.org>"
    mail["Date"] = "Fri, 17 May 2024 01:20:30 +0200 (CEST)"
    mail.set_content(TEXT)
    check_page("plain mail", mail, url=None)
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="x.pdf")
    check_page("with attachment", mail, url=None)
    forward = EmailMessage()
    forward["From"], forward["Message-ID"], forward["Date"] = "a@example.org", "<2@example.org>", "17 May 2024 01:20:30 GMT"
    forward.add_attachment(mail)
    check_page("forwarded", forward, url=None)
    check_page("old mail", b"Received: from x by y;\n Fri, 17 May 2024\nFrom: a@example.org\nDate: 17 May 2024\n\n" +
               TEXT.encode(), url=None)
    check_page("mailbox", b"From a@example.org Fri May 17 2024\nFrom: a@example.org\nMIME-Version: 1.0\n"
               b"Date: 17 May 2024\nContent-Location: https://clinicaltrialsfinder.org/\n trials/1\n\n" + TEXT.encode())
    undated = b"MIME-Version: 1.0\nDate: soon\n\n" + TEXT.encode()
    records, code, _ = convert(undated)
    check("undated", (code, records[0]["source"].get("fetched"), records[0].get("extra", {}).get("source.fetched")), (0, None, "soon"))


def test_cuts():
    """No beginning of a saved page crashes the program, and a page that lost something is never passed for a whole one."""
    data = saved(text_part(encoding="quoted-printable"), picture()).as_bytes()
    whole = convert(data)[0][0]
    end_of_page = data.index(b"Content-Type: image/png")
    for cut in range(1, len(data) - 4, 23):
        records, code, errors = convert(data[:cut])
        good = code == 1 and len(records) <= 1 and errors
        if records and cut < end_of_page - 60:
            good = good and any(w["code"] == "truncated-text" for w in records[0]["warnings"])
        if cut > end_of_page:
            good = good and records == [whole]
        check(f"cut at {cut}", bool(good), True)


def test_deep():
    part = MIMEPart()
    part.set_content(TEXT)
    for depth in range(20):
        outer = MIMEMultipart("mixed", boundary=f"b{depth}")
        outer.attach(part)
        part = outer
    records, code, _ = convert(b"MIME-Version: 1.0\n" + part.as_bytes())
    check("too deep", (records, code), ([], 1))


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for test in tests:
        test()
    print(f"{len(tests)} tests, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
