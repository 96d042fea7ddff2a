"""The mapping step of an engagement: what was recognised of its documents, and the form that corrects it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.layout_profiles import PROFILES
from auditlib.loaders.inspection import SourceReport, inspect_files
from auditlib.loaders.intake import sheet_perimeter
from auditlib.loaders.trial import Trial
from auditlib.parameters import load_parameters
from auditlib.run.engagement import Engagement
from auditlib.run.sheet_choices import save_choices, trial_of, write_profile

if TYPE_CHECKING:
    from auditlib.present.markup import Html
    from auditlib.present.sheet_form import SheetForm

__all__ = ["mapping_step", "sheet_reports"]


def mapping_step(audit: Engagement) -> "SheetForm | Html":
    """Return what was recognised of each sheet, and the form that corrects it; what is saved counts from the next run.

    A document's raw cells are read again when a choice is tried, and kept for the next try.
    """
    from auditlib.present.sheet_form import SheetForm  # widgets, where a notebook asks for them only
    from auditlib.present.sheets_shown import recognised

    reports, formats = sheet_reports(audit), Formats(language=audit.language)
    if not reports:
        return recognised(reports, formats)
    bench = _Bench(audit)
    return SheetForm(reports, read=bench.read, keep=bench.keep, export=bench.export, formats=formats)


def sheet_reports(audit: Engagement) -> list[SourceReport]:
    """Return the report of each sheet: as the documents were read, else file by file where they cannot be used.

    Raises
    ------
    BadInputError
        If the non-disclosure agreement is not signed.
    """
    audit.parameters.require_signed()
    try:
        recognised = audit.documents().recognised
    except BadInputError:  # the very moment the form is needed: each file that can be opened is shown
        recognised = []
    return [SourceReport.from_dict(one) for one in recognised] or _one_by_one(audit)


def _one_by_one(audit: Engagement) -> list[SourceReport]:
    given, found = audit.parameters, []
    for path in given.document_paths():
        try:
            found += inspect_files([path], mapping=given.mapping, profiles=given.profiles,
                                   perimeter=sheet_perimeter(given))
        except BadInputError:  # no table, such as a contract: the register lists it
            continue
    return found


class _Bench:
    """The document under the form's hands: one at a time, for its cells may be many."""

    def __init__(self, audit: Engagement) -> None:
        self._audit = audit
        self._trial: Trial | None = None

    def read(self, name: str, choices: Mapping[str, Any]) -> SourceReport:
        return self._on(name).report(name, choices)

    def keep(self, name: str, choices: Mapping[str, Any]) -> str:
        keyed = self._on(name).keyed(name, choices)
        path = save_choices(self._audit.parameters.source, name, keyed)
        self._trial = None  # what is saved may count for other sheets too
        return path.name

    def export(self, name: str, choices: Mapping[str, Any], profile: str) -> str:
        folder = self._audit.parameters.source.parent / PROFILES
        return write_profile(folder, profile, self._on(name).keyed(name, choices)).name

    def _on(self, name: str) -> Trial:
        file = name.split("/", maxsplit=1)[0]
        if self._trial is None or self._trial.path.name != file:
            self._trial = trial_of(load_parameters(self._audit.parameters.source), file)
        return self._trial
