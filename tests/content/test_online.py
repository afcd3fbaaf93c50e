from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from content.checked_lock import read_lock
from content.checks.run import find_problems
from content.loader import load_pack
from content.online import check_online
from content.probe import USER_AGENT, Answer, State, probe
from content.verify import verify
from tests.content.fixture_packs import TODAY, good_copy


class Site(ThreadingHTTPServer):
    """Answer as real pages do, and remember who asked for what."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.asked: list[tuple[str, str, str]] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class Page(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        with self.server.lock:
            self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
            seen = sum(1 for _, path, _ in self.server.asked if path == self.path)
        first, _, rest = self.path.strip("/").partition("/")
        first = first.partition("?")[0]
        if first == "head-refused":
            return self._status(405 if self.command == "HEAD" else 200)
        if first == "once-gone":
            return self._status(404 if seen <= 2 else 200)
        if first == "moved":
            self.send_response(301)
            self.send_header("Location", self.server.url("/200", rest or "127.0.0.1"))
            return self.end_headers()
        if first == "hang-up":
            self.connection.close()
            return None
        return self._status(int(first))

    def _status(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def no_pause(_: float) -> None:
    pass


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", State.ALIVE),
        ("/head-refused", State.ALIVE),
        ("/404", State.DEAD),
        ("/410", State.DEAD),
        ("/403", State.GUARDED),
        ("/429", State.GUARDED),
        ("/500", State.UNSURE),
        ("/503", State.UNSURE),
        ("/hang-up", State.UNSURE),
        ("/once-gone", State.ALIVE),
        ("/moved/127.0.0.1", State.ALIVE),
        ("/moved/localhost", State.MOVED),
    ],
)
def test_pages_are_judged_with_few_false_alarms(site: Site, path: str, state: State) -> None:
    url = site.url(path)
    assert verify([url], pause=no_pause)[url].state is state


def test_manners(site: Site) -> None:
    pauses: list[float] = []
    urls = [site.url(f"/200?{number}") for number in range(5)]
    verify([*urls, *urls], pause=pauses.append)
    assert len(pauses) == 4
    assert [(method, agent) for method, _, agent in site.asked] == [("HEAD", USER_AGENT)] * 5


def test_a_silent_host_is_not_called_dead() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        answer = probe(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.05)
    assert answer == Answer(State.UNSURE, "no answer in time")


def test_a_dead_domain_counts_only_twice_and_only_when_others_answer() -> None:
    dead, live = "https://gone.example/", "https://live.example/"
    tries: Counter[str] = Counter()

    def ask(url: str) -> Answer:
        tries[url] += 1
        return Answer(State.NO_HOST, "its host does not exist") if url == dead else Answer(State.ALIVE)

    assert verify([dead, live], ask, no_pause)[dead].state is State.NO_HOST
    assert tries[dead] == 2
    assert verify([dead], ask, no_pause)[dead].state is State.UNSURE


def test_the_day_is_written_beside_living_links_only(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    files = sorted(pack.glob("**/*.yaml"))
    before = {file: file.read_text() for file in files}
    dead = "https://www.example.org/compost"

    def ask(urls: object) -> dict[str, Answer]:
        assert isinstance(urls, list)
        return {url: Answer(State.DEAD, "404") if url == dead else Answer(State.ALIVE) for url in urls}

    report = check_online([load_pack(pack)], date(2026, 11, 3), ask)
    assert [(each.code, each.place.file.name) for each in report.problems] == [("LNK007", "soil.yaml")]
    day = 'checked: "2026-11-03"'
    assert f"url: https://www.example.org/compost-course\n{day}\n" in (pack / "resources/compost.yaml").read_text()
    assert f"soil-primer\n  {day}\n" in (pack / "resources/books.yaml").read_text()
    assert f'"https://www.example.org/carrots", {day}}}' in (pack / "faqs/soil.yaml").read_text()
    assert f'"https://www.example.org/rules", {day}}}' in (pack / "paths/first-year.yaml").read_text()
    for file in files:
        stripped = file.read_text().replace(f", {day}", "").replace(f"\n  {day}", "").replace(f"\n{day}", "")
        assert stripped == before[file]
    assert find_problems([load_pack(pack)], TODAY) == ()
    assert dead not in read_lock(pack)

    again = check_online([load_pack(pack)], date(2026, 12, 1), ask)
    assert len(again.changes) == len(report.changes)
    assert find_problems([load_pack(pack)], date(2026, 12, 1)) == ()


def test_a_day_written_by_hand_shows(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    check_online([load_pack(pack)], date(2026, 11, 3), lambda urls: {url: Answer(State.ALIVE) for url in urls})
    file = pack / "resources" / "compost.yaml"
    file.write_text(file.read_text().replace("2026-11-03", "2026-11-04", 1))
    assert [each.code for each in find_problems([load_pack(pack)], TODAY)] == ["LNK005"]
    lock = pack / "checked.lock"
    lock.write_text(lock.read_text().replace("2026-11-03", "2026-11-04"))
    assert "LNK005" in {each.code for each in find_problems([load_pack(pack)], TODAY)}
