"""Goal: "same bits everywhere" on one machine: threads, chunks, instruction sets, directories.

usage: same_bits_test.py OIKOS SOURCE_DIR
Method: the same small run in many ways; the checksums of the result files must agree.
"""
import csv
import os
import pathlib
import sys
import tempfile
import unittest

from running import CITY, oikos, sha256

OIKOS, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
BASELINE = SOURCE / "scenarios/ruda-slaska/baseline.yaml"
NO_AVX2 = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA"}  # names of glibc 2.33 and later; others are ignored


class SameBits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        cls.expected = cls.run_once("first", "--threads", "1")

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    @classmethod
    def run_once(cls, name, *arguments, scenario=BASELINE, cwd=None, environment=None):
        result = cls.folder / f"{name}.h5"
        count = [] if "--replicates" in arguments else ["--replicates", "3"]
        oikos(OIKOS, "run", scenario, *CITY, *count, "--quiet", "-o", result, *arguments, cwd=cwd or cls.folder,
              environment=environment)
        return sha256(result)

    def test_threads(self):
        for threads in (2, 3, 8):
            with self.subTest(threads=threads):
                self.assertEqual(self.run_once(f"threads-{threads}", "--threads", threads), self.expected)

    def test_chunks(self):
        for chunk in (1, 64, 4096, 1_000_000):
            for threads in (1, 3):
                with self.subTest(chunk=chunk, threads=threads):
                    done = self.run_once(f"chunk-{chunk}-{threads}", "--chunk", chunk, "--threads", threads)
                    self.assertEqual(done, self.expected)

    def test_more_threads_than_replicates_share_the_loops_inside(self):
        one = self.run_once("one-1", "--replicates", "1", "--threads", "1", "--chunk", "256")
        many = self.run_once("one-8", "--replicates", "1", "--threads", "8", "--chunk", "256")
        self.assertEqual(one, many)
        self.assertNotEqual(one, self.expected)

    def test_without_avx2_and_fused_multiply_add(self):
        self.assertEqual(self.run_once("portable", environment=NO_AVX2), self.expected)

    def test_locale_time_zone_and_home_do_not_matter(self):
        environment = {"LC_ALL": "pl_PL.UTF-8", "LANG": "pl_PL.UTF-8", "TZ": "Pacific/Apia", "HOME": "/nonexistent"}
        self.assertEqual(self.run_once("elsewhere", environment=environment), self.expected)

    def test_the_directory_it_is_run_from_does_not_matter(self):
        relative = os.path.relpath(BASELINE, BASELINE.parent.parent)
        self.assertEqual(self.run_once("inside", scenario=relative, cwd=BASELINE.parent.parent), self.expected)
        self.assertEqual(self.run_once("beside", scenario=BASELINE.name, cwd=BASELINE.parent), self.expected)

    def test_another_seed_is_another_run(self):
        self.assertNotEqual(self.run_once("seed", "--seed", "7"), self.expected)

    def test_a_replicate_does_not_depend_on_how_many_there_are(self):
        for count in (2, 3):
            result = self.folder / f"count-{count}.h5"
            oikos(OIKOS, "run", BASELINE, *CITY, "--replicates", str(count), "--quiet", "-o", result,
                  cwd=self.folder)
        done = oikos(OIKOS, "compare", "count-2.h5", "count-3.h5", "--allow-partial", "--csv", cwd=self.folder)
        header, *rows = done.stdout.splitlines()
        self.assertGreater(len(rows), 10)
        identical = header.split(",").index("identical")
        for row in csv.reader(rows):
            self.assertEqual(row[identical], "1", row)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
