#!/usr/bin/env python3
"""Makes documents of the sections and entries that HL7 publishes as examples of its templates.

    ccda_snippets.py CORPUS OUTPUT

Each file of CORPUS that is no document but holds sections, entries or statements becomes a document in OUTPUT under the
same name: sections as they are, entries and statements in a section that says nothing of itself. Then
`ccda_corpus.py` and `ccda_negations.py` can be run over OUTPUT.
"""

import argparse
import re
import sys
from pathlib import Path

from lxml import etree

from ccda_documents import STATEMENTS, V3, children, name
from ccda_probes import document

FOLDERS = ("hl7-examples", "hl7-templates-r5")
OPEN = (
    f'<snippet xmlns="{V3}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc" '
    'xmlns:voc="urn:hl7-org:v3/voc" xmlns:cda="urn:hl7-org:v3">'
)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>", re.DOTALL)


def wrapped(text: str) -> bytes | None:
    """A document of what a snippet holds; None for one that is no XML, a document already, or of the header."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        snippet = etree.fromstring(OPEN + _PROLOG.sub("", text.lstrip("\ufeff")) + "</snippet>", parser)
    except etree.XMLSyntaxError:
        return None
    sections = ""
    for part in snippet:
        inside = etree.tostring(part, with_tail=False, encoding="unicode")
        kind = name(part)
        if kind == "component" and children(part, "section"):
            sections += inside
        elif kind == "section":
            sections += f"<component>{inside}</component>"
        elif kind in STATEMENTS or kind == "entry":
            entry = inside if kind == "entry" else f"<entry>{inside}</entry>"
            sections += f"<component><section><title>Example</title><text>Example</text>{entry}</section></component>"
    return document("", sections).encode() if sections else None


def write(corpus: Path, output: Path) -> int:
    """Writes a document for each snippet that can be one; gives how many there are."""
    count = 0
    for folder in FOLDERS:
        for path in sorted((corpus / folder).rglob("*.xml")):
            if (made := wrapped(path.read_text(errors="replace"))) is not None:
                target = output / path.relative_to(corpus)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(made)
                count += 1
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="the corpus with " + " and ".join(FOLDERS))
    parser.add_argument("output", type=Path, help="a folder for the documents")
    options = parser.parse_args()
    print(f"{write(options.corpus, options.output)} documents of snippets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
