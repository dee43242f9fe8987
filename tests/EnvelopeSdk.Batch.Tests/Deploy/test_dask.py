"""Tests of envelope_dask on a real cluster of processes: ``python3 -m unittest test_dask``."""
import glob
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

from distributed import Client

import envelope_dask
from envelope_pump import WorkerError

HERE = os.path.dirname(os.path.abspath(__file__))

# Copies with a mark in front, slowly; writes early, so that a kill leaves a temporary file.
WORKER = f'''#!{sys.executable}
import sys, time
sys.stdout.buffer.write(b" ".join([b"mark", *map(str.encode, sys.argv[1:])]) + b" ")
sys.stdout.flush()
data = sys.stdin.buffer.read()
time.sleep(0.3)
if data.startswith(b"bad"):
    sys.stderr.write("error: Row 17 cannot be answered: no number.\\n"); sys.exit(1)
sys.stdout.buffer.write(data)
'''


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class DaskTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(signal.alarm, 0)
        signal.signal(signal.SIGALRM, cls.too_long)
        signal.alarm(120)
        cls.root = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.root, ignore_errors=True)
        cls.address = f"tcp://127.0.0.1:{free_port()}"
        cls.start("dask_scheduler", "--host", "127.0.0.1", "--port", cls.address.split(":")[2],
                  "--no-dashboard")
        cls.workers = [
            cls.start("dask_worker", cls.address, "--host", "127.0.0.1", "--nthreads", "1",
                      "--no-nanny", "--no-dashboard", "--local-directory", cls.path(f"local{i}"))
            for i in range(2)]
        cls.client = Client(cls.address, timeout="40s")
        cls.addClassCleanup(cls.client.close)
        cls.client.wait_for_workers(2, timeout=40)
        envelope_dask.ship(cls.client)
        cls.worker = cls.path("worker")
        with open(cls.worker, "w") as script:
            script.write(WORKER)
        os.chmod(cls.worker, 0o755)

    @staticmethod
    def too_long(*_):
        raise TimeoutError("the cluster hangs")

    @classmethod
    def path(cls, *names):
        return os.path.join(cls.root, *names)

    @classmethod
    def start(cls, module, *options):
        # Not in this folder: the tasks must find the modules by what ship() sends.
        process = subprocess.Popen([sys.executable, "-m", f"distributed.cli.{module}", *options],
                                   cwd=cls.root, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.kill)
        return process

    def parts(self, name, contents):
        os.makedirs(self.path(name))
        paths = [self.path(name, f"part-{i:02}.arrows") for i in range(len(contents))]
        for path, content in zip(paths, contents):
            with open(path, "wb") as file:
                file.write(content)
        return paths

    def read(self, folder):
        found = {}
        for name in (one for one in os.listdir(folder) if not one.startswith(".")):
            with open(os.path.join(folder, name), "rb") as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
        return found

    def test_one_worker_is_killed(self):
        contents = [os.urandom(100_000 + i) for i in range(12)] + [b""]
        inputs, out = self.parts("in", contents), self.path("out")
        os.makedirs(out)
        orphan = os.path.join(out, "part-00.arrows." + "0" * 32 + ".tmp")
        foreign = os.path.join(out, "notes.tmp")
        for path in (orphan, foreign):
            open(path, "w").close()
        victim = self.workers[0]
        killer = subprocess.Popen([sys.executable, "-c", (
            "import glob, os, sys, time\n"
            "while len(glob.glob(sys.argv[1] + '/*.arrows')) < 3: time.sleep(0.01)\n"
            "time.sleep(0.1)\n"  # into the middle of a part
            "os.kill(int(sys.argv[2]), 9)"), out, str(victim.pid)])
        counts = envelope_dask.answer(self.client, self.worker, inputs, out)
        self.assertEqual(killer.wait(), 0)
        self.assertEqual(victim.wait(), -9)
        self.assertEqual(len(self.client.scheduler_info()["workers"]), 1)
        self.assertEqual(counts["made"] + counts["kept"], 12)
        self.assertEqual(counts["empty"], 1)
        os.unlink(foreign)  # a file of somebody else was left alone
        expected = {f"part-{i:02}.arrows": hashlib.sha256(b"mark " + content).hexdigest()
                    for i, content in enumerate(contents) if content}
        self.assertEqual(self.read(out), expected)
        self.assert_no_process()

        again = envelope_dask.answer(self.client, self.worker, inputs, out)
        self.assertEqual(again, {"made": 0, "kept": 12, "empty": 1})
        os.unlink(os.path.join(out, "part-05.arrows"))
        again = envelope_dask.answer(self.client, self.worker, inputs, out)
        self.assertEqual(again, {"made": 1, "kept": 11, "empty": 1})
        self.assertEqual(self.read(out), expected)

    def test_a_part_that_cannot_be_answered(self):
        inputs, out = self.parts("bad", [b"bad", b"good"]), self.path("bad-out")
        with self.assertRaises(WorkerError) as caught:
            envelope_dask.answer(self.client, self.worker, inputs, out)
        self.assertEqual(caught.exception.exit_code, 1)
        self.assertEqual(
            caught.exception.message, f"{inputs[0]}: Row 17 cannot be answered: no number.")
        time.sleep(0.8)  # a part that has begun runs on
        self.assertEqual(glob.glob(os.path.join(out, "*.tmp")), [])
        self.assertFalse(os.path.exists(os.path.join(out, "part-00.arrows")))

    def test_a_part_that_was_made_of_something_else_is_refused_and_left(self):
        inputs, out = self.parts("changed", [b"one", b"two"]), self.path("changed-out")
        envelope_dask.answer(self.client, self.worker, inputs, out)
        before = self.read(out)
        for options in ([], ["--query", "other"]):
            if not options:
                with open(inputs[1], "wb") as file:
                    file.write(b"six")
            with self.assertRaisesRegex(ValueError, "part-0[01].arrows was made of another input"):
                envelope_dask.answer(self.client, self.worker, inputs, out, options)
            with open(inputs[1], "wb") as file:
                file.write(b"two")
        with open(inputs[1], "wb"):
            pass  # it is empty now, and its output is not
        with self.assertRaises(ValueError):
            envelope_dask.answer(self.client, self.worker, inputs, out)
        self.assertEqual(self.read(out), before)

    def test_a_part_of_a_job_that_has_failed_does_not_replace_that_of_the_next_one(self):
        source, out = self.parts("late", [b"one"])[0], self.path("late-out")
        os.mkdir(out)
        target, run = os.path.join(out, "part-00.arrows"), envelope_dask._run

        def run_late(command, *rest):
            run(command, *rest)  # the part of the job that failed is done, and the next one's too
            with mock.patch.object(envelope_dask, "_run", run):
                made.append(envelope_dask.answer_part(self.worker, source, target, ["--new"]))

        made = []
        with mock.patch.object(envelope_dask, "_run", run_late), self.assertRaises(ValueError):
            envelope_dask.answer_part(self.worker, source, target, ["--old"])
        self.assertEqual(made, ["made"])
        with open(target, "rb") as file:
            self.assertTrue(file.read().startswith(b"mark --new"))
        self.assertEqual(envelope_dask.answer_part(self.worker, source, target, ["--new"]), "kept")
        self.assertEqual(sorted(os.listdir(out)), [".part-00.arrows.made", "part-00.arrows"])

    def test_a_part_that_two_runs_make_at_once_is_there_once(self):
        source, out = self.parts("twice", [b"one"])[0], self.path("twice-out")
        os.mkdir(out)
        target, link = os.path.join(out, "part-00.arrows"), envelope_dask._link

        def link_late(*names):
            with mock.patch.object(envelope_dask, "_link", link):
                envelope_dask.answer_part(self.worker, source, target)
            link(*names)

        with mock.patch.object(envelope_dask, "_link", link_late):
            self.assertEqual(envelope_dask.answer_part(self.worker, source, target), "kept")
        self.assertEqual(sorted(os.listdir(out)), [".part-00.arrows.made", "part-00.arrows"])

    def test_a_record_without_its_part_is_of_a_job_that_was_killed_there(self):
        inputs, out = self.parts("killed", [b"one"]), self.path("killed-out")
        envelope_dask.answer(self.client, self.worker, inputs, out)
        os.unlink(os.path.join(out, "part-00.arrows"))
        with open(inputs[0], "wb") as file:
            file.write(b"six")
        self.assertEqual(envelope_dask.answer(self.client, self.worker, inputs, out)["made"], 1)
        self.assertEqual(envelope_dask.answer(self.client, self.worker, inputs, out)["kept"], 1)

    def test_paths_are_those_of_who_asks(self):
        inputs, out = self.parts("relative", [b"good"]), self.path("relative-out")
        folder = os.getcwd()
        counts = envelope_dask.answer(
            self.client, os.path.relpath(self.worker, folder),
            [os.path.relpath(inputs[0], folder)], os.path.relpath(out, folder))
        self.assertEqual(counts["made"], 1)

    def test_the_command_line(self):
        inputs, out = self.parts("line", [b"good"]), self.path("line-out")
        done = subprocess.run(
            [sys.executable, "-W", "ignore", os.path.join(HERE, "envelope_dask.py"), "--scheduler",
             self.address, "--worker", self.worker, "--output", out] + inputs
            + ["--", "--query", "predict"],
            cwd=self.root, stdout=subprocess.PIPE, check=True, timeout=60)
        self.assertEqual(done.stdout, b"1 made, 0 kept, 0 empty\n")
        with open(os.path.join(out, "part-00.arrows"), "rb") as part:
            self.assertEqual(part.read(), b"mark --query predict good")

    def test_names_that_would_collide(self):
        for inputs, out in ((["a/x", "b/x"], "c"), (["a/x"], "./a")):
            with self.assertRaises(ValueError):
                envelope_dask.answer(self.client, self.worker, inputs, out)

    def assert_no_process(self):
        time.sleep(0.2)
        for path in glob.glob("/proc/[0-9]*/cmdline"):
            try:
                with open(path, "rb") as file:
                    self.assertNotIn(self.worker.encode(), file.read().split(b"\0")[1:2])
            except (FileNotFoundError, ProcessLookupError):
                pass


if __name__ == "__main__":
    unittest.main()
