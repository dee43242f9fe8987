"""Tests of envelope_pump with stand-in workers: ``python3 -m unittest test_pump``."""
import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from unittest import mock

from envelope_pump import WorkerError, environment, pump, split_options

HERE = os.path.dirname(os.path.abspath(__file__))
MB = 1 << 20

# Writes its process id to the file argv[2], then behaves as argv[1] says.
WORKER = r'''
import os, sys, time
open(sys.argv[2], "w").write(str(os.getpid()))
kind, i, o = sys.argv[1], sys.stdin.buffer, sys.stdout.buffer
if kind == "echo-late":
    o.write(i.read())
elif kind == "echo":
    while True:
        data = i.read1(65536)
        if not data: break
        o.write(data); o.flush()
elif kind == "columns":
    i.read()
    sys.stderr.write("warning: not this line\nerror: The table does not fit the query 'predict':\n"
                     "  the column 'carat' is missing\n  the column 'cut' is a number\nbye\n")
    sys.exit(2)
elif kind == "dies-midway":
    o.write(i.read(100000)); o.flush(); os.kill(os.getpid(), 9)
elif kind == "torn":
    if not i.read().endswith(b"END"):
        sys.stderr.write("error: The input is torn.\n"); sys.exit(5)
elif kind == "never-reads":
    time.sleep(600)
elif kind == "refuses":
    sys.stderr.write("error: No.\n"); sys.exit(5)
elif kind == "done-too-soon":
    i.read(10)
elif kind == "writes-first":
    o.write(b"x" * (8 << 20)); o.flush(); o.write(i.read())
elif kind == "noisy":
    sys.stderr.write("n" * (4 << 20) + "\n"); o.write(i.read())
    sys.stderr.write("error: After much noise.\n"); sys.exit(1)
'''


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            return stat.read().rsplit(b")", 1)[1].split()[0] != b"Z"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class PumpTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.pid_file = os.path.join(folder.name, "pid")
        self.script = os.path.join(folder.name, "worker.py")
        with open(self.script, "w") as script:
            script.write(WORKER)
        # A pump that hangs must fail the test, not stop the run.
        signal.signal(signal.SIGALRM, self._too_long)
        signal.alarm(30)
        self.addCleanup(signal.alarm, 0)

    def _too_long(self, *_):
        raise TimeoutError("the pump hangs")

    def command(self, kind):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.pid_file)
        return [sys.executable, self.script, kind, self.pid_file]

    def pid(self) -> int:
        def written():
            with contextlib.suppress(FileNotFoundError, ValueError):
                with open(self.pid_file) as file:
                    return int(file.read())
            return 0
        self.assertTrue(wait_until(written), "the worker never started")
        return written()

    def assert_nothing_left(self):
        pid = self.pid()
        self.assertTrue(wait_until(lambda: not alive(pid)), "the worker still runs")
        self.assertTrue(wait_until(lambda: not [
            t for t in threading.enumerate() if t.name.startswith("envelope-")]), "threads left")

    def fails(self, kind, chunks) -> WorkerError:
        with self.assertRaises(WorkerError) as caught:
            for _ in pump(self.command(kind), chunks):
                pass
        self.assert_nothing_left()
        return caught.exception

    def test_what_goes_in_comes_out(self):
        data = os.urandom(6 * MB)
        for kind in ("echo", "echo-late"):
            with self.subTest(kind):
                parts = [data[i:i + 100_001] for i in range(0, len(data), 100_001)]
                parts.insert(1, b"")
                self.assertEqual(b"".join(pump(self.command(kind), iter(parts))), data)
                self.assert_nothing_left()

    def test_buffers_other_than_bytes_are_taken(self):
        chunks = [memoryview(b"ab"), bytearray(b"cd")]
        self.assertEqual(b"".join(pump(self.command("echo"), chunks)), b"abcd")

    def test_a_worker_that_writes_much_before_it_reads_blocks_nobody(self):
        out = sum(map(len, pump(self.command("writes-first"), [b"y" * 4 * MB] * 2)))
        self.assertEqual(out, 16 * MB)

    def test_wrong_columns(self):
        error = self.fails("columns", [b"x"])
        self.assertEqual(error.exit_code, 2)
        self.assertEqual(error.message, "The table does not fit the query 'predict':\n"
                         "  the column 'carat' is missing\n  the column 'cut' is a number")
        self.assertIn("exit code 2", str(error))
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((copy.exit_code, copy.message), (2, error.message))

    def test_stderr_is_drained_and_its_end_kept(self):
        error = self.fails("noisy", [b"y" * MB] * 2)
        self.assertEqual((error.exit_code, error.message), (1, "After much noise."))

    def test_a_worker_that_dies_midway(self):
        error = self.fails("dies-midway", (b"x" * MB for _ in range(1000)))
        self.assertEqual(error.exit_code, -9)
        self.assertIn("signal 9", error.message)

    def test_a_worker_that_ends_at_once_while_the_input_never_comes(self):
        never = threading.Event()
        self.addCleanup(never.set)

        def chunks():
            never.wait(20)
            yield b"x"
        start = time.monotonic()
        with self.assertRaises(WorkerError) as caught:
            list(pump(self.command("refuses"), chunks()))
        self.assertLess(time.monotonic() - start, 5)
        self.assertEqual(caught.exception.message, "No.")
        never.set()
        self.assert_nothing_left()

    def test_a_torn_input(self):
        self.assertEqual(self.fails("torn", [b"some", b"thing"]).exit_code, 5)
        self.assertEqual(list(pump(self.command("torn"), [b"some", b"END"])), [])

    def test_a_worker_that_leaves_input_unread_is_not_done(self):
        error = self.fails("done-too-soon", (b"x" * MB for _ in range(10)))
        self.assertEqual(error.exit_code, 0)

    def test_a_fault_of_the_input_comes_out_as_it_is(self):
        # BrokenPipeError: must not be taken for a pipe of the worker.
        for fault in (ValueError("upstream"), BrokenPipeError("upstream"), KeyboardInterrupt()):
            for kind in ("echo-late", "echo", "never-reads"):
                with self.subTest(fault=fault, kind=kind):
                    def chunks():
                        yield b"x" * 1000
                        self.pid()
                        raise fault
                    with self.assertRaises(type(fault)) as caught:
                        list(pump(self.command(kind), chunks()))
                    self.assertIs(caught.exception, fault)
                    self.assert_nothing_left()

    def test_a_fault_of_the_input_counts_after_the_worker_is_done(self):
        def chunks():
            yield b"x" * 10
            pid = self.pid()
            self.assertTrue(wait_until(lambda: not alive(pid)))
            time.sleep(0.2)
            raise ValueError("upstream")
        with self.assertRaises(ValueError):
            list(pump(self.command("done-too-soon"), chunks()))
        self.assert_nothing_left()

    def test_stopping_early_kills_the_worker(self):
        for kind in ("echo", "writes-first"):
            with self.subTest(kind):
                out = pump(self.command(kind), (b"x" * MB for _ in range(10_000)))
                next(out)
                pid = self.pid()
                self.assertTrue(alive(pid))
                start = time.monotonic()
                out.close()
                self.assertLess(time.monotonic() - start, 3)
                self.assert_nothing_left()

    def test_dropping_the_result_kills_the_worker(self):
        out = pump(self.command("echo"), (b"x" * MB for _ in range(10_000)))
        next(out)
        del out
        self.assert_nothing_left()

    def test_stopping_early_while_the_input_waits(self):
        go = threading.Event()

        def chunks():
            yield b"x"
            go.wait(20)
        out = pump(self.command("echo"), chunks())
        next(out)
        start = time.monotonic()
        out.close()
        self.assertLess(time.monotonic() - start, 3)
        pid = self.pid()
        self.assertTrue(wait_until(lambda: not alive(pid)))
        go.set()
        self.assert_nothing_left()

    def test_the_worker_outlives_the_thread_that_began(self):
        gate = threading.Event()

        def parts():
            yield b"a"
            gate.wait(20)
            yield b"b"
        slow, first = pump(self.command("echo"), parts()), []
        thread = threading.Thread(target=lambda: first.append(next(slow)))
        thread.start()
        thread.join()
        gate.set()
        self.assertEqual(first + list(slow), [b"a", b"b"])

    @unittest.skipUnless(sys.platform.startswith("linux"), "only Linux can promise this")
    def test_no_orphan_after_kill_9(self):
        code = ("import sys, time; sys.path.insert(0, sys.argv[1]); import envelope_pump\n"
                "out = envelope_pump.pump(sys.argv[2:], (time.sleep(60) for _ in range(9)))\n"
                "next(out)")
        parent = subprocess.Popen(
            [sys.executable, "-c", code, HERE] + self.command("never-reads"))
        pid = self.pid()
        self.assertTrue(alive(pid))
        parent.kill()
        parent.wait()
        self.assert_nothing_left()

    def test_libraries_are_unpacked_where_there_is_a_place_if_home_is_none(self):
        unpacked = "DOTNET_BUNDLE_EXTRACT_BASE_DIR"
        shown = [sys.executable, "-c", f"import os; print(os.environ.get({unpacked!r}, 'home'))"]
        with mock.patch.dict(os.environ, {"HOME": self.folder}):
            os.environ.pop(unpacked, None)
            self.assertIsNone(environment())
            self.assertEqual(b"".join(pump(shown, [])), b"home\n")
            for home in ("/nonexistent", ""):
                os.environ["HOME"] = home
                with mock.patch("tempfile.tempdir", self.folder):
                    folder = b"".join(pump(shown, [])).decode().strip()
                self.assertEqual(folder, os.path.join(self.folder, f"envelope-{os.getuid()}"))
                self.assertEqual(os.stat(folder).st_mode & 0o777, 0o700)
            os.chmod(folder, 0o777)  # as of somebody who waits for us
            with mock.patch("tempfile.tempdir", self.folder):
                self.assertNotEqual(environment()[unpacked], folder)
            os.environ[unpacked] = "/own"
            self.assertEqual(b"".join(pump(shown, [])), b"/own\n")

    def test_options_of_the_worker_stand_behind_two_dashes(self):
        self.assertEqual(split_options(["a", "--", "--query", "b"]), (["a"], ["--query", "b"]))
        self.assertEqual(split_options(["a"]), (["a"], []))

    def test_a_worker_that_cannot_be_started(self):
        with self.assertRaises(FileNotFoundError):
            list(pump([os.path.join(self.folder, "none")], [b""]))
        with self.assertRaises(PermissionError):
            list(pump([self.script], [b""]))


if __name__ == "__main__":
    unittest.main()
