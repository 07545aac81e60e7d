"""The mutation check is itself held to account: it breaks what it says, judges rightly, and goes on where it stopped."""

import argparse
import json
import tempfile
import unittest
from pathlib import Path

import mutations
from mutation_kinds import Mutant, elements, removal, signs, steps, value_sets, without_words
from mutation_kinds import mutants as all_mutants
from mutation_switches import can_be_switched, refused, switched_files
from mutations import Ran, judge, known, report, slim_manifest, spread

ROOT = mutations.ROOT


def made(name, kind="sign", path="a.swift", text=""):
    return Mutant(name, kind, path, 0, 1, text, f"{path}: {name}")


class Places(unittest.TestCase):
    def test_words_are_left_alone(self):
        for code, kept in [
            ("a >= b // c >= d", "a >= b          "),
            ('f("x >= y") && z', 'f(        ) && z'),
            ('"""\n a && b\n"""\nc && d', "   \n       \n   \nc && d"),
            (r'"\" > " > x', r"        > x"[1:]),
        ]:
            with self.subTest(code=code):
                self.assertEqual(len(without_words(code)), len(code))
                self.assertEqual(without_words(code).split(), kept.split())

    def test_each_sign_is_turned_once(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "Sources/Model/ClinicalFacts").mkdir(parents=True)
            (root / "Sources/Model/ClinicalFacts/PartialDate.swift").write_text("let x = y\n")
            (root / "Sources/Reasoning").mkdir(parents=True)
            code = "if a >= 4 && b < c { } // d == e\nfunc < (i: J)\nreturn f != g || h -> i\n"
            (root / "Sources/Reasoning/A.swift").write_text(code)
            found = list(signs(root))
        self.assertEqual([item.name for item in found], [
            "sign/A/01 >= >", "sign/A/02 && ||", "sign/A/03 < <=", "sign/A/04 != ==", "sign/A/05 || &&",
        ])  # fmt: skip
        self.assertEqual(found[0].applied(code), code.replace(">= 4", "> 4"))
        self.assertEqual(
            found[3].change, "Sources/Reasoning/A.swift: return f != g || h -> i → return f == g || h -> i"
        )

    def test_steps(self):
        self.assertEqual(steps("14"), [("+1", "15"), ("-1", "13")])
        self.assertEqual(steps("-2.5"), [("+0.1", "-2.4"), ("-0.1", "-2.6")])
        self.assertEqual(steps("true"), [("-turned", "false")])

    def test_a_row_goes_with_its_comma(self):
        content = '{"rows":[\n{"a":1},\n{"b":2}\n]}'
        places = list(elements(content, "rows"))
        self.assertEqual([element for _, _, element in places], [{"a": 1}, {"b": 2}])
        for (start, end, _), left in zip(places, [{"b": 2}, {"a": 1}]):
            first, last = removal(content, start, end)
            self.assertEqual(json.loads(content[:first] + content[last:]), {"rows": [left]})

    def test_a_value_set_without_a_code_is_still_json(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "Profiles/ValueSets").mkdir(parents=True)
            groups = [
                {"system": "s", "concept": [{"code": "1"}, {"code": "2"}]},
                {"system": "t", "filter": [{"property": "concept", "op": "is-a", "value": "C"}]},
            ]
            content = json.dumps({"compose": {"include": groups}})
            (root / "Profiles/ValueSets/x.json").write_text(content)
            found = list(value_sets(root))
        self.assertEqual([item.name for item in found], ["code/x/1", "code/x/2", "code/x/C"])
        for item in found:
            self.assertNotEqual(json.loads(item.applied(content)), json.loads(content))


class Switches(unittest.TestCase):
    CODE = 'var a = 4\nvar b = x == .met ? "G01" : y && z\n'

    def places(self):
        def at(text, new, kind="cell"):
            start = self.CODE.index(text)
            return Mutant(text, kind, "Sources/Reasoning/A.swift", start, start + len(text), new, text)

        return [at("4", "5"), at("4", "3"), at(" == ", " != "), at("met", "notMet"), at("G01", "G02"), at(" && ", " || ")]

    def test_each_stands_behind_its_number(self):
        files = switched_files(enumerate(self.places()), {"Sources/Reasoning/A.swift": self.CODE})
        self.assertEqual(
            files["Sources/Reasoning/A.swift"],
            "var a = switched(1, switched(0, 4, 5), 3)\n"
            'var b = x ==⊗ switched(3, .met, .notMet) ? switched(4, "G01", "G02") : y &&⊚ z\n',
        )
        declarations = files["Sources/Reasoning/MutantSwitches.swift"]
        self.assertIn("infix operator ==⊗: ComparisonPrecedence", declarations)
        self.assertIn("active == 2 ? left != right : left == right", declarations)
        self.assertIn("active == 5 ? try left || right() : try left && right()", declarations)
        self.assertNotIn("infix", files["Sources/Model/MutantSwitches.swift"])

    def test_what_the_compiler_refuses(self):
        files = switched_files(enumerate(self.places()), {"Sources/Reasoning/A.swift": self.CODE})
        output = "/x/Sources/Reasoning/A.swift:2:9: error: no\n/x/Sources/Reasoning/B.swift:1:1: error: no"
        self.assertEqual(refused(output, files), {2, 3, 4, 5})
        self.assertEqual(refused("/x/Sources/Reasoning/A.swift:1:9: error: no", files), {0, 1})
        self.assertEqual(refused("/x/Sources/Reasoning/A.swift:3:1: error: no", files), {0, 1, 2, 3, 4, 5})

    def test_rows_and_new_numbers_are_not_switched(self):
        self.assertFalse(can_be_switched(Mutant("a", "code", "Profiles/a.json", 1, 2, "", "")))
        self.assertFalse(can_be_switched(Mutant("a", "threshold", "Sources/a.swift", 2, 2, " = 1", "")))


class Checkout(unittest.TestCase):
    def test_every_mutant_has_a_name_of_its_own_and_changes_its_file(self):
        found = list(all_mutants(ROOT))
        names = [item.name for item in found]
        self.assertEqual(len(names), len(set(names)))
        contents: dict[str, str] = {}
        for item in found:
            content = contents.setdefault(item.path, (ROOT / item.path).read_text())
            self.assertNotEqual(item.applied(content), content, item.name)
        kinds = {item.kind for item in found}
        self.assertEqual(kinds, {"threshold", "sign", "cell", "code", "role", "imaging"})
        self.assertEqual(names, [item.name for item in all_mutants(ROOT)])

    def test_the_reasons_are_of_changes_that_there_are(self):
        changes = {item.change for item in all_mutants(ROOT)}
        self.assertEqual([change for change in mutations.reasons() if change not in changes], [])


class Judgement(unittest.TestCase):
    FAILED = (
        '✘ Test "rule" recorded an issue at X.swift:1:1: Expectation failed\n'
        '✘ Test "hold" with 3 test cases failed after 1 second\n✘ Test run with 9 tests failed'
    )

    def test_what_became_of_it(self):
        passed = Ran(0, "✔ Test run with 9 tests passed")
        for why, built, tested, outcome in [
            ("no test noticed", Ran(0, ""), passed, ("survived", [])),
            ("two tests noticed", Ran(0, ""), Ran(1, self.FAILED), ("killed", ['"rule"', '"hold"'])),
            ("it ran on and on", Ran(0, ""), Ran(None, ""), ("killed", ["the tests took too long"])),
            ("it crashed", Ran(0, ""), Ran(1, "Fatal error: index"), ("killed", ["the tests crashed"])),
            ("it does not compile", Ran(1, "error:"), None, ("invalid", [])),
            ("somebody ended the build", Ran(-9, ""), None, ("unknown", ["the build was ended"])),
            ("somebody ended the tests", Ran(0, ""), Ran(-9, ""), ("unknown", ["the tests ended with -9"])),
            ("nothing was run", Ran(0, ""), Ran(0, ""), ("unknown", ["no tests were run"])),
        ]:
            with self.subTest(why):
                self.assertEqual(judge(built, tested), outcome)

    def test_the_place_is_put_right_again(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "a.swift").write_text("x >= y")
            seen = []

            def runner(command, where, seconds, mutant=None):
                seen.append((command[:2] == ["swift", "build"], (where / "a.swift").read_text(), mutant))
                return Ran(0, "✔ Test run with 1 test")

            mutant = Mutant("sign/a", "sign", "a.swift", 1, 5, " > ", "change")
            bench = mutations.Bench(place, place, ("ATests",), [mutant], runner)
            entry = bench.outcome(mutant)
            bench.numbers.clear()
            self.assertEqual(bench.outcome(mutant)["outcome"], "survived")
            self.assertEqual(seen, [(False, "x >= y", 0), (True, "x > y", None), (False, "x > y", None)])
            self.assertEqual((place / "a.swift").read_text(), "x >= y")
        self.assertEqual((entry["name"], entry["outcome"]), ("sign/a", "survived"))

    def test_a_file_without_a_switch_left_is_as_it_was(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            path = place / "Sources/Reasoning/A.swift"
            path.parent.mkdir(parents=True)
            path.write_text("x >= y")

            def runner(command, where, seconds, mutant=None):
                is_switched = path.read_text() != "x >= y"
                return Ran(1, "/x/Sources/Reasoning/A.swift:1:3: error: no") if is_switched else Ran(0, "")

            mutant = Mutant("sign/a", "sign", "Sources/Reasoning/A.swift", 1, 5, " > ", "change")
            bench = mutations.Bench(place, place, ("ATests",), [mutant], runner)
            self.assertEqual(bench.build_switches().code, 0)
            self.assertEqual(bench.numbers, {})

    def test_tests_end_with_the_first_that_notices(self):
        script = 'echo "✘ Test \\"a\\" recorded an issue at X"; echo $SPINEHOOK_MUTANT > seen; sleep 60'
        with tempfile.TemporaryDirectory() as folder:
            ran = mutations.run(["sh", "-c", f"echo $SPINEHOOK_MUTANT; {script}"], Path(folder), 30, 7)
            self.assertEqual((ran.code, ran.output.split()[0]), (1, "7"))
            self.assertEqual(judge(Ran(0, ""), ran), ("killed", ['"a"']))
            self.assertEqual(mutations.run(["sleep", "60"], Path(folder), 0.2).code, None)
            self.assertEqual(mutations.run(["sh", "-c", "exit 3"], Path(folder), 30).code, 3)

    def test_the_report(self):
        def entry(name, outcome):
            return {"name": name, "kind": "sign", "change": name, "outcome": outcome, "by": []}

        entries = [entry("a", "killed"), entry("b", "survived"), entry("c", "survived"), entry("d", "invalid")]
        text, unexplained = report(entries, {"b": "nothing can tell"})
        self.assertEqual(unexplained, 1)
        self.assertIn("1 killed, 2 survived, 1 invalid", text)
        self.assertIn("nothing can tell", text)
        self.assertIn("c\n    NO TEST NOTICES IT", text)
        self.assertIn("1 of 2 killed; 1 more make no difference, 1 to mend", text)


class Runs(unittest.TestCase):
    def test_what_is_known_is_not_run_again(self):
        with tempfile.TemporaryDirectory() as folder:
            results = Path(folder) / "r.ndjson"
            lines = [
                {"name": name, "change": f"a.swift: {name}", "outcome": outcome}
                for name, outcome in [("a", "killed"), ("b", "unknown")]
            ]
            results.write_text("\n".join(json.dumps(line) for line in lines) + '\n{"name":"c","out')
            self.assertEqual(list(known(results, [made("a"), made("b")])), ["a"])
            self.assertEqual(known(results, [made("a", path="b.swift")]), {})
            arguments = argparse.Namespace(again=False, survived=False, wide=False, scratch=Path(folder))
            entries = list(mutations.try_all([made("a")], arguments, results))
            self.assertEqual([entry["name"] for entry in entries], ["a"])

    def test_a_limit_takes_from_every_kind(self):
        many = [made(f"sign/{number:03}") for number in range(100)]
        many += [made(f"cell/{number}", "cell") for number in range(3)]
        chosen = spread(many, 10)
        self.assertEqual(sum(item.kind == "cell" for item in chosen), 3)
        self.assertEqual(len(chosen), 10)
        self.assertEqual(chosen, spread(many, 10))
        self.assertEqual(spread(many, None), many)

    def test_a_copy_is_a_checkout_with_another_manifest(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            mutations.copy_tree(ROOT, place, ("GuidelinesTests",))
            self.assertIn('slim(package, ["GuidelinesTests"])', (place / "Package.swift").read_text())
            source = "Sources/Reasoning/Criteria/Criterion.swift"
            self.assertEqual((place / source).read_text(), (ROOT / source).read_text())
            date = (place / source).stat().st_mtime_ns
            (place / "Sources/Reasoning/Gone.swift").write_text("")
            mutations.copy_tree(ROOT, place, ("GuidelinesTests",))
            self.assertEqual((place / source).stat().st_mtime_ns, date)
            self.assertFalse((place / "Sources/Reasoning/Gone.swift").exists())

    def test_the_manifest(self):
        self.assertTrue(slim_manifest("let package", ("A", "B")).startswith("let package"))
        self.assertIn('slim(package, ["A", "B"])', slim_manifest("", ("A", "B")))


if __name__ == "__main__":
    unittest.main()
