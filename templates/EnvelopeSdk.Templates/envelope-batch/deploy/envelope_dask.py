"""Answers partition files (Arrow IPC streams) with an envelope worker on a Dask cluster.

    python3 envelope_dask.py --scheduler tcp://scheduler:8786 \\
        --worker /share/DiamondBatch-worker --output /share/out /share/in/*.arrows

Options of the worker stand behind ``--``, such as ``-- --query predict --keep-bad``. Inputs,
output folder and worker must have the same paths on all machines. A part that is there is kept
if it was made of the same input, worker and options, and else refused: give each run of a new
input a folder of its own.
"""
from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Dict, Sequence

import envelope_pump

if TYPE_CHECKING:
    from distributed import Client

_TEMPORARY = re.compile(r"\.[0-9a-f]{32}\.tmp$")


def answer(client: Client, worker: str, inputs: Sequence[str], output_dir: str,
           options: Sequence[str] = ()) -> Dict[str, int]:
    """Answers each file of ``inputs`` into a file of the same name in ``output_dir``.

    ``options`` are those of the worker, such as ``["--query", "predict"]``.
    Returns how many parts were ``made`` now, ``kept`` from an earlier run, or ``empty`` (0 bytes
    long: no output). A part appears under its name only when it is whole and on disk, so a job
    that was ended can be run again. Of what a part was made is in ``.NAME.made`` beside it.
    Only one job at a time may write to a folder. On the cluster, this module and envelope_pump
    must be importable: see ``ship``.

    Raises ``ValueError`` if two inputs have one name or lie in ``output_dir``, or a part is there
    that was made of something else;
    ``envelope_pump.WorkerError`` for the first part whose worker fails (parts not yet begun are
    given up); ``OSError`` for files; ``distributed.KilledWorker`` if a part ends Dask workers
    again and again.
    """
    from distributed import as_completed
    if "--schema" in options:
        raise ValueError("With --schema a worker answers no row.")
    worker, output_dir = os.path.abspath(worker), os.path.abspath(output_dir)
    inputs = [os.path.abspath(path) for path in inputs]  # Dask workers have other folders
    targets = [os.path.join(output_dir, os.path.basename(path)) for path in inputs]
    if len(set(targets)) < len(targets):
        raise ValueError("Two inputs have the same file name.")
    folders = {os.path.realpath(os.path.dirname(path)) for path in inputs}
    if os.path.realpath(output_dir) in folders:
        raise ValueError("The output folder must not be a folder of inputs.")
    os.makedirs(output_dir, exist_ok=True)
    _sweep(output_dir)
    counts = {"made": 0, "kept": 0, "empty": 0}
    # pure=False: the result of a part is a file, so Dask must not answer from its memory.
    futures = [client.submit(answer_part, worker, source, target, options, pure=False)
               for source, target in zip(inputs, targets)]
    try:
        for future in as_completed(futures):
            counts[future.result()] += 1
    except BaseException:
        client.cancel(futures)
        raise
    _sweep(output_dir)  # of Dask workers that were killed in this run
    return counts


def answer_part(worker: str, source: str, target: str, options: Sequence[str] = ()) -> str:
    """One task: answers one file and returns "made", "kept" or "empty".

    May run twice, even at the same time: the first one to finish puts its bytes in place. What is
    there is never replaced: a part of a job that has failed may end while the next job runs.
    Raises ``ValueError`` if it is there and was made of something else,
    ``envelope_pump.WorkerError`` and ``OSError``; no temporary file stays then.
    """
    identity = _identity(worker, source, options)
    if os.path.exists(target):
        return _kept(target, source, identity)
    if os.path.getsize(source) == 0:
        return "empty"
    temporary = f"{target}.{uuid.uuid4().hex}.tmp"
    try:
        with open(source, "rb") as reader, open(temporary, "xb") as writer:
            _run([worker, *options], reader.fileno(), writer.fileno(), source)
            os.fsync(writer.fileno())
        if os.path.exists(target):
            return _kept(target, source, identity)
        _write(_record(target), identity)
        try:
            _link(temporary, target)
        except (FileExistsError, FileNotFoundError):  # another run was first, and may have swept
            if not os.path.exists(target):
                raise
            return _kept(target, source, identity)
        if _read(_record(target)) != identity:  # of a run that came between, and was too late
            _write(_record(target), identity)
        _sync_folder(os.path.dirname(target))
        return "made"
    finally:
        _remove(temporary)


def _kept(target: str, source: str, identity: str) -> str:
    if _read(_record(target)) != identity:
        raise ValueError(f"{target} was made of another input than {source}, or by another "
                         "worker or with other options. Remove it, or name another folder.")
    return "kept"


def _link(temporary: str, target: str) -> None:
    """Gives a file its name, if there is none of that name; where links can be had."""
    try:
        os.link(temporary, target)
    except OSError as fault:
        if fault.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        os.replace(temporary, target)


def ship(client: Client) -> None:
    """Sends this module and envelope_pump to all Dask workers, those that join later too."""
    client.upload_file(envelope_pump.__file__)
    if __name__ != "__main__":  # what is in __main__ travels with the task
        client.upload_file(__file__)


def _identity(worker: str, source: str, options: Sequence[str]) -> str:
    """Tells a part from what would be made of another input, by another worker or otherwise."""
    whole = hashlib.sha256(json.dumps(list(options)).encode())
    for path in (worker, source):
        digest = hashlib.sha256()
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
        whole.update(digest.digest())
    return whole.hexdigest()


def _record(target: str) -> str:
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.made")


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def _write(path: str, text: str) -> None:
    temporary = f"{path}.{uuid.uuid4().hex}.tmp"
    try:
        with open(temporary, "x", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        _remove(temporary)


def _run(command: Sequence[str], source: int, target: int, name: str) -> None:
    with subprocess.Popen(command, stdin=source, stdout=target, stderr=subprocess.PIPE,
                          preexec_fn=envelope_pump.die_with_parent(),
                          env=envelope_pump.environment()) as process:
        try:
            text = envelope_pump.read_tail(process.stderr)
            exit_code = process.wait()
        except BaseException:
            process.kill()
            raise
    if exit_code:
        message = envelope_pump.error_text(exit_code, text)
        raise envelope_pump.WorkerError(exit_code, f"{name}: {message}")


def _sweep(folder: str) -> None:
    for name in os.listdir(folder):
        if _TEMPORARY.search(name):
            _remove(os.path.join(folder, name))


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def _sync_folder(folder: str) -> None:
    handle = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def main() -> None:
    """The command line. Ends with a traceback and exit code 1 on the errors of ``answer``."""
    parser = argparse.ArgumentParser(description="Answers partition files on Dask.")
    parser.add_argument("--scheduler", required=True, help="such as tcp://scheduler:8786")
    parser.add_argument("--worker", required=True)
    parser.add_argument("--output", required=True, help="a folder")
    parser.add_argument("inputs", nargs="+", help="and, behind --, options of the worker")
    own, rest = envelope_pump.split_options(sys.argv[1:])
    options = parser.parse_args(own)
    from distributed import Client
    with Client(options.scheduler) as client:
        ship(client)
        counts = answer(client, options.worker, options.inputs, options.output, rest)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
