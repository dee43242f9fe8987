"""Answers the rows of a Spark DataFrame with an envelope worker (Spark 3.4 or later, classic).

    spark-submit --py-files envelope_pump.py envelope_spark.py \\
        --worker ./DiamondBatch-worker --input s3a://tables/in --output s3a://tables/out
"""
from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import shutil
import uuid
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Optional

import pyarrow as pa

import envelope_pump

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Batches = Iterator[pa.RecordBatch]

SIGNED = "--signed"  # Spark has no integers without a sign


def answer(df: DataFrame, worker: str, schema: Any = None) -> DataFrame:
    """Returns ``df`` with the worker's answer columns; lazy, as every Spark transformation.

    ``worker`` is a path or URI that Spark can fetch, or the name of a file given to ``--files``.
    ``schema`` (StructType or DDL) is that of the result; without it the worker is asked on the
    driver: give it if the driver cannot run the worker.

    Raises ``envelope_pump.WorkerError`` (exit code 2) at once if the columns do not fit, unless
    ``schema`` is given. A later ``WorkerError`` fails a Spark task: its text is in Spark's
    exception, and row numbers in it count within the partition.
    """
    context = df.sparkSession.sparkContext
    if "://" in worker or os.path.exists(worker):
        context.addFile(worker)
    context.addPyFile(envelope_pump.__file__)
    if __name__ != "__main__":  # what is in __main__ travels with the function
        context.addPyFile(__file__)
    name = os.path.basename(worker)
    if schema is None:
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
        answered = output_schema(runnable(name), to_arrow_schema(df.schema))
        schema = from_arrow_schema(answered, prefer_timestamp_ntz=True)
    return df.mapInArrow(partition_function(name), schema)


def partition_function(name: str) -> Callable[[Batches], Batches]:
    """The function for ``mapInArrow``: one worker for each partition, none for an empty one."""
    def run(batches: Batches) -> Batches:
        first = next(batches, None)
        if first is None:  # no batch, no schema: a worker would call the stream torn
            return
        stream = _encode(first.schema, itertools.chain([first], batches))
        yield from _decode(envelope_pump.pump([runnable(name), SIGNED], stream))
    return run


def output_schema(worker: str, schema: pa.Schema) -> pa.Schema:
    """Asks a worker for the schema of its output. Raises what ``envelope_pump.pump`` raises."""
    out = b"".join(envelope_pump.pump([worker, SIGNED, "--schema"], _encode(schema, ())))
    with pa.ipc.open_stream(out) as reader:
        return reader.schema


def runnable(name: str) -> str:
    """The path of a file that Spark shipped, with its run bit, which ``addFile`` loses.

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


def _decode(chunks: Iterator[bytes]) -> Batches:
    source = _Source(chunks)
    try:
        with pa.ipc.open_stream(io.BufferedReader(source, 1 << 16)) as reader:
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
    parser = argparse.ArgumentParser(description="Answers the rows of a table on Spark.")
    parser.add_argument("--worker", required=True, help="path, URI, or name given to --files")
    parser.add_argument("--input", required=True, help="such as s3a://tables/in")
    parser.add_argument("--output", required=True)
    parser.add_argument("--format", default="parquet", help="of input and output")
    options = parser.parse_args()
    from pyspark.sql import SparkSession
    reader = SparkSession.builder.getOrCreate().read.format(options.format)
    answered = answer(reader.load(options.input), options.worker)
    answered.write.format(options.format).save(options.output)


if __name__ == "__main__":
    main()
