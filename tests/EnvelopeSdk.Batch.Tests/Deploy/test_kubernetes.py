"""Tests of kubernetes.yaml, as a cluster would read it: ``python3 -m unittest test_kubernetes``."""
import os
import unittest

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
FAILURES = [1, 2, 3, 4, 6]  # of a job: neither 5, which may pass, nor 130, which is an interrupt


class KubernetesTest(unittest.TestCase):
    def setUp(self):
        with open(os.path.join(HERE, "kubernetes.yaml")) as file:
            self.job = yaml.safe_load(file)["spec"]
        self.pod = self.job["template"]["spec"]
        self.batch = self.pod["containers"][0]

    def argument(self, option):
        return self.batch["command"][self.batch["command"].index(option) + 1]

    def test_the_shards_are_as_many_as_the_indexes(self):
        self.assertEqual(self.argument("--shard"),
                         f"$(JOB_COMPLETION_INDEX)/{self.job['completions']}")
        self.assertIn("$(JOB_COMPLETION_INDEX)", self.argument("--output"))

    def test_all_that_is_written_is_on_a_volume_and_what_writes_elsewhere_has_a_temporary_one(self):
        self.assertTrue(self.batch["securityContext"]["readOnlyRootFilesystem"])
        places = {one["mountPath"] for one in self.batch["volumeMounts"]}
        self.assertLessEqual({"/tmp", self.argument("--spill"), "/data"}, places)
        self.assertEqual({"name": "HOME", "value": "/tmp"}, self.batch["env"][0])
        self.assertEqual({one["name"] for one in self.batch["volumeMounts"]},
                         {one["name"] for one in self.pod["volumes"]})

    def test_a_pod_has_the_threads_that_it_asks_for_and_the_time_to_end(self):
        self.assertEqual(self.argument("--threads"), self.batch["resources"]["requests"]["cpu"])
        self.assertGreater(self.pod["terminationGracePeriodSeconds"], 45)

    def test_what_a_retry_cannot_mend_is_not_retried(self):
        rules = {one["action"]: one for one in self.job["podFailurePolicy"]["rules"]}
        self.assertEqual(rules["FailIndex"]["onExitCodes"]["values"], FAILURES)
        self.assertEqual(rules["FailIndex"]["onExitCodes"]["containerName"], self.batch["name"])
        self.assertEqual(self.pod["restartPolicy"], "Never")
        self.assertGreater(self.job["backoffLimitPerIndex"], 0)


if __name__ == "__main__":
    unittest.main()
