"""Tests of envelope_spark without Spark and pyarrow: ``python3 -m unittest test_spark``.

Small stand-ins take their places. They prove how the module uses its streams and files, not that
Spark and pyarrow agree with it.
"""
import io
import os
import pickle
import struct
import sys
import tempfile
import threading
import types
import unittest
from unittest import mock


class ArrowInvalid(ValueError):
    pass


class Writer:
    """Framed pickles: the schema at the start, the batches, a zero length as the end mark."""

    def __init__(self, sink, schema):
        self._sink = sink
        self.write_batch(schema)

    def write_batch(self, item):
        data = pickle.dumps(item)
        self._sink.write(struct.pack("<I", len(data)))
        self._sink.write(memoryview(data))  # pyarrow hands over buffers, too

    def __enter__(self):
        return self

    def __exit__(self, *_):  # as pyarrow: the end mark, and the sink stays open
        self._sink.write(struct.pack("<I", 0))


class Reader:
    def __init__(self, source):
        self._source = io.BytesIO(source) if isinstance(source, bytes) else source
        self.schema = self._next()
        if self.schema is None:
            raise ArrowInvalid("null or length 0")

    def _read(self, size):
        try:
            data = self._source.read(size)
        except Exception as fault:  # the worst that a library in C++ could do with it
            raise OSError("the stream failed") from fault
        if len(data) != size:  # pyarrow does not ask again after a short read
            raise ArrowInvalid("unexpected end of stream")
        return data

    def _next(self):
        size = struct.unpack("<I", self._read(4))[0]
        return pickle.loads(self._read(size)) if size else None

    def __iter__(self):
        return iter(self._next, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


class Batch:
    def __init__(self, schema, rows):
        self.schema, self.rows = schema, rows


pyarrow = types.ModuleType("pyarrow")
pyarrow.ipc = types.SimpleNamespace(new_stream=Writer, open_stream=Reader)
pyarrow.RecordBatch, pyarrow.Schema = Batch, list
pyspark = types.ModuleType("pyspark")
pyspark.SparkFiles = mock.Mock()
arrow_types = types.ModuleType("pyspark.sql.pandas.types")
arrow_types.to_arrow_schema = lambda schema: ["arrow", schema]
arrow_types.from_arrow_schema = lambda schema, prefer_timestamp_ntz: ("spark", schema)
sys.modules.update({"pyarrow": pyarrow, "pyspark": pyspark, arrow_types.__name__: arrow_types,
                    "pyspark.sql": types.ModuleType("pyspark.sql"),
                    "pyspark.sql.pandas": types.ModuleType("pyspark.sql.pandas")})
import envelope_spark  # noqa: E402  (needs the stand-ins)
from envelope_pump import WorkerError  # noqa: E402

WORKER = f'''#!{sys.executable}
import os, sys
with open(os.environ["STARTS"], "a") as starts: starts.write("x")
if "--signed" not in sys.argv: sys.exit(64)
data = sys.stdin.buffer.read()
if b"wrong" in data:
    sys.stderr.write("error: The table does not fit the query 'predict':\\n  no column 'x'\\n")
    sys.exit(2)
if b"midway" in data:
    sys.stdout.buffer.write(data[:-9]); sys.stdout.flush()
    sys.stderr.write("error: Row 17 cannot be answered: no number.\\n"); sys.exit(1)
sys.stdout.buffer.write(data)
if b"late" in data:
    sys.stdout.flush(); sys.stderr.write("error: Not done.\\n"); sys.exit(5)
'''


class SparkTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.worker = os.path.join(folder.name, "the-worker")
        with open(self.worker, "w") as script:
            script.write(WORKER)
        os.chmod(self.worker, 0o644)  # as addFile leaves it
        pyspark.SparkFiles.get = lambda name: os.path.join(folder.name, name)
        self.starts = os.environ["STARTS"] = os.path.join(folder.name, "starts")
        self.run_partition = envelope_spark.partition_function("the-worker")

    def batches(self, *rows):
        return iter([Batch(["id"], row) for row in rows])

    def test_batches_go_through(self):
        rows = [["a"], [], ["b" * 3_000_000], list(range(1000))]
        out = list(self.run_partition(self.batches(*rows)))
        self.assertEqual([batch.rows for batch in out], rows)
        self.assertEqual(os.path.getsize(self.starts), 1)

    def test_an_empty_partition_starts_no_worker(self):
        self.assertEqual(list(self.run_partition(iter([]))), [])
        self.assertFalse(os.path.exists(self.starts))

    def test_the_error_of_the_worker_comes_out(self):
        for rows, code, text in ((["wrong"], 2, "no column 'x'"), (["midway"], 1, "Row 17"),
                                 (["late"], 5, "Not done.")):
            with self.subTest(rows), self.assertRaises(WorkerError) as caught:
                list(self.run_partition(self.batches(["a"], rows)))
            self.assertEqual(caught.exception.exit_code, code)
            self.assertIn(text, caught.exception.message)

    def test_a_fault_of_the_input_comes_out_as_it_is(self):
        fault = ValueError("upstream")

        def batches():
            yield Batch(["id"], ["a"])
            raise fault
        with self.assertRaises(ValueError) as caught:
            list(self.run_partition(batches()))
        self.assertIs(caught.exception, fault)

    def test_stopping_early_leaves_no_thread(self):
        out = self.run_partition(self.batches(*[["a" * 100_000]] * 50))
        next(out)
        out.close()
        self.assertFalse([t for t in threading.enumerate() if t.name.startswith("envelope-")])

    def test_the_run_bit_is_set_by_many_at_once(self):
        faults = []

        def ask():
            try:
                if not os.access(envelope_spark.runnable("the-worker"), os.X_OK):
                    raise AssertionError("no run bit")
            except BaseException as fault:
                faults.append(fault)
        for chmod in (os.chmod, self.refuse(os.chmod)):
            os.chmod(self.worker, 0o644)
            with mock.patch("os.chmod", chmod):
                threads = [threading.Thread(target=ask) for _ in range(16)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        self.assertEqual(faults, [])
        folder = os.path.dirname(self.worker)
        self.assertEqual(sorted(os.listdir(folder)), ["the-worker", "the-worker.run"])

    def refuse(self, chmod):
        def refusing(path, mode):
            if path == self.worker:
                raise PermissionError("not yours")
            chmod(path, mode)
        return refusing

    def test_answer_ships_asks_and_maps(self):
        df = mock.Mock()
        df.schema = "columns"
        context = df.sparkSession.sparkContext
        for worker, shipped in ((self.worker, True), ("s3a://x/the-worker", True),
                                ("the-worker", False)):
            context.reset_mock()
            self.assertIs(envelope_spark.answer(df, worker), df.mapInArrow.return_value)
            self.assertEqual(context.addFile.called, shipped)
            self.assertEqual([os.path.basename(call.args[0])
                              for call in context.addPyFile.call_args_list],
                             ["envelope_pump.py", "envelope_spark.py"])
            function, schema = df.mapInArrow.call_args.args
            self.assertEqual(schema, ("spark", ["arrow", "columns"]))
            self.assertEqual([b.rows for b in function(self.batches([1]))], [[1]])
        df.schema = "wrong"
        with self.assertRaises(WorkerError) as caught:
            envelope_spark.answer(df, self.worker)
        self.assertEqual(caught.exception.exit_code, 2)
        os.unlink(self.starts)
        envelope_spark.answer(df, self.worker, "id long")
        self.assertEqual(df.mapInArrow.call_args.args[1], "id long")
        self.assertFalse(os.path.exists(self.starts))


if __name__ == "__main__":
    unittest.main()
