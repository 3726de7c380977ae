"""Goal: a result that somebody crafted and sealed anew is refused as damaged or of another kind, or read rightly: never a
crash, a hang, an internal error, values from another file, or a character that a terminal acts on.

usage: crafted_results_test.py OIKOS SOURCE_DIR
"""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy

OIKOS, SOURCE = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
BASELINE = SOURCE / "scenarios/ruda-slaska/baseline.yaml"
RATE, SHAPE = "employment_rate", (2, 6)  # replicate, time
SEAL_BYTES = 84
PATIENCE = 30  # seconds, far above what reading takes
TEXT = h5py.string_dtype()


def replaced(make, name=RATE):
    """A change that puts something else in the place of a variable, with the attributes of the old one where it can."""
    def change(file):
        attributes = dict(file[name].attrs)
        del file[name]
        make(file, name)
        if isinstance(file.get(name, getlink=True), h5py.HardLink):
            for key, value in attributes.items():
                try:
                    file[name].attrs[key] = value
                except (OSError, TypeError, ValueError, RuntimeError):
                    pass
    return change


def dataset(*arguments, **options):
    return replaced(lambda file, name: file.create_dataset(name, *arguments, **options))


def link(what):
    return replaced(lambda file, name: file.__setitem__(name, what))


def attribute(name, value, of="/"):
    return lambda file: file[of].attrs.__setitem__(name, value)


def values(name, what):
    return lambda file: file[name].__setitem__(Ellipsis, what)


def text(name, what):
    return replaced(lambda file, place: file.create_dataset(place, data=what, dtype=TEXT), "provenance/" + name)


def virtual(folder, source):
    def make(file, name):
        layout = h5py.VirtualLayout(shape=SHAPE, dtype="<f4")
        layout[:] = h5py.VirtualSource(str(folder / source), RATE, shape=SHAPE)
        file.create_virtual_dataset(name, layout)
    return replaced(make)


def aliased(file):
    del file[RATE]
    file[RATE] = file["gini"]


def other_axes(file):
    file[RATE].dims[0].detach_scale(file["replicate"])
    file[RATE].dims[0].attach_scale(file["education"])


def scale_of_itself(file):
    own = file[RATE].ref
    del file[RATE].attrs["DIMENSION_LIST"]
    lists = numpy.empty(2, dtype=object)
    for axis in range(2):
        lists[axis] = numpy.array([own], dtype=h5py.ref_dtype)
    file[RATE].attrs.create("DIMENSION_LIST", lists, dtype=h5py.vlen_dtype(h5py.ref_dtype))


def crafted(folder):
    """Name -> change. Those in READ are read, all others refused."""
    pipe, other = str(folder / "pipe"), str(folder / "other.h5")
    hostile = b"\x1b[2J\xe2\x80\xaered"
    return {
        "nothing": lambda file: None,
        "missing variable": lambda file: file.__delitem__(RATE),
        "missing time": lambda file: file.__delitem__("time"),
        "missing replicate": lambda file: file.__delitem__("replicate"),
        "missing provenance": lambda file: file.__delitem__("provenance"),
        "soft link": link(h5py.SoftLink("/gini")),
        "soft link to itself": link(h5py.SoftLink("/" + RATE)),
        "link to a pipe": link(h5py.ExternalLink(pipe, "/a")),
        "link to another file": link(h5py.ExternalLink(other, "/" + RATE)),
        "values in a pipe": dataset(SHAPE, dtype="<f4", external=[(pipe, 0, 48)]),
        "values in another file": dataset(SHAPE, dtype="<f4", external=[("/etc/passwd", 0, 48)]),
        "values of another file": virtual(folder, "other.h5"),
        "values of a pipe": virtual(folder, "pipe"),
        "one list under two names": aliased,
        "group": replaced(lambda file, name: file.create_group(name)),
        "many groups": lambda file: [file.create_group(f"g{i}") for i in range(500)],
        "deep groups": lambda file: file.create_group("/".join(["g"] * 300)),
        "many attributes": lambda file: [file[RATE].attrs.__setitem__(f"a{i}", i) for i in range(1000)],
        "huge": dataset((2**20, 2**20), dtype="<f4", chunks=(64, 64)),
        "long time": replaced(lambda file, name: file.create_dataset(name, (2**31,), dtype="<f8", chunks=(64,)), "time"),
        "no values": dataset((0, 6), dtype="<f4"),
        "one value": dataset(data=numpy.float32(1)),
        "nothing at all": dataset(data=h5py.Empty("f4")),
        "32 axes": dataset((1,) * 32, dtype="<f4"),
        "compound": dataset(SHAPE, dtype=[("a", "<f4"), ("b", "<i4")]),
        "big-endian": dataset(data=numpy.full(SHAPE, 0.5, ">f4")),
        "half": dataset(data=numpy.full(SHAPE, 0.5, "f2")),
        "lists": dataset(SHAPE, dtype=h5py.vlen_dtype("i4")),
        "texts": dataset(SHAPE, dtype=TEXT),
        "references": dataset(SHAPE, dtype=h5py.ref_dtype),
        "opaque": dataset(SHAPE, dtype=h5py.opaque_dtype(numpy.dtype("V8"))),
        "foreign filter": dataset(data=numpy.ones(SHAPE, "<f4"), compression="lzf"),
        "zeros without end": dataset(data=numpy.zeros((1000, 6000), "<f4"), compression="gzip", chunks=(1000, 6000)),
        "changed value": lambda file: file[RATE].__setitem__((0, 5), 0.125),
        "other axis": other_axes,
        "scale of itself": scale_of_itself,
        "no axes": lambda file: file[RATE].attrs.__delitem__("DIMENSION_LIST"),
        "labels alike": values("sex", [b"male", b"male"]),
        "empty label": values("sex", [b"", b"male"]),
        "hostile label": values("sex", [hostile, b"male"]),
        "hostile title": attribute("title", numpy.bytes_(hostile)),
        "hostile scenario": attribute("scenario", numpy.bytes_(hostile)),
        "hostile currency": attribute("currency", numpy.bytes_(hostile)),
        "hostile name": attribute("long_name", numpy.bytes_(hostile), RATE),
        "hostile notes": text("notes", hostile.decode() + "\n"),
        "hostile programme": values("programme_title", [hostile, hostile]),
        "scenario of mistakes": text("scenario_yaml", "k: &x 1\n" * 3000),
        "two texts": text("notes", [b"a", b"b"]),
        "seed that is none": attribute("seed", numpy.bytes_(b"12x")),
        "endless scale": attribute("scale", numpy.bytes_(b"inf")),
        "another kind": attribute("oikos_format", numpy.bytes_(b"panel")),
        "older": lambda file: file.attrs.modify("result_schema_version", numpy.int32(1)),
        "newer": lambda file: file.attrs.modify("result_schema_version", numpy.int32(99)),
        "far time": attribute("units", numpy.bytes_(b"days since 99999-01-01"), "time"),
        "time goes back": values("time", [150, 120, 90, 59, 31, 0]),
        "negative replicate": values("replicate", [-1, 0]),
        "replicates alike": values("replicate", [0, 0]),
    }


READ = {"nothing", "missing variable", "group", "many groups", "deep groups", "many attributes", "changed value",
        "hostile scenario", "hostile title", "hostile name", "hostile notes", "hostile programme", "scenario of mistakes"}
FOREIGN = {"another kind", "older", "newer"}
# Labels that differ make results that cannot be compared: whole, but of other groups.
UNLIKE = {"hostile label", "hostile currency"}


class Crafted(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        cls.good = cls.folder / "good.h5"
        made = subprocess.run([OIKOS, "run", BASELINE, "--scale", "0.3 %", "--months", "6", "--replicates", "2", "-q",
                               "-o", cls.good], capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        (cls.folder / "other.h5").write_bytes(cls.good.read_bytes())
        os.mkfifo(cls.folder / "pipe")
        cls.table = cls.compare(cls.good).stdout

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    @classmethod
    def compare(cls, result, *more):
        return subprocess.run([OIKOS, "compare", cls.good, result, *more], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE)

    def test_each(self):
        file = self.folder / "crafted.h5"
        for name, change in crafted(self.folder).items():
            with self.subTest(name):
                file.write_bytes(self.good.read_bytes()[:-SEAL_BYTES])
                with h5py.File(file, "r+") as opened:
                    change(opened)
                content = file.read_bytes()
                seal = f"\noikos seal sha256 {hashlib.sha256(content).hexdigest()}\n".encode()
                file.write_bytes(content + seal)
                page = self.folder / "page.html"
                page.unlink(missing_ok=True)
                done = self.compare(file, "--report", page)
                said = done.stdout + done.stderr + (page.read_bytes() if page.exists() else b"")
                expected = 0 if name in READ else 2 if name in FOREIGN | UNLIKE else 4
                self.assertEqual(done.returncode, expected, said)
                for sign in (b"\x1b", "\u202e".encode()):
                    self.assertNotIn(sign, said)

    def test_a_value_that_was_changed_is_the_one_that_is_read(self):
        changed = self.folder / "changed.h5"
        changed.write_bytes(self.good.read_bytes()[:-SEAL_BYTES])
        with h5py.File(changed, "r+") as opened:
            opened[RATE][...] = 0.125
        content = changed.read_bytes()
        changed.write_bytes(content + f"\noikos seal sha256 {hashlib.sha256(content).hexdigest()}\n".encode())
        done = self.compare(changed, "--indicator", RATE, "--csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b",0.125,", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
