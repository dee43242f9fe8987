"""Tests of envelope_spark without Spark and pyarrow: ``python3 -m unittest test_spark``.

Small stand-ins take their places. They prove how the module uses its streams and files, not that
Spark and pyarrow agree with it.
"""
import io
import os
import pickle
import shutil
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


class Schema(list):
    @property
    def names(self):
        return list(self)


class Reader:
    def __init__(self, source):
        self._source = io.BytesIO(source) if isinstance(source, bytes) else source
        schema = self._next()
        if schema is None:
            raise ArrowInvalid("null or length 0")
        self.schema = Schema(schema)

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
with open(os.environ["STARTS"], "a") as starts: starts.write(" ".join(sys.argv[1:]) + "\\n")
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
        pyspark.SparkFiles.get = lambda name: os.path.join(folder.name, "files", name)
        os.mkdir(os.path.join(folder.name, "files"))
        shutil.copy(self.worker, pyspark.SparkFiles.get("the-worker"))
        self.starts = os.environ["STARTS"] = os.path.join(folder.name, "starts")
        self.run_partition = envelope_spark.partition_function("the-worker")

    def started(self):
        with open(self.starts) as starts:
            return starts.read().splitlines()

    def frame(self, **conf):
        """A DataFrame whose context ships files to the folder of the driver."""
        df = mock.Mock()
        df.schema = "columns"
        df.mapInArrow.return_value.columns = ["id"]
        context = df.sparkSession.sparkContext
        context.applicationId = self.id()
        context.getConf.return_value.get = lambda key, absent: conf.get(key, absent)
        context.addFile.side_effect = lambda path: "://" in path or shutil.copy(
            path, pyspark.SparkFiles.get(os.path.basename(path)))
        return df, context

    def shipped(self, context):
        return [os.path.basename(call.args[0]) for call in context.addFile.call_args_list]

    def batches(self, *rows):
        return iter([Batch(["id"], row) for row in rows])

    def test_batches_go_through(self):
        rows = [["a"], [], ["b" * 3_000_000], list(range(1000))]
        out = list(self.run_partition(self.batches(*rows)))
        self.assertEqual([batch.rows for batch in out], rows)
        self.assertEqual(self.started(), ["--signed"])

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
        path = pyspark.SparkFiles.get("the-worker")
        for chmod in (os.chmod, self.refuse(os.chmod, path)):
            os.chmod(path, 0o644)
            with mock.patch("os.chmod", chmod):
                threads = [threading.Thread(target=ask) for _ in range(16)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        self.assertEqual(faults, [])
        self.assertEqual(sorted(os.listdir(os.path.dirname(path))),
                         ["the-worker", "the-worker.run"])

    def refuse(self, chmod, worker):
        def refusing(path, mode):
            if path == worker:
                raise PermissionError("not yours")
            chmod(path, mode)
        return refusing

    def test_answer_ships_asks_and_maps(self):
        df, context = self.frame()
        self.assertIs(envelope_spark.answer(df, self.worker), df.mapInArrow.return_value)
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

    def test_a_given_schema_with_other_columns_or_another_order_is_refused(self):
        df, _ = self.frame()
        df.mapInArrow.return_value.columns = ["price"]
        envelope_spark.answer(df, self.worker, "price double")
        with self.assertRaises(ValueError) as caught:
            list(df.mapInArrow.call_args.args[0](self.batches([1])))
        self.assertIn("answers the columns ['id'], and the schema has ['price']",
                      str(caught.exception))

    def test_an_option_that_lets_the_worker_answer_nothing_is_refused(self):
        df, _ = self.frame()
        with self.assertRaises(ValueError):
            envelope_spark.answer(df, self.worker, "id long", ["--schema"])

    def test_options_of_the_worker_reach_it_for_the_schema_and_for_rows(self):
        df, _ = self.frame()
        envelope_spark.answer(df, self.worker, options=["--query", "predict"])
        list(df.mapInArrow.call_args.args[0](self.batches([1])))
        self.assertEqual(self.started(), ["--signed --schema --query predict",
                                          "--signed --query predict"])

    def test_another_worker_of_the_same_path_is_another_file_and_the_same_is_shipped_once(self):
        df, context = self.frame()
        envelope_spark.answer(df, self.worker)
        envelope_spark.answer(df, self.worker)
        with open(self.worker, "a") as script:
            script.write("# a new model\n")
        envelope_spark.answer(df, self.worker)
        first, second = self.shipped(context)
        self.assertNotEqual(first, second)
        self.assertRegex(first, "^the-worker-[0-9a-f]{16}$")
        list(df.mapInArrow.call_args.args[0](self.batches([1])))  # by the name of the new one
        self.assertTrue(os.path.exists(pyspark.SparkFiles.get(second)))

    def test_what_spark_submit_was_given_is_not_shipped_again(self):
        df, context = self.frame(**{
            "spark.files": "file:/app/the-worker",
            "spark.submit.pyFiles": "/app/envelope_pump.py,/app/other.py"})
        here = os.getcwd()
        os.chdir(os.path.dirname(self.worker))  # where some cluster managers put it as well
        self.addCleanup(os.chdir, here)
        envelope_spark.answer(df, "the-worker")
        self.assertEqual(self.shipped(context), [])
        self.assertEqual([os.path.basename(call.args[0])
                          for call in context.addPyFile.call_args_list], ["envelope_spark.py"])

    def test_what_the_driver_does_not_have_needs_a_schema(self):
        os.unlink(pyspark.SparkFiles.get("the-worker"))
        for worker in ("the-worker", "no/such/worker"):
            df, context = self.frame(**{"spark.yarn.dist.files": "s3://b/w-1#the-worker"})
            with self.assertRaisesRegex(FileNotFoundError, "give the schema"):
                envelope_spark.answer(df, worker)
            envelope_spark.answer(df, worker, "id long")
            self.assertEqual(self.shipped(context), [])

    def test_a_uri_is_for_spark_to_fetch(self):
        for worker in ("s3a://x/the-worker", "dbfs:/x/the-worker", "hdfs:///x/the-worker"):
            df, context = self.frame()
            context.addFile.side_effect = None
            envelope_spark.answer(df, worker)
            context.addFile.assert_called_once_with(worker)

    def test_where_there_is_no_context_it_is_said(self):
        class Connected:
            @property
            def sparkSession(self):
                raise RuntimeError("JVM_ATTRIBUTE_NOT_SUPPORTED")
        with self.assertRaisesRegex(RuntimeError, "dedicated access mode"):
            envelope_spark.answer(Connected(), self.worker)

    def test_the_command_line(self):
        df, _ = self.frame()
        spark = mock.Mock()
        reader = spark.builder.getOrCreate.return_value.read.format.return_value
        reader.options.return_value.load.return_value = df
        sys.modules["pyspark.sql"].SparkSession = spark
        line = ["envelope_spark.py", "--worker", self.worker, "--input", "in", "--output", "out",
                "--format", "csv", "--option", "header=true", "--", "--query", "predict"]
        with mock.patch("sys.argv", line):
            envelope_spark.main()
        reader.options.assert_called_once_with(header="true")
        self.assertEqual(self.started(), ["--signed --schema --query predict"])
        df.mapInArrow.return_value.write.format.assert_called_once_with("csv")


if __name__ == "__main__":
    unittest.main()
