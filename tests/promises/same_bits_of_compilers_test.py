"""Goal: "same bits everywhere": another compiler's program writes the same bytes.

usage: same_bits_of_compilers_test.py OIKOS SOURCE_DIR BINARY_DIR BUILD_DIR CMAKE CXX
Method: build the program alone with CXX at -O1 (bits are equal at any level), run the same scenario with both.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from running import CITY, oikos, sha256

OIKOS, SOURCE, BINARY, BUILD, CMAKE, CXX = sys.argv[1:7]
BASELINE = pathlib.Path(SOURCE) / "scenarios/ruda-slaska/baseline.yaml"
HEADER = "generated/oikos_build_info.hpp"


def must(*command):
    """Runs a command; what it said is shown only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command} failed\n{done.stdout[-5000:]}")


def build():
    """Configures and builds; returns the path of the program."""
    must(CMAKE, "-S", SOURCE, "-B", BUILD, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={CXX}",
         "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1", "-DOIKOS_HOT_OPTIONS=", "-DCMAKE_CXX_COMPILER_LAUNCHER=",
         "-DOIKOS_TESTS=OFF", "-DOIKOS_BENCHMARKS=OFF")
    # Results name the commit of their program. The other program may have been configured before the last commit.
    ours, theirs = pathlib.Path(BUILD, HEADER), pathlib.Path(BINARY, HEADER).read_text()
    commit = re.search(r"#define OIKOS_COMMIT .*", theirs).group()
    text = re.sub(r"#define OIKOS_COMMIT .*", lambda _: commit, ours.read_text())
    if text != ours.read_text():
        ours.write_text(text)
    must(CMAKE, "--build", BUILD, "--target", "oikos", "-j", "2")
    return str(pathlib.Path(BUILD, "sim/app/oikos"))


class Compilers(unittest.TestCase):
    def test_both_programs_write_the_same_bytes(self):
        other = build()
        mine, theirs = (oikos(p, "--version", cwd="/").stdout for p in (OIKOS, other))
        self.assertNotEqual(mine, theirs)  # the compiler is named there
        with tempfile.TemporaryDirectory() as folder:
            sums = []
            for name, program in (("a", OIKOS), ("b", other)):
                result = pathlib.Path(folder) / f"{name}.h5"
                oikos(program, "run", BASELINE, *CITY, "--replicates", "3", "--quiet", "-o", result, cwd=folder)
                sums.append(sha256(result))
            self.assertEqual(*sums)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
