#!/usr/bin/env python3
"""What do 150 programmes cost? CPU seconds of a month with them, as a multiple of the baseline's.

usage: many_programmes.py OIKOS [OIKOS...]

Idle ones have conditions over age, income and labour that are possible and met by nobody; active ones have some
thousands of eligible persons each, who apply, stay, are paid and have an effect. A month is the slope between runs of 24
and 84 months of one replicate on one thread, so that neither start nor pilot counts; the median of three.
"""
import pathlib
import resource
import subprocess
import sys
import tempfile

BASELINE = pathlib.Path(__file__).resolve().parents[2] / "scenarios/ruda-slaska/baseline.yaml"
LABOUR = ["employed", "registered_unemployed", "inactive", "retired", "student"]
ACTIVE = ("duration: 6..9 months, amount: 10 PLN, take_up: {applies: {rate: 2 %/month}}, cost: 10 PLN/person-month, "
          "effects: {job_finding: {times: 1.1, while: enrolled, source: s, confidence: assumption}}")
IDLE = "take_up: {applies: {rate: 5 %/month}}, cost: 10 PLN/person-month"


def plan(kind):
    lines = [f"extends: {BASELINE}", f"name: {kind}", "programmes:"]
    for i in range(150):
        labour, age, income = LABOUR[i % 5], 16 + (i * 7) % 50, 200 + (i * 37) % 3000
        parts = [f"labour == {labour}", f"age >= {age}", f"income_per_person < {income} PLN"]
        if kind == "idle":
            parts = [f"age == {age}", f"income_per_person > {900000 + income} PLN", f"labour == {labour}"]
        condition = " and ".join(parts[i % 3:] + parts[:i % 3])
        lines.append(f"  p{i:03}: {{domain: poverty, eligible: {condition}, stays_while: {condition}, "
                     f"{IDLE if kind == 'idle' else ACTIVE}}}")
    return "\n".join(lines) + "\n"


def cpu(oikos, scenario, months, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([oikos, "run", scenario, "--replicates", "1", "-j1", "--months", str(months), "--force",
                    "-o", folder / "result.h5"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        scenarios = {"baseline": BASELINE}
        for kind in ("idle", "active"):
            scenarios[kind] = folder / f"{kind}.yaml"
            scenarios[kind].write_text(plan(kind))
        for oikos in sys.argv[1:]:
            months = {kind: sorted((cpu(oikos, path, 84, folder) - cpu(oikos, path, 24, folder)) / 60
                                   for _ in range(3))[1] for kind, path in scenarios.items()}
            print(oikos, *(f"{kind} {1e3 * month:.1f} ms ({month / months['baseline']:.2f})"
                           for kind, month in months.items()), sep="  ")


if __name__ == "__main__":
    main()
