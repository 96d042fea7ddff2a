"""The folder a run writes in, and the moment it takes the place of the last one."""

import contextlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditlib.errors import AuditError
from auditlib.run.places import QUESTIONS

__all__ = ["FAILED", "point_to", "workspace"]

TEMPORARY, REPLACED, FAILED = ".tmp-", ".old-", ".failed-"


@contextmanager
def workspace(target: Path, *, keep_last: bool) -> Iterator[Path]:
    """Give a private folder to write a run in; it becomes `target` when the block ends well.

    Until then nobody sees anything of the run, and an error leaves the last run as it was. Where the error
    is a defect rather than bad input, what was written is kept for a look, as ``.failed-<client>``.

    Parameters
    ----------
    target : Path
        ``<outputs>/<client>/<as-of date>``.
    keep_last : bool
        Start from a copy of the last finished run: a run of some steps keeps the others.
    """
    outputs, client = target.parent.parent, target.parent.name
    is_new = not outputs.exists()
    outputs.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(outputs)
    temporary = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY}{platform.node()}-{os.getpid()}-", dir=outputs))
    failed = outputs / f"{FAILED}{client}"
    try:
        if keep_last and target.is_dir():
            shutil.copytree(target, temporary, dirs_exist_ok=True)
        elif (target / QUESTIONS).is_file():
            shutil.copy(target / QUESTIONS, temporary)
        yield temporary
        _publish(temporary, target)
        shutil.rmtree(failed, ignore_errors=True)
    except BaseException as problem:
        is_bad_input = isinstance(problem, AuditError) and problem.exit_status > 1
        _give_up(temporary, keep_as=None if is_bad_input else failed)
        if is_new:
            with contextlib.suppress(OSError):
                outputs.rmdir()
        raise


def point_to(target: Path, *, inside: Path) -> None:
    """Write a run's final folder into its executed notebooks, in the place of the temporary one, `inside`.

    Voilà executes a finished notebook again, with the values that were injected.
    """
    for path in inside.glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(str(inside), str(target)), encoding="utf-8")


def _publish(temporary: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    replaced = temporary.with_name(temporary.name.replace(TEMPORARY, REPLACED, 1))
    if target.exists():
        target.rename(replaced)
    try:
        temporary.rename(target)
    except OSError:
        if replaced.exists():
            replaced.rename(target)
        raise
    shutil.rmtree(replaced, ignore_errors=True)


def _give_up(temporary: Path, *, keep_as: Path | None) -> None:
    if keep_as is None:
        shutil.rmtree(temporary, ignore_errors=True)
    else:
        shutil.rmtree(keep_as, ignore_errors=True)
        temporary.rename(keep_as)


def _remove_abandoned(outputs: Path) -> None:
    """Remove what runs of this machine left whose process was killed."""
    for kind in (TEMPORARY, REPLACED):
        prefix = f"{kind}{platform.node()}-"
        for folder in outputs.glob(f"{prefix}*"):
            owner = folder.name.removeprefix(prefix).split("-")[0]
            if owner.isdigit() and not _is_running(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
