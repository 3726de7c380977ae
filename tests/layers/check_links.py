#!/usr/bin/env python3
"""Follows every relative link and every #heading of the Markdown pages, and reports those that lead nowhere.

usage: check_links.py [ROOT]
Pages: *.md in ROOT, docs/ and benchmarks/. Links to other hosts are not followed. Exit code as check_layers.py.
"""

import pathlib
import re
import sys
from typing import List, Set

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")


def prose(text: str) -> str:
    """The page without fenced blocks; lines kept."""
    return FENCE.sub(lambda match: re.sub(r"[^\n]", "", match.group()), text)


def anchors(page: pathlib.Path) -> Set[str]:
    """The anchors of a page's headings: lower case, punctuation dropped, blanks as hyphens."""
    found = set()
    for title in re.findall(r"^#+ +(.*?) *$", prose(page.read_text(encoding="utf-8")), re.MULTILINE):
        found.add(re.sub(r" ", "-", re.sub(r"[^\w\- ]", "", title.lower())))
    return found


def page_findings(root: pathlib.Path, page: pathlib.Path) -> List[str]:
    """Links of one page that lead nowhere."""
    found = []
    name = page.relative_to(root).as_posix()
    text = CODE.sub("", prose(page.read_text(encoding="utf-8")))
    for match in LINK.finditer(text):
        link = match.group(1)
        if re.match(r"[a-z]+:", link):
            continue
        line = text.count("\n", 0, match.start()) + 1
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            found.append(f"{name}:{line}: link to '{link}': there is no such file")
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            found.append(f"{name}:{line}: link to '{link}': the page has no such heading")
    return found


def main(arguments: List[str]) -> int:
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parents[2]).resolve()
    pages = sorted(root.glob("*.md")) + sorted(p for top in ("docs", "benchmarks") for p in (root / top).rglob("*.md"))
    try:
        found = [finding for page in pages for finding in page_findings(root, page)]
    except (OSError, UnicodeDecodeError) as error:
        print(f"check_links: {error}", file=sys.stderr)
        return 2
    for finding in found:
        print(finding)
    print(f"links: {len(pages)} pages, {len(found)} links lead nowhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
