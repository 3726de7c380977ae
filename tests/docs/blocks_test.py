"""Goal: what the documentation shows can be done. Method: every fenced block of README.md and docs/ is run.

usage: blocks_test.py OIKOS RSCRIPT SOURCE_DIR [PAGE...]

Each page is a folder of its own, with a copy of scenarios/, the plan job-advisers.yaml of README.md, and results of
small runs of it and of the baseline where the page does not make them itself. Blocks run one after the other.

  yaml     a scenario, a plan, or a fragment, which then extends the shipped baseline; `oikos check --strict` passes it
  sh       runs line by line; `oikos run` is kept small: one person in a hundred, two replicates, at most 60 months
  python r runs in the page's folder
  text     is not run: formulas, and what programs print

A comment on the line before the block says what is special about it: <!-- test: KEY=VALUE, KEY=VALUE -->
  file=plans/x.yaml      the yaml block is this file
  under=programmes/help  the yaml block stands under these keys
  exit=2                 the shell block ends so
  skip=reason            the block is not run, and why
"""
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap

OIKOS, RSCRIPT, SOURCE = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
PAGES = sys.argv[4:] or ["README.md"] + sorted(
    str(page.relative_to(SOURCE)) for page in (SOURCE / "docs").rglob("*.md"))
LANGUAGES = {"yaml", "sh", "python", "r", "text"}
KEYS = {"file", "under", "exit", "skip"}
BASELINE = "scenarios/ruda-slaska/baseline.yaml"
ADVISERS = "plans/job-advisers.yaml"

# Keeps runs small and says no to what the documentation must not show: results in the folder of the sources.
WRAPPER = """#!/usr/bin/env python3
import os, sys
words = sys.argv[1:]
if words[:1] == ["run"] and "--help" not in words:
    months = "60"
    for option in ("--scale", "--months", "--replicates"):
        if option in words:
            at = words.index(option)
            if option == "--months": months = words[at + 1]
            del words[at:at + 2]
    words += ["--scale", "1 %", "--months", str(min(60, int(months))), "--replicates", "2"]
os.execv(OIKOS, [OIKOS] + words)
"""
# The script that builds the project: here it only has to know the word.
DEV = """#!/bin/sh
grep -q "$1" SOURCE/dev
"""


class Block:
    def __init__(self, page, line, language, marker, text):
        self.page, self.line, self.language, self.text = page, line, language, text
        self.marks = dict(part.strip().split("=", 1) for part in re.split(r",\s+(?=\w+=)", marker)) if marker else {}

    def __str__(self):
        return f"{self.page}:{self.line}"


def blocks_of(page):
    text = (SOURCE / page).read_text()
    found, fences = [], 0
    pattern = r"^(?:<!-- test: (?P<marker>.*?) -->\n)?(?P<indent> *)```(?P<language>\S*)\n(?P<body>.*?)^ *```$"
    for match in re.finditer(pattern, text, re.M | re.S):
        line = text[:match.start("language")].count("\n") + 1
        found.append(Block(page, line, match["language"], match["marker"], textwrap.dedent(match["body"])))
        fences += 2
    if text.count("```") != fences:
        raise SystemExit(f"{page}: a fence is not closed, or not at the begin of a line")
    return found


def nested(text, path):
    for key in reversed(path.split("/")):
        text = f"{key}:\n" + textwrap.indent(text, "  ")
    return text


def as_plan(block):
    text = nested(block.text, block.marks["under"]) if "under" in block.marks else block.text
    whole = re.search(r"^(extends|start):", text, re.M)
    return text if whole else f"extends: ../{BASELINE}\nname: fragment\n{text}"


class Page:
    """A folder in which a page's blocks run."""

    def __init__(self, page, root, results):
        self.folder = root / page.replace("/", "_")
        shutil.copytree(SOURCE / "scenarios", self.folder / "scenarios")
        for name in ("plans", "results", "bin"):
            (self.folder / name).mkdir()
        for name, text in (("bin/oikos", WRAPPER.replace("OIKOS", repr(OIKOS))),
                           ("dev", DEV.replace("SOURCE", str(SOURCE)))):
            path = self.folder / name
            path.write_text(text)
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        (self.folder / ADVISERS).write_text(advisers())
        text = (SOURCE / page).read_text()
        for name, made in (results or {}).items():
            if f"--output {name}" not in text:
                for suffix in ("", ".sha256"):
                    shutil.copy(str(made) + suffix, self.folder / (name + suffix))
        self.environment = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "MPLBACKEND": "Agg"}

    def run(self, command, text=""):
        return subprocess.run(command, cwd=self.folder, env=self.environment, input=text, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    def try_block(self, block):
        """What went wrong, or ""."""
        wanted = 0
        if block.language == "yaml":
            path = self.folder / block.marks.get("file", f"plans/block-{block.line}.yaml")
            path.write_text(as_plan(block))
            done = self.run([OIKOS, "check", "--strict", str(path.relative_to(self.folder))])
        elif block.language == "sh":
            wanted = int(block.marks.get("exit", 0))
            done = self.run(["bash", "-euo", "pipefail"], block.text)
        elif block.language == "python":
            done = self.run([sys.executable, "-W", "error::DeprecationWarning", "-"], block.text)
        else:
            path = self.folder / "block.R"
            path.write_text(block.text)
            done = self.run([RSCRIPT, str(path)])
        return "" if done.returncode == wanted else f"exit {done.returncode} instead of {wanted}\n{done.stdout}"


def advisers():
    for block in blocks_of("README.md"):
        if block.marks.get("file") == ADVISERS:
            return block.text
    raise SystemExit(f"README.md: no block is marked file={ADVISERS}")


def small_results(root):
    page = Page("README.md", root / "made", None)
    results = {"results/baseline.h5": BASELINE, "results/job-advisers.h5": ADVISERS}
    for output, scenario in results.items():
        done = page.run(["bin/oikos", "run", scenario, "--output", output, "--quiet"])
        if done.returncode != 0:
            raise SystemExit(done.stdout)
    made = {name: page.folder / name for name in results}
    done = page.run(["bin/oikos", "run", BASELINE, "--output", "result.h5", "--quiet"])  # its checksum names it
    made["result.h5"] = page.folder / "result.h5"
    return made


def main():
    wrong, run = [], 0
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        results = None
        for page in PAGES:
            blocks = blocks_of(page)
            folder = None
            for block in blocks:
                if block.language not in LANGUAGES:
                    wrong.append(f"{block}: a block without a language that is known: {', '.join(sorted(LANGUAGES))}")
                elif unknown := set(block.marks) - KEYS:
                    wrong.append(f"{block}: unknown mark {', '.join(unknown)}")
                elif "skip" in block.marks and len(block.marks["skip"]) < 10:
                    wrong.append(f"{block}: a skipped block says why")
                if block.language in LANGUAGES - {"text"} and "skip" not in block.marks:
                    results = results or small_results(root)
                    folder = folder or Page(page, root, results)
                    run += 1
                    if problem := folder.try_block(block):
                        wrong.append(f"{block}: {problem}")
    print("\n\n".join(wrong + [f"{run} blocks run, {len(wrong)} wrong"]))
    return 1 if wrong or run == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
