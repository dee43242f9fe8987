"""Runs an envelope worker: a program that reads one stream on stdin and writes one on stdout.

Only the standard library is needed, and Linux or macOS. On Linux a worker never outlives the
Python process that started it, not even one that is ended by ``kill -9``.
"""
from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

_UNPACKED = "DOTNET_BUNDLE_EXTRACT_BASE_DIR"
_64_KB = 1 << 16
# Looked up once, here: between fork and exec as little as possible may happen.
_prctl = ctypes.CDLL(None).prctl if sys.platform.startswith("linux") else None


class WorkerError(RuntimeError):
    """A worker failed.

    ``exit_code``: 1 rows cannot be answered, 2 the columns are wrong, 5 the input is torn or
    something cannot be read or written; -n: ended by signal n; 0: it left input unread.
    ``message``: what it wrote after ``error:``. Row numbers count within its own stream.
    """

    def __init__(self, exit_code: int, message: str) -> None:
        super().__init__(exit_code, message)  # both, so that the error survives pickling
        self.exit_code = exit_code
        self.message = message

    def __str__(self) -> str:
        return f"The worker ended with exit code {self.exit_code}: {self.message}"


def pump(command: Sequence[str], chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Starts ``command``, feeds it ``chunks`` and yields what it writes, as it comes.

    ``chunks`` is read on a thread of its own. The worker starts with the first ``next()``; to
    close or drop the result early kills it. No chunk yielded is empty.

    Raises ``WorkerError`` if the worker fails, ``OSError`` if it cannot be started, and whatever
    ``chunks`` raises, as it is. What was yielded before an error is not a whole answer.
    """
    worker = _Worker(command, chunks)
    try:
        yield from iter(lambda: worker.stdout.read(_64_KB), b"")
        worker.finish()
    finally:
        worker.stop()


class _Worker:
    """One running worker with two threads: a keeper (starts it, drains stderr) and a feeder."""

    def __init__(self, command: Sequence[str], chunks: Iterable[bytes]) -> None:
        self._command, self._chunks = command, chunks
        self._fault: Optional[BaseException] = None
        self._process: Optional[subprocess.Popen] = None
        self._unread, self._tail = False, b""
        self._started = threading.Event()
        # Linux ends a child with the *thread* that started it: the keeper lives as long as the
        # worker, the caller's thread may not.
        self._keeper = threading.Thread(target=self._keep, name="envelope-keeper", daemon=True)
        self._feeder = threading.Thread(target=self._feed, name="envelope-feeder", daemon=True)
        self._keeper.start()
        self._started.wait()
        if self._process is None:
            raise self._fault
        self.stdout = self._process.stdout
        self._feeder.start()

    def _keep(self) -> None:
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=pipe,
                                             bufsize=0, preexec_fn=die_with_parent(),
                                             env=environment())
        except BaseException as fault:
            self._fault = fault
            return
        finally:
            self._started.set()
        with self._process.stderr as stderr:
            self._tail = read_tail(stderr)
        self._process.wait()

    def _feed(self) -> None:
        with self._process.stdin as stdin:
            try:
                for chunk in self._chunks:
                    view = memoryview(chunk).cast("B")
                    while view:
                        try:
                            view = view[os.write(stdin.fileno(), view):]
                        except BrokenPipeError:  # the worker's exit code says more
                            self._unread = True
                            return
            except BaseException as fault:
                self._fault = fault
                self._process.kill()  # before stdin closes: the worker must not see an end

    def finish(self) -> None:
        self._keeper.join()
        exit_code = self._process.returncode
        if exit_code == 0:
            self._feeder.join()
        if self._fault is not None:
            raise self._fault
        if exit_code:
            raise WorkerError(exit_code, error_text(exit_code, self._tail))
        if self._unread:
            raise WorkerError(0, "it ended before it had read all of its input")

    def stop(self) -> None:
        """Kills the worker if it still runs. ``chunks`` may wait for longer than we do here."""
        self._process.kill()
        self.stdout.close()
        self._keeper.join(5)
        self._feeder.join(1)


def die_with_parent() -> Optional[Callable[[], None]]:
    """A ``preexec_fn`` that ends a child with the thread that started it (Linux; else None)."""
    parent = os.getpid()

    def ask() -> None:
        _prctl(1, signal.SIGKILL, 0, 0, 0)  # 1: PR_SET_PDEATHSIG
        if os.getppid() != parent:  # the parent ended before the request was made
            os._exit(1)
    return ask if _prctl else None


def environment() -> Optional[Dict[str, str]]:
    """The environment of a worker; None: that of this process.

    A worker that is no native code unpacks libraries below HOME when it starts, and containers
    (of YARN, of Spark's images) often have none that can be written.
    """
    if _UNPACKED in os.environ or os.access(os.environ.get("HOME", ""), os.W_OK):
        return None
    folder = os.path.join(tempfile.gettempdir(), f"envelope-{os.getuid()}")
    os.makedirs(folder, 0o700, exist_ok=True)
    found = os.stat(folder, follow_symlinks=False)
    if found.st_uid != os.getuid() or found.st_mode & 0o077:  # somebody else waited for us there
        folder = tempfile.mkdtemp(prefix="envelope-")
    return {**os.environ, _UNPACKED: folder}


def read_tail(pipe: IO[bytes]) -> bytes:
    """Reads a pipe to its end and returns its last 64 KB."""
    tail = b""
    for data in iter(lambda: os.read(pipe.fileno(), _64_KB), b""):
        tail = (tail + data)[-_64_KB:]
    return tail


def split_options(arguments: Sequence[str]) -> Tuple[List[str], List[str]]:
    """What stands before ``--``, and the options of the worker behind it."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return list(arguments[:at]), list(arguments[at + 1:])


def error_text(exit_code: int, stderr: bytes) -> str:
    """The last ``error:`` on stderr with its indented lines, without the word itself."""
    text = stderr.decode("utf-8", "replace").replace("\r\n", "\n")
    found = re.findall(r"^error:(.*(?:\n[ \t].*)*)", text, re.MULTILINE)
    other = f"it was ended by signal {-exit_code}" if exit_code < 0 else "it wrote no error text"
    return found[-1].strip() if found else text[-2000:].strip() or other
