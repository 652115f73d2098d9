"""The documents can't rot in silence: what they name is there, and what is there and has to be named is."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands

from contacts.upload import limits
from contacts.upload.columns import ALIASES, Target, says_out, suggest

TOP = Path(__file__).parents[1]
RULES = TOP / "docs/rules.md"
DOCUMENTS = sorted([*TOP.glob("*.md"), *TOP.glob("docs/**/*.md")])
NUMBERS = {2: 4, 3: 8, 4: 11, 5: 11, 6: 8, 7: 5, 8: 6}
"""How many rules each section has."""
OURS = ("groups", "contacts", "compliance", "hustle", "tests")

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))


def prose(document: Path) -> str:
    """The text without blocks of code; an indented one stands after a blank line."""
    return re.sub(r"(?m)^( {4}.*\n)+", "", document.read_text())


def quoted(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(document))


def rows(document: Path) -> Iterator[list[str]]:
    """The cells of every row of every table."""
    for line in document.read_text().splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def anchors(document: Path) -> set[str]:
    heads = re.findall(r"(?m)^#+ (.+)$", document.read_text())
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@every_document
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        path, _, anchor = link.partition("#")
        if path.startswith("https://"):
            continue
        target = (document.parent / path).resolve() if path else document
        assert target.is_relative_to(TOP), f"{link} leads out of the project"
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = [word for word in quoted(document) if re.fullmatch(r"\.?\w[\w.-]*(/[\w.-]+)+/?", word)]
    kept = [path for path in named if not path.startswith("var/")]
    assert [path for path in kept if not (TOP / path).exists()] == []


@every_document
def test_every_module_and_function_that_is_named_exists(document: Path) -> None:
    named = [word for word in quoted(document) if re.fullmatch(rf"(?:{'|'.join(OURS)})(?:\.[A-Za-z_]\w*)+", word)]
    assert [name for name in named if not exists(name)] == []


def exists(name: str) -> bool:
    """Whether ``name`` is a module of ours, or something inside one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        if is_module(parts[:cut]):
            return has(import_module(".".join(parts[:cut])), parts[cut:])
    return False


def is_module(parts: list[str]) -> bool:
    path = TOP.joinpath(*parts)
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def has(thing: object, names: list[str]) -> bool:
    for name in names:
        if not hasattr(thing, name):
            return False
        thing = getattr(thing, name)
    return True


@every_document
def test_every_command_and_script_that_is_named_exists(document: Path) -> None:
    text = document.read_text()
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert commands <= set(get_commands())
    scripts = set(re.findall(r"(?<![\w/])script/(\w+)", text))
    assert [name for name in scripts if not (TOP / "script" / name).is_file()] == []


# The rules.


def rules() -> dict[str, str]:
    """The number and the text of each rule."""
    parts = re.split(r"(?m)^\*\*(R\d\.\d+)\*\*", RULES.read_text().replace("\n## ", "\n**R0.0**"))[1:]
    return {number: text for number, text in zip(parts[::2], parts[1::2], strict=True) if number != "R0.0"}


def places() -> dict[str, tuple[list[str], list[str]]]:
    """What the tables say of each built rule: the names of its code, and its tests."""
    return {
        row[0]: (re.findall(r"`([^`]+)`", row[1]), re.findall(r"`([^`]+)`", row[2]))
        for row in rows(RULES)
        if len(row) == 3 and re.fullmatch(r"R\d\.\d+|9: .+", row[0])
    }


@cache
def known_tests(file: str) -> set[str]:
    path = TOP / "tests" / file
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_rule_stands_in_its_section_once() -> None:
    expected = [f"R{section}.{number}" for section, many in NUMBERS.items() for number in range(1, many + 1)]
    assert re.findall(r"(?m)^\*\*(R\d\.\d+)\*\*", RULES.read_text()) == expected


def test_a_rule_has_one_row_that_says_where_it_lives() -> None:
    named = Counter(row[0] for row in rows(RULES) if re.match(r"R\d\.\d+|9: ", row[0]))
    assert [rule for rule, many in named.items() if many > 1] == []


@pytest.mark.parametrize("number", rules())
def test_a_rule_says_where_it_lives_or_that_it_is_not_built_yet(number: str) -> None:
    """*Not built yet*: with a colon means a part of the rule; the rest of it is in the table."""
    marks = set(re.findall(r"\*Not built yet(\.\*|\*[:;])", " ".join(rules()[number].split())))
    assert (number in places()) == (not marks or marks == {"*:"})


@pytest.mark.parametrize("rule", places())
def test_a_built_rule_names_code_that_exists(rule: str) -> None:
    code, _ = places()[rule]
    assert code
    assert [name for name in code if not (exists(name) or (TOP / name).is_file())] == []


@pytest.mark.parametrize("rule", places())
def test_a_built_rule_names_tests_that_exist(rule: str) -> None:
    _, tests = places()[rule]
    assert tests
    named = [test.partition("::") for test in tests]
    assert [f"{file}::{name}" for file, _, name in named if name not in known_tests(file)] == []


def test_every_rule_that_code_names_is_one() -> None:
    files = [
        path for floor in (*OURS, "templates") for path in (TOP / floor).rglob("*") if path.suffix in (".py", ".html")
    ]
    named = {number for path in files for number in re.findall(r"\bR[2-8]\.\d+\b", path.read_text())}
    assert named <= rules().keys()


# What else is a list in a document and a list in code.


def test_every_variable_of_the_environment_is_described() -> None:
    settings = (TOP / "hustle/settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|required|required_list)\(\s*"([A-Z_]+)"', settings))
    described = {name for row in rows(TOP / "docs/running.md") for name in re.findall(r"`([A-Z_]+)`", row[0])}
    assert read - {"PORT"} == described


def test_every_header_that_is_recognised_is_listed() -> None:
    listed = {
        row[0].lower().replace(" ", "_"): [alias.strip() for alias in row[1].split(",")]
        for row in rows(TOP / "docs/upload.md")
        if len(row) == 2
    }
    for target, aliases in ALIASES.items():
        assert list(dict.fromkeys(re.sub(r"[ .-]", "", alias) for alias in listed[target])) == list(aliases)
        assert {suggest([alias])[0] for alias in listed[target]} == {target}


@pytest.mark.parametrize(
    "row", [row for row in rows(TOP / "docs/upload.md") if row[0].split(",")[0] in ("status", "opted in", "opted out")]
)
def test_every_word_that_says_out_does(row: list[str]) -> None:
    headers = [header.strip() for header in row[0].split(",")]
    words = [word.strip() for word in row[1].replace("or a date", "2026-11-22").split(",")]
    assert {suggest([header])[0] for header in headers} == {Target.STATUS}
    assert [word for header in headers for word in words if not says_out(header, word)] == []


def test_the_limits_of_an_upload_are_told() -> None:
    told = dict(row for row in rows(TOP / "docs/upload.md") if len(row) == 2)
    assert told["rows under the headers, blank ones not counted"] == f"{limits.MOST_ROWS:,}"
    assert told["columns"] == str(limits.MOST_COLUMNS)
    assert told["characters in a cell (a longer one: that row is rejected)"] == f"{limits.MOST_CELL:,}"
    assert told["size"] == f"{limits.MOST_BYTES // 2**20} MB"
    assert told["characters in all cells together"] == f"{limits.MOST_TEXT:,}"
    assert told["bytes that a workbook unpacks to"] == f"{limits.MOST_UNPACKED:,}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=]", one)[0] for one in wanted}
    decision = (TOP / "docs/adr/0004-dependencies.md").read_text()
    assert [name for name in sorted(names) if name not in decision] == []


def test_the_readme_shows_the_pictures_that_the_script_makes() -> None:
    shown = set(re.findall(r"!\[.+\]\(docs/screenshots/(\w+)\.png\)", (TOP / "README.md").read_text()))
    made = {path.stem for path in (TOP / "docs/screenshots").glob("*.png")}
    assert len(shown) == 3
    assert shown == made
