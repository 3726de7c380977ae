"""Running the program: what the tests of whole runs share."""
import hashlib
import os
import pathlib
import subprocess

CITY = ["--scale", "5 %", "--months", "24"]


def oikos(program, *arguments, cwd, environment=None, check=True):
    """Runs a command. Returns what subprocess.run returns, texts decoded."""
    done = subprocess.run([program, *map(str, arguments)], cwd=cwd, env={**os.environ, **(environment or {})},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240)
    if check and done.returncode != 0:
        raise AssertionError(f"{done.args} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
