"""Goal: how the program behaves as a process: signals, full disks, closed outputs, what it leaves on the disk.

usage: process_test.py OIKOS SOURCE_DIR
"""
import hashlib
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

OIKOS, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
BASELINE = SOURCE / "scenarios/ruda-slaska/baseline.yaml"
SMALL = ["--scale", "1 %", "--months", "12", "--replicates", "1"]
# Three replicates one after the other, long enough to be stopped in the second.
LONG = ["--scale", "15 %", "--months", "180", "--replicates", "3", "--threads", "1"]
PATIENCE = 120  # seconds


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def wait_for(what, process):
    """Waits until what() is true; an ended process or too long a wait is an error."""
    end = time.monotonic() + PATIENCE
    while not what():
        if process.poll() is not None:
            raise AssertionError(f"ended with {process.returncode} before it could be stopped: {process.stderr.read()}")
        if time.monotonic() > end:
            raise AssertionError("waited too long")
        time.sleep(0.005)


def catches_interrupts(process):
    """Whether the process has set its handler of SIGINT."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("SigCgt:"):
            return bool(int(line.split()[1], 16) >> (signal.SIGINT - 1) & 1)
    return False


class InFolder(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def oikos(self, *arguments, **more):
        return subprocess.run([OIKOS, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE, **more)

    def start(self, *arguments):
        process = subprocess.Popen([OIKOS, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def names(self):
        return sorted(p.name for p in self.folder.iterdir())


def without_notes(text):
    """What a run says, less its notes: a part of the city has one about its queues."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("note: "))


class Interrupts(InFolder):
    def whole_run(self):
        done = self.oikos("run", BASELINE, *LONG, "-q", "-o", "whole.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        return sha256(self.folder / "whole.h5")

    def stop_in_second_replicate(self, how):
        process = self.start("run", BASELINE, *LONG, "-q", "-o", "stopped.h5")
        wait_for((self.folder / "stopped.h5.parts/replicate-00000.h5").exists, process)
        process.send_signal(how)
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(out, "")
        self.assertFalse((self.folder / "stopped.h5").exists())
        return process.returncode, err

    def go_on(self):
        done = self.oikos("run", BASELINE, *LONG, "-o", "stopped.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 of 3 replicates are taken over from stopped.h5.parts\n", done.stderr)
        self.assertFalse((self.folder / "stopped.h5.parts").exists())
        return sha256(self.folder / "stopped.h5")

    def test_first_interrupt_keeps_what_is_done_and_the_same_command_goes_on(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(how=how):
                code, err = self.stop_in_second_replicate(how)
                self.assertEqual(code, 75)
                self.assertEqual(without_notes(err), "interrupted: 1 of 3 replicates are done and kept in stopped.h5.parts\n"
                                      "  hint:     the same command goes on from there\n")
                self.assertEqual(self.go_on(), self.whole_run())
                for path in self.folder.iterdir():
                    path.unlink()

    def test_killed_run_leaves_no_result_and_goes_on_to_the_same_bytes(self):
        code, _ = self.stop_in_second_replicate(signal.SIGKILL)
        self.assertEqual(code, -signal.SIGKILL)
        self.assertEqual(self.go_on(), self.whole_run())

    def test_parts_of_another_run_or_damaged_ones_are_not_taken_over(self):
        code, _ = self.stop_in_second_replicate(signal.SIGINT)
        self.assertEqual(code, 75)
        parts = self.folder / "stopped.h5.parts"
        shutil.copytree(parts, self.folder / "other.h5.parts")
        other = self.oikos("run", BASELINE, *LONG, "--set", "seed=5", "-o", "other.h5")
        self.assertEqual(other.returncode, 0, other.stderr)
        self.assertNotIn("taken over", other.stderr)
        part = parts / "replicate-00000.h5"
        content = bytearray(part.read_bytes())
        content[len(content) // 2] ^= 1
        part.write_bytes(content)
        again = self.oikos("run", BASELINE, *LONG, "-o", "stopped.h5")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertNotIn("taken over", again.stderr)
        self.assertEqual(sha256(self.folder / "stopped.h5"), self.whole_run())

    def test_second_interrupt_stops_at_once(self):
        process = self.start("run", BASELINE, "--threads", "1", "-q", "-o", "x.h5")
        wait_for(lambda: catches_interrupts(process), process)
        # Both reach it at once, however fast it is: two different signals, so that they cannot become one.
        for both in (signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGCONT):
            process.send_signal(both)
        self.assertEqual(process.wait(timeout=PATIENCE), 130)
        self.assertEqual(self.names(), [])


class Disk(InFolder):
    def test_file_size_limit_ends_with_74_and_leaves_nothing(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
        done = self.oikos("run", BASELINE, *SMALL, "-o", "x.h5", preexec_fn=limit)
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertRegex(done.stderr, r"^x\.h5: error: about \d+ bytes are needed, "
                                      r"but files may not be longer than 65536\n"
                                      r"  hint:     raise the file size limit: ulimit -f unlimited\n$")
        self.assertEqual(self.names(), [])

    def test_full_output_is_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([OIKOS, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        self.assertEqual((done.returncode, done.stderr), (74, "error: cannot write to the output\n"))

    def test_reader_that_goes_away_has_what_it_wants(self):
        # As in `oikos compare ... | head`: no message, no crash.
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w") as closed:
            done = subprocess.run([OIKOS, "schema"], stdout=closed, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_missing_directory_ends_with_74_before_the_run(self):
        done = self.oikos("run", BASELINE, *SMALL, "-o", "no/such/x.h5")
        self.assertEqual((done.returncode, done.stdout), (74, ""))
        self.assertEqual(done.stderr, "no/such/x.h5: error: the directory 'no/such' does not exist\n"
                                      "  hint:     create it: mkdir -p no/such\n")
        self.assertEqual(self.names(), [])

    def test_somebody_elses_file_in_the_place_of_parts_ends_the_run_with_74(self):
        (self.folder / "x.h5.parts").write_text("a file in the way")
        done = self.oikos("run", BASELINE, *SMALL, "-q", "-o", "x.h5")
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertEqual(without_notes(done.stderr),
                         "x.h5.parts: error: stands where a run keeps its replicates, and is no folder\n"
                         "  hint:     move it away, or choose another name with --output\n")
        self.assertEqual(self.names(), ["x.h5.parts"])


class SmallDisk(InFolder):
    """On a disk in memory that only the program sees; skipped where mounting is not allowed."""

    def test_full_disk_ends_with_74_and_leaves_nothing(self):
        script = ('mount -t tmpfs -o size=4m none "$1" || exit 99; cd "$1" || exit 99; shift\n'
                  'head -c 3500000 /dev/zero > filler; "$@"; code=$?; ls -A; exit $code')
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", str(self.folder), OIKOS, "run", str(BASELINE),
                               *SMALL, "-q", "-o", "x.h5"], capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode in (1, 99) and "oikos" not in done.stderr and "error" not in done.stderr:
            self.skipTest("this system does not let us mount: " + done.stderr)
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertRegex(done.stderr, r"^x\.h5: error: about \d+ bytes are needed, but its disk has \d+ free\n  hint: ")
        self.assertEqual(done.stdout, "filler\n")


class Results(InFolder):
    def test_a_run_leaves_the_result_its_checksum_and_its_provenance(self):
        done = self.oikos("run", BASELINE, *SMALL, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(without_notes(done.stderr), "")
        self.assertEqual(done.stdout, "baseline.h5: 1 replicates of 12 months, 1403 persons at the start\n")
        self.assertEqual(self.names(), ["baseline.h5", "baseline.h5.run.json", "baseline.h5.sha256"])

    def test_what_stands_in_the_place_of_the_checksum_is_kept_unless_forced(self):
        (self.folder / "x.h5.sha256").write_text("mine")
        done = self.oikos("run", BASELINE, *SMALL, "--output", "x.h5")
        self.assertEqual((done.returncode, (self.folder / "x.h5.sha256").read_text()), (2, "mine"), done.stderr)
        self.assertFalse((self.folder / "x.h5").exists())
        self.assertEqual(self.oikos("run", BASELINE, *SMALL, "--output", "x.h5", "--force").returncode, 0)

    def test_an_existing_result_is_kept_unless_forced(self):
        (self.folder / "x.h5").write_text("mine")
        done = self.oikos("run", BASELINE, *SMALL, "-q", "-o", "x.h5")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, "x.h5: error: already exists\n  hint:     choose another name, or"
                                      " overwrite it with --force\n")
        self.assertEqual((self.folder / "x.h5").read_text(), "mine")
        done = self.oikos("run", BASELINE, *SMALL, "-q", "-o", "x.h5", "--force")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual((self.folder / "x.h5").read_bytes()[:4], b"mine")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
