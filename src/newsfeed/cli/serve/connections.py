"""A server of HTTP on this machine that no client can hold up: few connections, and none for ever."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import ThreadingHTTPServer
from typing import Any

import click

from newsfeed.text.characters import visible

PATIENCE = 30.0
"""Seconds in which a request has to come whole, and each part of an answer to be taken."""
MOST = 128
"""Connections at once; beyond them the oldest is closed, a page that waits for changes comes again."""


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread, and none for ever."""

    daemon_threads = True
    request_queue_size = MOST

    def __init__(self, *given: Any, patience: float, ended: Callable[[], None]) -> None:
        """Begin to listen; ``ended`` is called once a connection was ended. Raises OSError."""
        self._patience = patience
        self._ended = ended
        self._due: dict[socket.socket, float] = {}
        self._lock = threading.Lock()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin with a connection; where there are too many, the oldest ends."""
        with self._lock:
            oldest = list(self._due)[: max(0, len(self._due) + 1 - MOST)]
            self._due[request] = time.monotonic() + self._patience
        self._end(oldest)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection, and close it."""
        with self._lock:
            self._due.pop(request, None)
        super().shutdown_request(request)

    def expect(self, request: socket.socket, seconds: float = 0.0) -> bool:
        """Go on waiting for a connection, for so many seconds more than usual.

        Return False for one that was ended.
        """
        with self._lock:
            if request not in self._due:
                return False
            self._due[request] = time.monotonic() + self._patience + seconds
            return True

    def service_actions(self) -> None:
        """End the connections whose time is over; called twice a second."""
        now = time.monotonic()
        with self._lock:
            over = [each for each, due in self._due.items() if due < now]
        self._end(over)

    def _end(self, requests: list[socket.socket]) -> None:
        """Wake the threads of connections: each reads the end, and closes its own."""
        for request in requests:
            with self._lock:
                self._due.pop(request, None)
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        if requests:
            self._ended()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - socketserver's signature
        """Say nothing of a client that went away, and a line of a bug of ours."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            click.echo(visible(f"newsfeed: {type(error).__name__}: {error}"), err=True)
