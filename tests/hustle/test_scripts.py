"""The scripts run on a bare machine: any POSIX shell, any uv that answers, any PostgreSQL that works."""

import os
import shutil
import signal
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from hustle.environment import kept

TOP = Path(__file__).parents[2]
SHELL_SCRIPTS = [
    "script/demo",
    "script/test",
    "script/environment",
    "script/chromium",
    "script/benchmark",
    "script/screenshots",
    ".ci/run",
]


def sh(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-euc", code], cwd=TOP, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


def program(path: Path, code: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{code}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("script", SHELL_SCRIPTS)
@pytest.mark.parametrize("shell", [shell for shell in ("sh", "dash", "bash") if shutil.which(shell)])
def test_a_script_is_plain_shell(script: str, shell: str) -> None:
    done = subprocess.run([shell, "-n", script], cwd=TOP, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", [*SHELL_SCRIPTS, "script/with_postgresql"])
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(TOP / script, os.X_OK) or script == "script/environment"


def test_a_stand_in_for_uv_that_fails_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "bin/uv", "exit 127")
    answering = program(tmp_path / ".local/bin/uv", "echo uv 1.0")
    done = sh(". script/environment; find_uv", PATH=f"{tmp_path}/bin:{os.environ['PATH']}", HOME=str(tmp_path))
    assert done.stdout.strip() == answering


def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    for name in ("python3.13", "python3.14", "python3.12", "python3", "python"):
        program(tmp_path / "bin" / name, "exit 1")
    program(tmp_path / ".pyenv/versions/3.13.9/bin/python3", f'exec {sys.executable} "$@"')
    done = sh(". script/environment; choose_python", PATH=f"{tmp_path}/bin:{os.environ['PATH']}", HOME=str(tmp_path))
    assert done.stdout.strip() == sys.executable


def test_an_unknown_option_of_the_demo_explains_the_known_ones() -> None:
    done = sh("script/demo --frsh")
    assert done.returncode == 2
    assert "--fresh" in done.stderr


def test_a_postgresql_that_makes_no_cluster_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packaged without its share files, `initdb` is there and fails."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("with_postgresql", str(TOP / "script/with_postgresql"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    script = module_from_spec(spec)
    loader.exec_module(script)
    program(tmp_path / "bin/initdb", "exit 1")

    assert not script.make_cluster(tmp_path / "bin", tmp_path)
    assert not script.make_cluster(tmp_path / "nothing here", tmp_path)
    monkeypatch.setattr(script, "candidates", lambda _: [tmp_path / "bin"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert script.main(["true"]) == script.UNAVAILABLE


def test_a_secret_of_the_demo_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var/secret"
    assert kept(path, lambda: "first") == kept(path, lambda: "second") == "first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
