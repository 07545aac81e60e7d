"""Documents made of snippets hold what the snippets held."""

import unittest

from ccda_documents import Document, parse
from ccda_snippets import wrapped

OBSERVATION = '<observation moodCode="EVN"><sdtc:id/></observation>'


class Snippets(unittest.TestCase):
    def test_what_becomes_a_document(self):
        for why, text, statements in [
            ("a statement", OBSERVATION, 1), ("an entry", f"<entry>{OBSERVATION}</entry>", 1),
            ("a section", f"<section><entry>{OBSERVATION}</entry></section>", 1),
            ("a section in a component", f"<component><section><entry>{OBSERVATION}</entry></section></component>", 1),
            ("several, after a declaration", f'<?xml version="1.0"?>{OBSERVATION}{OBSERVATION}', 2),
            ("with a comment before", f"<!-- why -->{OBSERVATION}", 1),
        ]:
            with self.subTest(why):
                read = Document("x.xml", parse(wrapped(text)))
                self.assertEqual(len(read.statements), statements)
                self.assertEqual(read.statements[0].mood, "EVN")

    def test_what_does_not(self):
        for why, text in [
            ("a document", '<ClinicalDocument xmlns="urn:hl7-org:v3"/>'), ("a part of the header", "<author/>"),
            ("no XML", "<a>"), ("nothing", ""),
        ]:
            with self.subTest(why):
                self.assertIsNone(wrapped(text))


if __name__ == "__main__":
    unittest.main()
