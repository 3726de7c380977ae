#!/usr/bin/env python3
"""Reads every #include in sim/ and analysis/ and reports arrows that the architecture forbids.

usage: check_layers.py [ROOT]

The order of the layers is the order in sim/CMakeLists.txt and analysis/CMakeLists.txt, with sim/app on top; the arrows
are the USES of each oikos_library(). Reported, each with file:line, are
  - an include of a layer above, also where USES would allow it,
  - an include of a layer that USES does not name,
  - an include of ours that is not written from the root,
  - an include of a simulation layer above h5 in analysis (the two meet only in the result file),
  - a third-party header outside its door.
Exit code 0: nothing found; 1: something found; 2: the tree cannot be read. See docs/design/architecture.md.
"""

import pathlib
import re
import sys
from typing import Dict, List, NamedTuple, Optional, Tuple

SOURCE_SUFFIXES = {".cpp", ".hpp", ".h", ".cc", ".inc"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

# Third-party header -> folders that may include it. One door each, so that a library can be replaced in one place.
DOORS: List[Tuple[str, Tuple[str, ...]]] = [
    (r"(hdf5|hdf5_hl|H5[A-Za-z]*)\.h$", ("sim/h5",)),
    (r"yaml-cpp/", ("sim/text",)),
    (r"(tbb|oneapi)/", ("sim/store", "sim/ensemble")),
    (r"CLI/", ("sim/app",)),
    (r"Random123/", ("sim/rng",)),
    (r"openssl/", ("sim/file",)),
    (r"nlohmann/", ("sim/text", "sim/app", "analysis")),
    (r"(mpi\.h$|boost/mpi)", ("sim/ensemble",)),
]

# The highest simulation layer that analysis may use.
MEETING_POINT = "h5"


class Layer(NamedTuple):
    """A layer: its folder, where it is declared, and the layers it names in USES."""

    name: str
    folder: str
    where: str
    uses: Tuple[str, ...]


class Tree:
    """The layers of a source tree, their order and their arrows."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        sim = listed_folders(root / "sim/CMakeLists.txt")
        analysis = listed_folders(root / "analysis/CMakeLists.txt")
        self.order = ["sim/" + f for f in sim] + ["analysis/" + f for f in analysis] + ["sim/app"]
        self.layers: Dict[str, Layer] = {}
        for top in ("sim", "analysis"):
            for path in sorted((root / top).rglob("CMakeLists.txt")):
                for layer in declared_layers(path, root):
                    self.layers[layer.folder] = layer
        self.by_name = {layer.name: layer for layer in self.layers.values()}

    def folder_of(self, path: str) -> str:
        """The layer's folder a path belongs to: the deepest declared one, else the folder below sim/ or analysis/."""
        parts = path.split("/")[:-1]
        for n in range(len(parts), 1, -1):
            if "/".join(parts[:n]) in self.layers:
                return "/".join(parts[:n])
        return "/".join(parts[:2])

    def rank(self, folder: str) -> Optional[int]:
        """Height of a layer; folders inside one listed folder share its height."""
        top = "/".join(folder.split("/")[:2])
        return self.order.index(top) if top in self.order else None

    def name(self, folder: str) -> str:
        """What a layer is called in CMake, or would be."""
        if folder in self.layers:
            return self.layers[folder].name
        return folder[len("sim/"):] if folder.startswith("sim/") else folder


def without_comments(cmake: str) -> str:
    """CMake text with comments blanked, lines kept."""
    return re.sub(r"#[^\n]*", "", cmake)


def listed_folders(path: pathlib.Path) -> List[str]:
    """The subfolders a CMakeLists.txt adds, in order: words of foreach(var ...) lists and add_subdirectory(folder)."""
    found: List[str] = []
    for loop, single in re.findall(r"foreach\s*\(\s*\w+\s+([^)$]*)\)|add_subdirectory\s*\(\s*([\w/-]+)",
                                   without_comments(path.read_text(encoding="utf-8"))):
        words = single.split() or [w for w in loop.split() if w not in ("IN", "ITEMS", "LISTS")]
        found += [w for w in words if w not in found]
    return found


def declared_layers(path: pathlib.Path, root: pathlib.Path) -> List[Layer]:
    """Every oikos_library() of one CMakeLists.txt."""
    text = without_comments(path.read_text(encoding="utf-8"))
    here = path.parent.relative_to(root).as_posix()
    top = here.split("/")[0]
    found = []
    for match in re.finditer(r"oikos_library\s*\(([^)]*)\)", text):
        words = match.group(1).split()
        uses, reading = [], False
        for word in words[1:]:
            if word in ("SOURCES", "USES", "LINKS", "PRIVATE_LINKS"):
                reading = word == "USES"
            elif reading:
                uses.append(word)
        name = words[0]
        line = text.count("\n", 0, match.start()) + 1
        folder = name if name.startswith(top + "/") else f"{top}/{name}"
        if not (root / folder).is_dir():  # a name that is not its path stands for the folder it is declared in
            folder = here
        found.append(Layer(name, folder, f"{path.relative_to(root).as_posix()}:{line}", tuple(uses)))
    return found


def uses_findings(tree: Tree) -> List[str]:
    """USES that point upward or at nothing."""
    found = []
    for layer in tree.layers.values():
        rank = tree.rank(layer.folder)
        if rank is None:
            top = "sim" if layer.folder.startswith("sim/") else "analysis"
            found.append(f"{layer.where}: layer '{layer.name}' has no place in the order of {top}/CMakeLists.txt")
            continue
        for used in layer.uses:
            other = tree.by_name.get(used)
            if other is None:
                found.append(f"{layer.where}: layer '{layer.name}' uses '{used}', which no CMakeLists.txt declares")
            elif (tree.rank(other.folder) or 0) > rank:
                found.append(f"{layer.where}: layer '{layer.name}' uses '{used}', a layer above it")
    return found


def include_finding(tree: Tree, folder: str, target: str) -> Optional[str]:
    """What is wrong with an include of our own header `target` from a file of layer `folder`, if anything."""
    other = tree.folder_of(target)
    if other == folder:
        return None
    me, it = tree.name(folder), tree.name(other)
    rank, other_rank = tree.rank(folder), tree.rank(other)
    if other_rank is None:
        return f"'{me}' includes \"{target}\", which belongs to no layer"
    if rank is not None and other_rank > rank:
        return f"'{me}' includes \"{target}\" of '{it}', a layer above it"
    if folder.startswith("analysis/") and other.startswith("sim/"):
        limit = tree.rank("sim/" + MEETING_POINT)
        if limit is not None and other_rank > limit:
            return (f"'{me}' includes \"{target}\": analysis meets the simulation in result files, "
                    f"not above '{MEETING_POINT}'")
    declared = tree.layers.get(folder)
    if declared is None:
        # The program on top may be a plain executable and links what it likes.
        return None if folder == "sim/app" else f"no oikos_library() declares '{me}', so it may include nothing"
    if it not in declared.uses:
        return f"'{me}' includes \"{target}\", but USES does not name '{it}' ({declared.where})"
    return None


def door_finding(path: str, header: str) -> Optional[str]:
    """What is wrong with including a third-party header in `path`, if anything."""
    for pattern, doors in DOORS:
        if re.match(pattern, header) and not path.startswith(tuple(door + "/" for door in doors)):
            return f"<{header}> stays behind its door ({', '.join(doors)})"
    return None


def file_findings(tree: Tree, path: pathlib.Path) -> Tuple[int, List[str]]:
    """Number of includes in one file, and what is wrong with them."""
    name = path.relative_to(tree.root).as_posix()
    folder = tree.folder_of(name)
    text = path.read_text(encoding="utf-8")
    text = BLOCK_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    count, found = 0, []
    for match in INCLUDE.finditer(text):
        count += 1
        quote, target = match.groups()
        if target.startswith(("sim/", "analysis/")):
            finding = include_finding(tree, folder, target)
        elif quote == '"' and (path.parent / target).exists():
            from_root = (path.parent / target).resolve().relative_to(tree.root).as_posix()
            finding = f'"{target}" is not written from the root ("{from_root}")'
        else:
            finding = door_finding(name, target)
        if finding:
            line = text.count("\n", 0, match.start(1)) + 1
            found.append(f"{name}:{line}: {finding}")
    return count, found


def without_repeats(findings: List[str]) -> List[str]:
    """The findings without those that say once more, of another place, that a layer is not declared."""
    seen, kept = set(), []
    for finding in findings:
        says = finding.split(": ", 1)[1]
        if not (says.startswith("no oikos_library()") and says in seen):
            kept.append(finding)
        seen.add(says)
    return kept


def main(arguments: List[str]) -> int:
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parents[2]).resolve()
    try:
        tree = Tree(root)
        found = uses_findings(tree)
        files = sorted(p for top in ("sim", "analysis") for p in (root / top).rglob("*") if p.suffix in SOURCE_SUFFIXES)
        includes = 0
        for path in files:
            count, more = file_findings(tree, path)
            includes += count
            found += more
        found = without_repeats(found)
    except (OSError, UnicodeDecodeError) as error:
        print(f"check_layers: {error}", file=sys.stderr)
        return 2
    for finding in found:
        print(finding)
    print(f"layers: {len(tree.layers)} layers, {len(files)} files, {includes} includes, {len(found)} forbidden")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
