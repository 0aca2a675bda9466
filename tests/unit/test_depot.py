"""What docs/depot.md gives to copy is what the forges and systemd read."""

from __future__ import annotations

import configparser
import getpass
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from corpora import write
from gits import commit

pytestmark = pytest.mark.slow


def run(
    folder: Path, *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, cwd=folder, capture_output=True, text=True, check=False, env=env
    )


def blocks(checkout: Path, language: str) -> list[str]:
    text = (checkout / "docs/depot.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_documented_jobs_check_everything_and_publish_one_branch(checkout: Path) -> None:
    gitlab, github = map(yaml.safe_load, blocks(checkout, "yaml"))

    assert gitlab["verifier"]["script"][-1] == "loosbot check"
    assert gitlab["publier"]["script"][-1] == "loosbot sync --yes"
    assert gitlab["publier"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert gitlab["publier"]["resource_group"]  # one at a time
    assert gitlab["publier"]["needs"] == ["verifier"]
    assert gitlab["variables"]["GIT_DEPTH"] == 0  # a shallow clone cannot tell what is newer

    check, publish = github["jobs"]["verifier"], github["jobs"]["publier"]
    assert check["steps"][-1]["run"] == "loosbot check --format github"
    assert publish["steps"][-1]["run"] == "loosbot sync --yes"
    assert publish["needs"] == "verifier"
    assert "github.event_name == 'push'" in publish["if"]  # no secret for a pull request
    assert publish["concurrency"]["cancel-in-progress"] is False
    assert publish["steps"][0]["with"]["fetch-depth"] == 0
    assert github["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(("number", "schema"), [(0, "gitlab-ci"), (1, "github-workflows")])
def test_the_documented_jobs_are_what_the_forges_read(
    number: int, schema: str, checkout: Path, tmp_path: Path
) -> None:
    job = blocks(checkout, "yaml")[number]
    linter = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    (tmp_path / "job.yaml").write_text(job)
    (tmp_path / "wrong.yaml").write_text(re.sub("timeout.*", "timeout: []", job))

    done = run(tmp_path, *linter, "job.yaml")
    wrong = run(tmp_path, *linter, "wrong.yaml")

    assert done.returncode == 0, done.stdout
    assert wrong.returncode == 1


def test_the_documented_timer_pulls_then_publishes(checkout: Path, tmp_path: Path) -> None:
    service, timer = blocks(checkout, "ini")[-4:-2]
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.read_string(service)
    assert read["Service"]["ExecStart"].endswith("loosbot sync --yes")
    assert read["Service"]["ExecStartPre"].endswith("git pull --quiet --ff-only")
    read.read_string(timer)
    assert read["Timer"]["Persistent"] == "true"
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    # what a unit names must exist for the analysis: the same units with programs of this machine
    (tmp_path / "loosbot.service").write_text(
        re.sub(r"(ExecStart=.*?)/\S+/loosbot", r"\1/bin/true", service)
    )
    (tmp_path / "loosbot.timer").write_text(timer)
    done = run(tmp_path, "systemd-analyze", "verify", "./loosbot.service", "./loosbot.timer")
    assert done.returncode == 0, done.stderr
    assert "Unknown" not in done.stderr


def test_each_night_of_the_guide_is_what_cron_runs(checkout: Path, tmp_path: Path) -> None:
    clone, saved = tmp_path / "corpus", tmp_path / "sauvegardes"
    saved.mkdir()
    commit(write(tmp_path / "premier", {}))
    run(tmp_path, "git", "clone", "-q", "premier", "corpus")
    (crontab,) = (block for block in blocks(checkout, "") if "MAILTO" in block)
    # all that Debian's cron gives to a line, which cuts it at each « % » without a backslash
    env = {"HOME": str(tmp_path), "LOGNAME": getpass.getuser(), "SHELL": "/bin/sh"}
    places = {
        "/srv/loosbot/venv/bin": f"{Path(sys.executable).parent}",
        "/srv/loosbot/corpus": f"{clone}",
        "/mnt/sauvegardes": f"{saved}",
        "/tmp/": f"{tmp_path}/",  # noqa: S108 - what the guide says
    }
    # in one pass: the checkout may lie in a folder called « tmp »
    crontab = re.sub("|".join(places), lambda place: places[place[0]], crontab)
    env |= dict(re.findall(r"^([A-Z]+)=(.*)$", crontab, re.MULTILINE))
    lines = re.findall(r"^[\d*]+ [\d*]+ \* \* \*  +(.*)$", crontab, re.MULTILINE)

    def night(line: str) -> subprocess.CompletedProcess[str]:
        command = re.split(r"(?<!\\)%", line)[0].replace("\\%", "%")
        return run(tmp_path, "/bin/sh", "-uc", command, env=env)

    publish, backup, look = map(night, lines)

    # no wiki answers here: that is in the mail, and the backup is made all the same
    assert "Aucun wiki ne tourne ici" in publish.stdout, publish
    assert (tmp_path / f"loosbot-{getpass.getuser()}.log").read_text() == publish.stdout
    assert (backup.returncode, backup.stdout) == (0, ""), backup
    assert [file.suffix for file in saved.iterdir()] == [".zip"]
    assert (look.returncode, "Aucun wiki" in look.stdout + look.stderr) == (1, True), look
    (tmp_path / "premier").rename(tmp_path / "ailleurs")
    assert "fatal: " in (unreached := night(lines[0]).stdout)
    assert "Aucun wiki" not in unreached
