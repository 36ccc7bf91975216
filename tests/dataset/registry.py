# SPDX-License-Identifier: MIT
"""A registry of invented studies on this machine, with the answers of ClinicalTrials.gov's API v2 (/version, /studies), that can be told to fail."""
import contextlib
import http.server
import json
import re
import threading
import urllib.parse


class Registry:
    """`faults` has, for the number of an answer's page (1...; 0: /version), a list of what happens the next times that it is asked for, one after the other; the
    last one stays if `for_ever`. A fault: `drop` (the connection breaks in the middle), `cut` (half of the body, as if it were all), `empty` (no body), an HTTP
    status, `jump` (the next page's token passes one over), `back` (it leads to the first), `short` (the last study is missing), `twice` (... is the first instead),
    `hang` (the answer never comes), `data` (the registry's data change behind this answer), `words` (HTML with status 200), bytes (they are the body). `beyond` is how
    many pages more than it has the registry's tokens lead to."""

    def __init__(self, studies, stamp="2026-11-20T09:00:05"):
        self.studies, self.stamp = list(studies), stamp
        self.faults, self.for_ever, self.total, self.beyond = {}, False, True, 0
        self.asked = []  # (page, HTTP status)
        self.released = threading.Event()

    def fault(self, page):
        left = self.faults.get(page)
        if not left:
            return None
        return left[0] if self.for_ever and len(left) == 1 else left.pop(0)

    def chosen(self, query):
        after = re.fullmatch(r"AREA\[LastUpdatePostDate\]RANGE\[(\d{4}-\d\d-\d\d),MAX\]", query.get("filter.advanced", ""))
        assert after or "filter.advanced" not in query, query
        return [study for study in self.studies
                if not after or study["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] >= after[1]]

    def page(self, query):
        """Its number, and the answer: the token is opaque to whoever asks, and knows the page."""
        number, size = int(query.get("pageToken", "x1")[1:]), int(query["pageSize"])
        chosen, first = self.chosen(query), (int(query.get("pageToken", "x1")[1:]) - 1) * size
        fault = self.fault(number)
        answer = {"studies": chosen[first:first + size]}
        if number == 1 and query.get("countTotal") == "true" and self.total:
            answer["totalCount"] = len(chosen)
        if first + size < len(chosen) + size * self.beyond:
            answer["nextPageToken"] = f"x{ {'jump': number + 2, 'back': 1}.get(fault, number + 1) }"
        if fault in ("short", "twice"):
            answer["studies"] = answer["studies"][:-1] + ([answer["studies"][0]] if fault == "twice" else [])
        return number, fault, answer


def handler(registry):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def give(self, number, fault, answer):
            body = json.dumps(answer, ensure_ascii=False).encode()
            whole = len(body)
            status = fault if isinstance(fault, int) else 200
            registry.asked.append((number, status))
            if fault == "hang":
                registry.released.wait(60)
            if status != 200 or fault in ("empty", "words") or isinstance(fault, bytes):
                body = b"" if fault == "empty" else fault if isinstance(fault, bytes) else b"<html><p>We are busy.</p></html>"
                whole = len(body)
            if fault in ("drop", "cut"):
                body = body[:whole // 2]
                whole = whole if fault == "drop" else len(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(whole))
            if status == 429:
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = fault == "drop"
            if fault == "data":
                registry.stamp = registry.stamp.replace("09:00", "11:00")

        def do_GET(self):
            address = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(address.query))
            if address.path == "/api/v2/version":
                self.give(0, registry.fault(0), {"apiVersion": "2.0.5", "dataTimestamp": registry.stamp})
            elif address.path == "/api/v2/studies":
                self.give(*registry.page(query))
            else:
                self.send_error(404)

    return Handler


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever asked has gone: some tests kill it."""


@contextlib.contextmanager
def serve(registry):
    """Serves it while the block lasts; gives the address that stands for https://clinicaltrials.gov/api/v2."""
    server = Server(("127.0.0.1", 0), handler(registry))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/api/v2"
    finally:
        registry.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
