"""Tables of interview, self-assessment and tracks, as a notebook shows them."""

from typing import TYPE_CHECKING

from auditlib.answers import answers_of
from auditlib.deliver import rows_interview as rows
from auditlib.deliver.parts import Table
from auditlib.formats import Formats
from auditlib.improvement_tracks import best_tracks, improvement_tracks, overlap
from auditlib.interview import Topic, asked_sentence, interview_guide, not_asked
from auditlib.present.markup import Cell, Column, Html, heading, join, shown, table
from auditlib.prevention_advice import prevention_readings, prevention_verdict
from auditlib.score_checks import contradictions
from auditlib.self_assessment import assessed_sentence, scale_legend, self_assessment
from auditlib.suited_indicators import suited_indicators

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["as_html", "assessment", "guide", "order_of_the_call", "paragraph", "prevention", "scores", "suited",
           "topic_facts", "tracks", "unasked"]


def order_of_the_call(formats: Formats) -> Html:
    """Return the subjects of the interview and the minutes each takes."""
    return as_html(rows.order_table(formats))


def guide(results: "AuditResults", formats: Formats) -> Html:
    """Return the guide: per topic, what the figures say, what to ask, and what was answered."""
    topics = interview_guide(results, formats=formats)
    return join([paragraph(asked_sentence(topics, formats=formats)), *(_topic(topic, formats) for topic in topics)])


def topic_facts(topic: Topic, formats: Formats) -> Html:
    """Return what the figures say of a topic, and the lines to go through."""
    facts = Html(f"<ul>{join(Html(f'<li>{shown(fact)}</li>') for fact in topic.facts)}</ul>") if topic.facts else ""
    return join([Html(facts), *(as_html(rows.lines_table(lines, formats)) for lines in topic.tables)])


def _topic(topic: Topic, formats: Formats) -> Html:
    asked = [(one.text, "\n".join(f"{said.answer} ({said.by})" if said.by else said.answer for said in one.answers)
              or Cell("–", tone="muted")) for one in topic.questions]
    _ = formats.gettext
    questions = table((Column(_("Question"), "wide"), Column(_("Réponse"), "wide")), asked)
    return join([heading(topic.title), topic_facts(topic, formats), questions])


def unasked(results: "AuditResults", formats: Formats) -> Html:
    """Say what was not asked: the questions without an answer, counted by topic, then listed once some were asked."""
    topics = interview_guide(results, formats=formats)
    left = not_asked(topics)
    parts = [paragraph(asked_sentence(topics, formats=formats)), as_html(rows.asked_by_topic(topics, formats))]
    if left and len(left) < sum(len(topic.questions) for topic in topics):
        parts.append(as_html(rows.unasked_table(topics, formats)))
    return join(parts)


def scores(results: "AuditResults", formats: Formats) -> Html:
    """Return the grid of the self-assessment: each criterion with its score and evidence."""
    dimensions = self_assessment(answers_of(results.interview), language=formats.language)
    return join([paragraph(scale_legend(language=formats.language)), as_html(rows.criteria_table(dimensions, formats))])


def assessment(results: "AuditResults", formats: Formats) -> Html:
    """Return what the scores come to: dimensions, kinds of action, contradictions with the figures, time spent."""
    answers = answers_of(results.interview)
    dimensions = self_assessment(answers, language=formats.language)
    against = contradictions(results, dimensions=dimensions, formats=formats)
    parts = [paragraph(assessed_sentence(dimensions, formats)), as_html(rows.dimensions_table(dimensions, formats)),
             as_html(rows.sub_scores_table(dimensions, formats))]
    if against:
        parts.append(as_html(rows.contradictions_table(against, formats)))
    return join([*parts, as_html(rows.time_table(results, answers, formats))])


def prevention(results: "AuditResults", formats: Formats) -> Html:
    """Say whether acting before the due date would help, with the figures."""
    readings = prevention_readings(results, formats=formats)
    return join([paragraph(prevention_verdict(readings, formats=formats)),
                 as_html(rows.prevention_table(readings, formats))])


def tracks(results: "AuditResults", formats: Formats) -> Html:
    """Return the three tracks that free most, the caveat, and the others."""
    found = improvement_tracks(results, formats=formats)
    best = best_tracks(found)
    empty = formats.gettext("Aucune piste ne peut être chiffrée avec ces documents.")
    others = tuple(track for track in found if track not in best)
    return join([as_html(rows.best_tracks_table(best, formats), empty=empty),
                 paragraph(overlap(results, found, formats=formats)),
                 as_html(rows.other_tracks_table(others, formats))])


def suited(results: "AuditResults", formats: Formats) -> Html:
    """Return the indicators chosen for this client and why."""
    return as_html(rows.suited_table(suited_indicators(results, formats=formats), formats))


def as_html(part: Table, *, empty: str = "") -> Html:
    """Return a table of the report as a notebook shows it."""
    kinds = ["number" if letter == "r" else "wide" if width > 3 else "text"
             for letter, width in zip(part.align, part.widths, strict=True)]
    columns = [Column(title, kind) for title, kind in zip(part.columns, kinds, strict=True)]
    body, total = (part.rows[:-1], part.rows[-1]) if part.has_total else (part.rows, ())
    return join([heading(part.title) if part.title else "", table(columns, body, total=total, empty=empty)])


def paragraph(sentence: str) -> Html:
    """Return a sentence as a paragraph, nothing for none."""
    return Html(f"<p>{shown(sentence)}</p>") if sentence else Html("")
