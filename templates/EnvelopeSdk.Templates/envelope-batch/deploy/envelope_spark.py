"""Answers the rows of a Spark DataFrame with an envelope worker (Spark 3.4 or later, classic).

    spark-submit --py-files envelope_pump.py envelope_spark.py \\
        --worker ./DiamondBatch-worker --input s3a://tables/in --output s3a://tables/out

Options of the worker stand behind ``--``, such as ``-- --query predict --keep-bad``. It takes
pyarrow on all machines, and pandas where the driver is. A worker runs for each task beside the
JVM: ``spark.executor.memoryOverhead`` has to hold them.
"""
from __future__ import annotations

import argparse
import atexit
import contextlib
import hashlib
import io
import itertools
import os
import re
import shutil
import sys
import tempfile
import uuid
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, List, Optional, Sequence

import pyarrow as pa

import envelope_pump

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Batches = Iterator[pa.RecordBatch]

SIGNED = "--signed"  # Spark has no integers without a sign

_shipped: set = set()


def answer(df: DataFrame, worker: str, schema: Any = None,
           options: Sequence[str] = ()) -> DataFrame:
    """Returns ``df`` with the worker's answer columns; lazy, as every Spark transformation.

    ``worker`` is a path; a URI that Spark can fetch, which has to be another for another worker;
    or the name of a file given to ``--files``. ``options`` are those of the worker, such as
    ``["--query", "predict"]``. ``schema`` (StructType or DDL) is that of the result; without it
    the worker is asked on the driver: give it if the driver cannot run the worker.

    Raises ``envelope_pump.WorkerError`` (exit code 2) at once if the columns do not fit, and
    ``FileNotFoundError`` if the driver has no worker to ask, unless ``schema`` is given;
    ``RuntimeError`` where Spark has no context. A later ``WorkerError`` fails a Spark task: its
    text is in Spark's exception, and row numbers in it count within the partition.
    """
    context = _context(df)
    name = _ship(context, worker)
    _ship_module(context, envelope_pump.__file__)
    if __name__ != "__main__":  # what is in __main__ travels with the function
        _ship_module(context, __file__)
    if schema is None:
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
        answered = output_schema(_of_driver(worker, name), to_arrow_schema(df.schema), options)
        schema = from_arrow_schema(answered, prefer_timestamp_ntz=True)
    # Spark puts what comes into the columns of the schema by their place, whatever they are called.
    names = df.mapInArrow(partition_function(name, options), schema).columns
    return df.mapInArrow(partition_function(name, options, names), schema)


def _context(df: DataFrame) -> Any:
    try:
        return df.sparkSession.sparkContext
    except Exception as fault:  # Spark Connect has none
        raise RuntimeError("This needs a SparkContext, which Spark Connect has not. On Databricks, "
                           "use compute with dedicated access mode.") from fault


def _ship(context: Any, worker: str) -> str:
    """Lets Spark bring the worker to all machines. Returns by which name they find it."""
    name = os.path.basename(worker)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", worker):
        context.addFile(worker)
    elif name != worker or name not in _given(context, "spark.files", "spark.yarn.dist.files"):
        if os.path.isfile(worker):
            return _ship_file(context, worker)
    return name


def _ship_file(context: Any, worker: str) -> str:
    """Ships a file under a name that has its digest: Spark never replaces what it has shipped."""
    folder = tempfile.mkdtemp(prefix="envelope-")
    atexit.register(shutil.rmtree, folder, True)  # not before: machines that join later fetch it
    copy = shutil.copy(worker, folder)
    digest = hashlib.sha256()
    with open(copy, "rb") as file:
        for data in iter(lambda: file.read(1 << 20), b""):
            digest.update(data)
    name = f"{os.path.basename(worker)}-{digest.hexdigest()[:16]}"
    if (context.applicationId, name) not in _shipped:
        named = os.path.join(folder, name)
        os.replace(copy, named)
        context.addFile(named)
        _shipped.add((context.applicationId, name))
    return name


def _ship_module(context: Any, path: str) -> None:
    """Ships a module, unless ``--py-files`` has it: a second file of its name is an error."""
    given = _given(context, "spark.submit.pyFiles")
    if os.path.isfile(path) and os.path.basename(path) not in given:
        context.addPyFile(path)


def _given(context: Any, *settings: str) -> List[str]:
    """The names of the files that were given to ``spark-submit``."""
    files = ",".join(context.getConf().get(setting, "") for setting in settings)
    return [os.path.basename(one.split("#")[-1]) for one in files.split(",")]


def _of_driver(worker: str, name: str) -> str:
    from pyspark import SparkFiles
    if not os.path.exists(SparkFiles.get(name)):
        raise FileNotFoundError(
            f"The driver has no '{worker}' to ask for the schema of the answers. Give a path that "
            "is here, or a URI; of a file that --files brings to executors alone, give the schema.")
    return runnable(name)


def partition_function(name: str, options: Sequence[str] = (),
                       names: Optional[Sequence[str]] = None) -> Callable[[Batches], Batches]:
    """The function for ``mapInArrow``: one worker for each partition, none for an empty one.

    It raises ``ValueError`` if the worker answers other columns than ``names``, if those are given.
    """
    if "--schema" in options:
        raise ValueError("With --schema a worker answers no row.")

    def run(batches: Batches) -> Batches:
        first = next(batches, None)
        if first is None:  # no batch, no schema: a worker would call the stream torn
            return
        stream = _encode(first.schema, itertools.chain([first], batches))
        yield from _decode(envelope_pump.pump([runnable(name), SIGNED, *options], stream), names)
    return run


def output_schema(worker: str, schema: pa.Schema, options: Sequence[str] = ()) -> pa.Schema:
    """Asks a worker for the schema of its output. Raises what ``envelope_pump.pump`` raises."""
    out = b"".join(envelope_pump.pump([worker, SIGNED, "--schema", *options],
                                      _encode(schema, ())))
    with pa.ipc.open_stream(out) as reader:
        return reader.schema


def runnable(name: str) -> str:
    """The path of a file that Spark shipped, with its run bit, which not every file system keeps.

    Many tasks may do it at once: to set the bit twice does no harm, and a copy (of a file of
    another user) takes its place in one step. Raises ``OSError`` if neither is possible.
    """
    from pyspark import SparkFiles
    path = SparkFiles.get(name)
    with contextlib.suppress(OSError):  # the next lines tell whether it matters
        os.chmod(path, os.stat(path).st_mode | 0o111)
    if os.access(path, os.X_OK):
        return path
    copy = f"{path}.run"
    if not os.access(copy, os.X_OK):
        temporary = shutil.copy(path, f"{copy}.{uuid.uuid4().hex}")
        os.chmod(temporary, 0o755)
        os.replace(temporary, copy)
    return copy


def _encode(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            yield sink.getvalue()
            sink.truncate(sink.seek(0))
    yield sink.getvalue()  # the start, if there was no batch, and the end mark


def _decode(chunks: Iterator[bytes], names: Optional[Sequence[str]] = None) -> Batches:
    source = _Source(chunks)
    try:
        with pa.ipc.open_stream(io.BufferedReader(source, 1 << 16)) as reader:
            if names is not None and list(names) != list(reader.schema.names):
                raise ValueError(f"The worker answers the columns {list(reader.schema.names)}, and "
                                 f"the schema has {list(names)}. Give it those, in this order.")
            yield from reader
        for _ in chunks:  # to the end: only there the exit code is known
            pass
    except Exception as fault:  # that of the worker says more than "unexpected end of stream"
        raise source.fault or fault from None
    finally:
        chunks.close()


class _Source(io.RawIOBase):
    """A file over an iterator of chunks; keeps the exception that ended it."""
    fault: Optional[Exception] = None

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        try:
            self._rest = self._rest or memoryview(next(self._chunks, b""))
        except Exception as fault:
            self.fault = fault
            raise
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def main() -> None:
    parser = argparse.ArgumentParser(description="Answers the rows of a table on Spark.",
                                     epilog="Behind -- stand options of the worker.")
    parser.add_argument("--worker", required=True, help="path, URI, or name given to --files")
    parser.add_argument("--input", required=True, help="such as s3a://tables/in")
    parser.add_argument("--output", required=True)
    parser.add_argument("--format", default="parquet", help="of input and output")
    parser.add_argument("--option", action="append", default=[], metavar="KEY=VALUE",
                        help="how the input is read, such as header=true")
    own, rest = envelope_pump.split_options(sys.argv[1:])
    options = parser.parse_args(own)
    from pyspark.sql import SparkSession
    reader = SparkSession.builder.getOrCreate().read.format(options.format)
    reader = reader.options(**dict(one.split("=", 1) for one in options.option))
    answered = answer(reader.load(options.input), options.worker, options=rest)
    answered.write.format(options.format).save(options.output)


if __name__ == "__main__":
    main()
