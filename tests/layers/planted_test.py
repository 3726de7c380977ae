#!/usr/bin/env python3
"""Goal: the checks find what they are for. Method: plant one mistake in a copy of the tree, expect its message."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class Planted(unittest.TestCase):
    def setUp(self):
        self.tree = pathlib.Path(tempfile.mkdtemp(prefix="oikos-planted-"))
        self.addCleanup(shutil.rmtree, self.tree)

    def copy_sources(self):
        for top in ("sim", "analysis"):
            shutil.copytree(ROOT / top, self.tree / top)

    def write(self, name, text):
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_check(self, script="check_layers.py"):
        done = subprocess.run([sys.executable, str(HERE / script), str(self.tree)], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True, check=False)
        return done.returncode, done.stdout.splitlines()


class LayerCheck(Planted):
    def expect_finding(self, message):
        code, lines = self.run_check()
        self.assertIn(message, lines)
        self.assertEqual(code, 1)

    def test_an_upward_include_is_found(self):
        self.copy_sources()
        self.write("sim/base/planted.hpp", '#pragma once\n#include <string>\n#include "sim/ensemble/planted.hpp"\n')
        self.expect_finding(
            "sim/base/planted.hpp:3: 'base' includes \"sim/ensemble/planted.hpp\" of 'ensemble', a layer above it")

    def test_a_stray_hdf5_header_is_found(self):
        self.copy_sources()
        self.write("sim/base/planted.cpp", "// HDF5 belongs elsewhere.\n#include <hdf5.h>\n")
        self.expect_finding("sim/base/planted.cpp:2: <hdf5.h> stays behind its door (sim/h5)")

    def test_the_simulation_never_includes_analysis(self):
        self.copy_sources()
        self.write("analysis/CMakeLists.txt", "add_subdirectory(planted)\n")
        self.write("sim/base/planted.cpp", '#include "analysis/planted/mean.hpp"\n')
        self.expect_finding("sim/base/planted.cpp:1: 'base' includes \"analysis/planted/mean.hpp\" of "
                            "'analysis/planted', a layer above it")

    def tiny_tree(self, analysis=""):
        """Three layers: low below high below h5, and world above all."""
        self.write("sim/CMakeLists.txt",
                   "foreach(layer low high h5 world)\n  add_subdirectory(${layer})\nendforeach()\n")
        self.write("sim/low/CMakeLists.txt", "oikos_library(low SOURCES low.cpp)\n")
        self.write("sim/high/CMakeLists.txt",
                   "# on top\noikos_library(high\n  SOURCES high.cpp\n  USES low\n  LINKS fmt::fmt)\n")
        self.write("sim/h5/CMakeLists.txt", "oikos_library(h5 USES low)\n")
        self.write("sim/world/CMakeLists.txt", "oikos_library(world USES low)\n")
        self.write("analysis/CMakeLists.txt", analysis)

    def test_allowed_includes_pass(self):
        self.tiny_tree()
        self.write("sim/low/low.hpp", "#pragma once\n")
        self.write("sim/high/high.cpp", '#include <vector>\n#include "sim/high/high.hpp"\n#include "sim/low/low.hpp"\n'
                                        '/*\n#include "sim/world/world.hpp"\n*/\n// #include <hdf5.h>\n')
        self.write("sim/h5/file.cpp", "#include <hdf5.h>\n")
        self.assertEqual(self.run_check(), (0, ["layers: 4 layers, 3 files, 4 includes, 0 forbidden"]))

    def test_an_include_that_uses_does_not_name_is_found(self):
        self.tiny_tree()
        self.write("sim/world/world.cpp", '#include "sim/high/high.hpp"\n')
        self.expect_finding("sim/world/world.cpp:1: 'world' includes \"sim/high/high.hpp\", "
                            "but USES does not name 'high' (sim/world/CMakeLists.txt:1)")

    def test_a_layer_that_no_library_declares_is_found_once(self):
        self.tiny_tree()
        self.write("sim/h5/CMakeLists.txt", "# nothing yet\n")
        self.write("sim/h5/file.cpp", '#include "sim/low/low.hpp"\n#include "sim/low/more.hpp"\n')
        code, lines = self.run_check()
        self.assertEqual(lines[:-1], ["sim/h5/file.cpp:1: no oikos_library() declares 'h5', so it may include nothing"])
        self.assertEqual(code, 1)

    def test_an_upward_uses_is_found(self):
        self.tiny_tree()
        self.write("sim/low/CMakeLists.txt", "oikos_library(low SOURCES low.cpp USES world)\n")
        self.expect_finding("sim/low/CMakeLists.txt:1: layer 'low' uses 'world', a layer above it")

    def test_an_include_beside_the_file_is_found(self):
        self.tiny_tree()
        self.write("sim/low/low.hpp", "#pragma once\n")
        self.write("sim/low/low.cpp", '#include "low.hpp"\n')
        self.expect_finding('sim/low/low.cpp:1: "low.hpp" is not written from the root ("sim/low/low.hpp")')

    def test_analysis_stays_below_the_meeting_point(self):
        self.tiny_tree("add_subdirectory(compare)\n")
        self.write("analysis/compare/CMakeLists.txt", "oikos_library(analysis/compare SOURCES a.cpp USES h5 world)\n")
        self.write("analysis/compare/a.cpp", '#include "sim/h5/file.hpp"\n#include "sim/world/world.hpp"\n')
        code, lines = self.run_check()
        self.assertEqual(lines[:-1], ["analysis/compare/a.cpp:2: 'analysis/compare' includes \"sim/world/world.hpp\": "
                                      "analysis meets the simulation in result files, not above 'h5'"])
        self.assertEqual(code, 1)


class ConfigureCheck(Planted):
    def test_configuring_fails_on_an_upward_arrow(self):
        cmake = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        match = re.search(r'^set_property\(GLOBAL PROPERTY OIKOS_LAYERS "".*?^endfunction\(\)$', cmake,
                          re.DOTALL | re.MULTILINE)
        self.assertIsNotNone(match, "CMakeLists.txt: oikos_library() not found")
        self.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(planted LANGUAGES NONE)\n"
                   "add_library(oikos_flags INTERFACE)\n" + match.group() + "\n"
                   "oikos_library(low)\noikos_library(middle USES low high)\noikos_library(high USES low)\n")
        done = subprocess.run(["cmake", "-G", "Ninja", "-S", str(self.tree), "-B", str(self.tree / "build")],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, check=False)
        text = " ".join(done.stdout.split())
        self.assertIn("layer 'middle' uses 'high', which is not declared below it (layers so far: low)", text)
        self.assertNotEqual(done.returncode, 0)


class LinkCheck(Planted):
    def test_links_that_lead_nowhere_are_found(self):
        self.write("docs/index.md", "# Start\n\n[here](#start) [gone](gone.md) [no heading](other.md#nowhere)\n"
                                    "`[code](code.md)` [there](other.md#two-words) [far](https://example.org/x)\n")
        self.write("docs/other.md", "# Two words\n\n```\n[fenced](fenced.md)\n```\n")
        code, lines = self.run_check("check_links.py")
        self.assertEqual(lines, ["docs/index.md:3: link to 'gone.md': there is no such file",
                                 "docs/index.md:3: link to 'other.md#nowhere': the page has no such heading",
                                 "links: 2 pages, 2 links lead nowhere"])
        self.assertEqual(code, 1)


if __name__ == "__main__":
    unittest.main()
