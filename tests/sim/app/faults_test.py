"""Goal: whatever file operation goes wrong, a result is absent or whole, no file of the user is touched, the program says
what happened, and the same command given again goes through, to the same bytes.

usage: faults_test.py OIKOS SOURCE_DIR FAULTS_LIBRARY [--all | --turn K]

Without --all every operation that writes fails or tears in one way, in turn, and some that read (--turn K: in the K-th way
behind that one); with it each of them in every way.
"""
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

OIKOS, SOURCE, FAULTS = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
ALL = "--all" in sys.argv
TURN = int(sys.argv[sys.argv.index("--turn") + 1]) if "--turn" in sys.argv else 0
CITY = SOURCE / "scenarios/ruda-slaska"
RUN = ["run", "plan.yaml", "--output", "out.h5", "--quiet", "--threads", "1"]
PLAN = ("extends: city/baseline.yaml\nname: plan\nmonths: 2\nreplicates: 2\n"
        "municipalities: {ruda_slaska: {population: {scale: 0.1 %}}}\n")
READING = {"read", "pread", "flock"}
INTERRUPTIBLE = READING | {"open", "write", "fsync"}
WRITE_KINDS = ["ENOSPC", "EIO", "EACCES", "EMFILE", "torn", "kill", "killed", "short", "full", "EINTR"]
READ_KINDS = ["EIO", "short", "EINTR"]
SAID_WHAT = {0, 2, 4, 74}  # the exit codes that explain themselves
PATIENCE = 60  # seconds


def digests(folder):
    """SHA-256 of each file; of what says when and where a run was made, only whether it is there."""
    return {str(p.relative_to(folder)): "" if p.name.endswith(".run.json") else hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


class Case:
    """A folder as a user has it, and a command given in it."""

    def __init__(self, command, make=None, outputs=("out.h5",)):
        self.command, self.make, self.outputs = command, make, outputs
        self.place = tempfile.TemporaryDirectory(dir=os.environ.get("OIKOS_FAULT_PLACE"))
        self.folder = pathlib.Path(self.place.name).resolve()
        self.log = self.folder.parent / (self.folder.name + ".log")
        self.template = self.folder.parent / (self.folder.name + ".template")

    def fresh(self):
        for entry in self.folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        if self.template.exists():
            shutil.copytree(self.template, self.folder, dirs_exist_ok=True)
            return
        shutil.copytree(CITY, self.folder / "city")
        (self.folder / "plan.yaml").write_text(PLAN)
        (self.folder / "thesis.txt").write_text("years of work")
        if self.make:
            self.make(self)
        self.before = digests(self.folder)
        shutil.copytree(self.folder, self.template)

    def run(self, *arguments, **fault):
        environment = dict(os.environ)
        if fault:
            self.log.unlink(missing_ok=True)
            environment |= {"LD_PRELOAD": str(FAULTS), "OIKOS_FAULT_FOLDER": str(self.folder), "OIKOS_FAULT_LOG": str(self.log),
                            **{"OIKOS_FAULT_" + name.upper(): str(value) for name, value in fault.items()}}
        return subprocess.run([str(OIKOS), *(arguments or self.command)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE, env=environment)

    def operations(self):
        return [line.split() for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def close(self):
        self.log.unlink(missing_ok=True)
        shutil.rmtree(self.template, ignore_errors=True)
        self.place.cleanup()


def make_parts(case):
    """Leaves a run that was killed when its first replicate was kept."""
    case.run(*RUN, at=10**6, kind="EIO")
    marks = [int(n) for n, what, path, *_ in case.operations() if what == "rename" and "replicate-" in path]
    assert marks, "a run of several replicates keeps parts"
    (case.folder / "out.h5").unlink()
    for left in case.folder.glob("out.h5.*"):
        left.unlink()
    case.run(*RUN, at=marks[0], kind="killed")
    assert list(case.folder.glob("out.h5.parts/replicate-*.h5")), "a part is left"


def make_results(case):
    for name in ("a", "b"):
        case.run("run", "plan.yaml", "--output", name + ".h5", "--quiet", "--seed", "7", *(["--set", "programmes/integration/drop_out=9 %/month"] if name == "b" else []))


def make_old(case):
    case.run("run", "plan.yaml", "--output", "out.h5", "--quiet", "--seed", "3")


class Faults(unittest.TestCase):
    def whole(self, case, after, good, context):
        """Every output is as it was before, absent, or as it ought to be; nothing else changed."""
        for name, digest in case.before.items():
            if name in case.outputs or name.startswith("out.h5"):
                continue
            self.assertEqual(after.get(name), digest, f"{name} was touched: {context}")
        for name in case.outputs:
            self.assertIn(after.get(name), (None, case.before.get(name), good[name]), f"{name} is torn: {context}")
            if case.before.get(name) is not None:
                self.assertIsNotNone(after.get(name), f"{name} is lost: {context}")

    def every_operation(self, case):
        self.addCleanup(case.close)
        case.fresh()
        done = case.run(at=10**6, kind="EIO")
        self.assertEqual(done.returncode, 0, done.stderr)
        good = digests(case.folder)
        operations = case.operations()
        self.assertGreater(len(operations), 20)
        tried = 0
        for number, what, *_ in operations:
            number = int(number)
            reads = what in READING or (what in ("open", "close") and number < first_write(operations))
            kinds = READ_KINDS if reads else WRITE_KINDS
            if what not in INTERRUPTIBLE:
                kinds = [kind for kind in kinds if kind != "EINTR"]
            if not ALL:
                kinds = [kinds[(number + TURN) % len(kinds)]] if not reads or number % 23 == 0 else []
            for kind in kinds:
                self.one(case, number, kind, good)
                tried += 1
        print(f"{' '.join(case.command[:1])}: {len(operations)} operations, {tried} faults", flush=True)

    def one(self, case, number, kind, good):
        case.fresh()
        done = case.run(at=number, kind=kind)
        hit = [f"{what} {pathlib.Path(path).name}" for _, what, path, *mark in case.operations() if mark]
        context = f"{kind} at operation {number} ({', '.join(hit[:1])}): exit {done.returncode}: {done.stderr}"
        killed = kind in ("torn", "kill", "killed")
        if hit and killed:
            self.assertEqual(done.returncode, -signal.SIGKILL, context)
        else:
            self.assertIn(done.returncode, SAID_WHAT, context)
            self.assertTrue(done.returncode == 0 or "error: " in done.stderr, context)
        if kind in ("short", "EINTR"):
            self.assertEqual(done.returncode, 0, "no error at all: " + context)
        after = digests(case.folder)
        self.whole(case, after, good, context)
        if done.returncode == 0:
            for name in case.outputs:
                self.assertEqual(after.get(name), good[name], context)
        elif not killed and all(after.get(name) == good[name] for name in case.outputs):
            self.assertIn("in place", done.stderr, context)
        # The same command again; where the result is there already, with --force.
        again = case.run(*case.command, *([] if "--force" in case.command else ["--force"]))
        self.assertEqual(again.returncode, 0, f"the second time: {again.stderr}\nafter {context}")
        at_last = digests(case.folder)
        self.assertEqual(at_last, good, f"after {context}")
        left = [p.name for p in case.folder.iterdir() if ".tmp-" in p.name or p.name.endswith(".parts")]
        self.assertEqual(left, [], f"left over after {context}")

    def test_run(self):
        self.every_operation(Case(RUN))

    def test_run_over_an_old_result(self):
        self.every_operation(Case([*RUN, "--force"], make_old))

    def test_resume(self):
        self.every_operation(Case(RUN, make_parts))

    def test_compare_with_report(self):
        self.every_operation(Case(["compare", "a.h5", "b.h5", "--report", "report.html"], make_results, ("report.html",)))


def first_write(operations):
    """Number of the first operation that writes; all before it read."""
    return next((int(n) for n, what, *_ in operations if what in ("write", "mkdir", "rename", "unlink", "fsync")), 10**9)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
