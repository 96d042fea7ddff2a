"""The commands: each calls one public function. Imports are local, so that help is instant."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditlib import __version__
from auditlib.errors import AuditError

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["commands", "main"]

OUTPUTS = click.option("--outputs", type=click.Path(path_type=Path), metavar="DIR", help="Results' folder [outputs/].")
AS_OF = click.option("--as-of", "as_of_date", default="", metavar="DATE", help="As-of date, such as 2025-12-31.")
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, package_name="auditlib")
def commands() -> None:
    """Audit a client's receivables: from the files they sent to a report and a dashboard.

    CLIENT is the name of parameters/CLIENT.yaml, or the path of a parameters file.
    """


@commands.command()
@click.option("--seed", default=2025, show_default=True, help="Of the fictitious client.")
def demo(seed: int) -> None:
    """Generate the demo client and run its whole audit."""
    import time

    from auditlib.demo import generate
    from auditlib.demo.interview import write_answers
    from auditlib.run.places import home_of
    from auditlib.run.progress import shown_progress

    start = time.perf_counter()
    generate(home_of() / "documents" / "demo", seed=seed)
    write_answers(home_of() / "parameters")
    click.echo(f"{time.perf_counter() - start:8.1f} s  generation of the demo client")
    with shown_progress() as progress:
        _run("demo", progress=progress)
    click.echo(f"Serve it:   {os.path.relpath(sys.argv[0])} serve demo")


@commands.command()
@click.argument("client")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--name", default="", help="The client's name as the report prints it.")
@click.option("--as-of", "as_of_date", type=DAY, metavar="DATE", help="As-of date [the last month end].")
@click.option("--signed-on", type=DAY, metavar="DATE", help="When the non-disclosure agreement was signed.")
@click.option("--signatory", default="", help="Who signed it.")
@click.option("--allow-unsigned", is_flag=True, help="Read without an agreement: demos and tests only.")
def new(client: str, files: tuple[Path, ...], name: str, as_of_date: dt.datetime | None, signed_on: dt.datetime | None,
        signatory: str, allow_unsigned: bool) -> None:
    """Start an engagement: its parameters, and a first look at the files."""
    from auditlib.run import start
    from auditlib.run.inspection import inspected
    from auditlib.run.inspection_text import described

    path = start.start_engagement(
        client, files, as_of_date=_day(as_of_date) or _last_month_end(), client_name=name, signed_on=_day(signed_on),
        signatory=signatory, allow_unsigned=allow_unsigned)
    click.echo(f"Parameters: {path}")
    if files and start.may_be_read(path):
        click.echo("\n\n".join(map(described, inspected([str(path)]))))
    elif files:
        click.echo("The files are not read before the non-disclosure agreement is signed: record it under nda.")


@commands.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
@click.option("--rows", default=12, show_default=True, metavar="N", help="Rows of each sheet shown with their class.")
def inspect(files: tuple[str, ...], as_json: bool, rows: int) -> None:
    """Show what the loader sees in files, or in a client's documents."""
    from auditlib.run.inspection import inspected
    from auditlib.run.inspection_text import described

    reports = inspected(files)
    plain = [report.to_dict() for report in reports] if as_json else []
    click.echo(json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1) if as_json
               else "\n\n".join(described(report, rows=rows) for report in reports))


@commands.group()
def profile() -> None:
    """Profiles: how a product's files are read, for every client."""


@profile.command()
@click.argument("client")
@click.argument("file")
@click.option("--name", required=True, metavar="NAME", help="Of the profile, such as sage-grand-livre.")
def export(client: str, file: str, name: str) -> None:
    """Write what CLIENT's parameters say of FILE (or FILE/SHEET) as parameters/profiles/NAME.yaml."""
    from auditlib.run.sheet_choices import export_profile

    click.echo(f"Profile: {export_profile(client, file, name=name)}")


@commands.command()
@click.argument("client")
@AS_OF
@click.option("--steps", default="", metavar="02-05", help="Notebooks to run; the others are kept from the last run.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="What the client reads [as the parameters say].")
@OUTPUTS
def run(client: str, as_of_date: str, steps: str, language: str | None, outputs: Path | None) -> None:
    """Run a client's audit: six notebooks, report, workbook, indicators."""
    from auditlib.run.progress import shown_progress

    with shown_progress() as progress:
        _run(client, as_of_date=as_of_date, steps=steps, language=language or "", outputs=outputs, progress=progress)


@commands.command()
@click.argument("client")
@AS_OF
@click.option("--language", type=click.Choice(["fr", "en"]), help="What the auditor reads [as the parameters say].")
def adjust(client: str, as_of_date: str, language: str | None) -> None:
    """Make the workbook of the auditor's adjustments, or renew its list of items; what is written stays."""
    from auditlib.run.adjustments import write_adjustments

    report = write_adjustments(client, as_of_date=as_of_date, language=language or "")
    click.echo(f"Adjustments: {report.path}\n{report.proposals} proposed matches and {report.items} open items to pick "
               f"from, {(report.rows['status'] == 'applied').sum()} adjustments understood")
    for row in report.rows[report.rows["status"] == "rejected"].itertuples():
        click.echo(f"Rejected:    row {row.sheet_row}: {row.why}")


@commands.command()
@click.argument("client")
@click.option("--customer", "customers", multiple=True, metavar="ID", help="Code of a customer; again for others.")
@click.option("--from", "starts_on", type=DAY, metavar="DATE", help="First day of calls [after the as-of date].")
@AS_OF
@click.option("--language", type=click.Choice(["fr", "en"]), help="What the collector reads [as the parameters say].")
@OUTPUTS
def calls(client: str, customers: tuple[str, ...], starts_on: dt.datetime | None, as_of_date: str,
          language: str | None, outputs: Path | None) -> None:
    """Write the call files and the diary of customers, or of the most urgent ones."""
    from auditlib.run.calls import calls_of

    path = calls_of(client, customers=customers, starts_on=_day(starts_on), as_of_date=as_of_date,
                    language=language or "", outputs=outputs)
    click.echo(f"Call files: {path}\nDiary:      {path.with_suffix('.ics')}")


@commands.command()
@click.argument("client")
@AS_OF
@OUTPUTS
@click.option("--port", default=0, metavar="PORT", help="Of 127.0.0.1 [any free one].")
def serve(client: str, as_of_date: str, outputs: Path | None, port: int) -> None:
    """Serve a client's presentation on this machine, with a token."""
    from auditlib.run.serve import serve_presentation

    serve_presentation(client, as_of_date=as_of_date, outputs=outputs, port=port, announce=click.echo)


@commands.command()
@click.argument("parameters", nargs=-1, metavar="[CLIENT…]")
@click.option("--workers", default=0, metavar="N", help="Local processes [one per core].")
@click.option("--scheduler", default="", metavar="ADDRESS", help="An existing Dask scheduler instead.")
@click.option("--resume", is_flag=True, help="Only what is missing, or was made from other inputs.")
@OUTPUTS
def batch(parameters: tuple[str, ...], workers: int, scheduler: str, resume: bool, outputs: Path | None) -> None:
    """Run the audits of several clients, or of all."""
    from auditlib.run import batch as batches

    outcomes = batches.run_batch(parameters, workers=workers, scheduler=scheduler, resume=resume, outputs=outputs)
    rows = [[outcome.client, outcome.status, f"{outcome.seconds:.1f}", outcome.sentence] for outcome in outcomes]
    _table(["client", "status", "seconds", "why"], rows)
    sys.exit(batches.exit_status(outcomes))


@commands.command()
@OUTPUTS
def portfolio(outputs: Path | None) -> None:
    """Show the latest figures of every client."""
    from auditlib.run.portfolio import portfolio as latest

    rows = latest(outputs).round(3)
    _table(list(rows.columns), rows.astype(object).where(rows.notna(), "").astype(str).to_numpy().tolist())


@commands.command()
@click.argument("client")
@click.option("--customer", "customers", multiple=True, metavar="CODE", help="A debtor; may be repeated [the plan's].")
@click.option("--template", default="", metavar="CODE", help="Letter, such as formal_notice [the next step's].")
@AS_OF
@OUTPUTS
def letters(client: str, customers: tuple[str, ...], template: str, as_of_date: str, outputs: Path | None) -> None:
    """Write letters to debtors into the last finished run; none is sent."""
    from auditlib.run.letters import write_client_letters

    report = write_client_letters(client, customers=customers, template=template, as_of_date=as_of_date,
                                  outputs=outputs)
    click.echo(f"{report.written} written, {report.refused} refused (the register says why): {report.folder}")


@commands.command()
@click.argument("client")
@click.option("--yes", is_flag=True, help="Do not ask.")
@OUTPUTS
def purge(client: str, yes: bool, outputs: Path | None) -> None:
    """Delete a client's data after the engagement, with a certificate."""
    import datetime as dt

    from auditlib.run import purge as purges

    doomed = purges.data_of(client, outputs=outputs)
    if doomed and not yes:
        click.confirm("\n".join(map(str, doomed)) + "\nDelete these?", abort=True)
    click.echo(f"Certificate: {purges.purge_client(client, now=dt.datetime.now().astimezone(), outputs=outputs)}")


def main() -> None:
    """Run the command line; an error of ours is one sentence on standard error and its exit status."""
    try:
        sys.exit(commands(standalone_mode=False))
    except AuditError as problem:
        click.echo(str(problem), err=True)
        sys.exit(problem.exit_status)
    except click.ClickException as problem:
        click.echo(problem.format_message(), err=True)
        sys.exit(problem.exit_code)
    except click.Abort:
        sys.exit(1)


def _run(client: str, **options: Any) -> None:
    from auditlib.run.execute import run_client

    report = run_client(client, **options)
    for part, seconds in report.seconds.items():
        click.echo(f"{seconds:8.1f} s  {part}")
    written = report.run_dir / "report.html"
    # Step 01 alone writes the agreement, and no report.
    click.echo(f"Report:     {written}" if written.is_file() else f"Written to: {report.run_dir}")


def _table(names: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*names)
    for row in rows:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _last_month_end() -> dt.date:
    import datetime as dt

    from auditlib.dates import month_ends

    return month_ends(dt.date.today(), 1)[0]
