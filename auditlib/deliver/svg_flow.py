"""Draws the procedure's flowcharts as inline SVG: boxes, diamonds and square-cornered arrows that never cross."""

import math
from html import escape

from auditlib.deliver.svg import FONT, text
from auditlib.flowchart import Check, FlowStep, GeneralFlow, KindFlow
from auditlib.present.palette import ACCENT, CALM, INK, MUTED, WARM

__all__ = ["general_chart", "kind_chart"]

Area = tuple[float, float, float, float]
"""Left, top, width, height."""

WIDTH = 720.0
LINE, PALE, WHITE = "#8a97a5", "#f4f6f9", "#ffffff"
TONES = {"before": CALM, "soft": ACCENT, "firm": "#b9770e", "legal": WARM[2], "last": WARM[3], "inside": MUTED}
LETTER = 0.54
"""Width of a letter as a share of its size, on average: what lines are broken by."""

TRUNK, DIAMOND_WIDTH, DIAMOND_HEIGHT = 170.0, 252.0, 52.0
SIDE, SIDE_WIDTH, SIDE_HEIGHT = 346.0, 346.0, 42.0
ROW, RAIL_RIGHT, RAIL_LEFT = 68.0, 708.0, 20.0

MOST_PER_ROW, WIDEST, CARD_HEIGHT, CARD_GAP, ROW_GAP = 4, 225.0, 96.0, 22.0, 36.0
GATE_WIDTH, GATE_HEIGHT, OUTCOME_HEIGHT = 122.0, 62.0, 36.0


def general_chart(flow: GeneralFlow) -> str:
    """Draw the general flow: checks downwards, what they lead to on the right, the way back on the left."""
    top = 14.0
    parts = [_pill(TRUNK, top + 14, 190, flow.start)]
    y = top + 28
    centres: dict[str, float] = {}
    back = []
    for check in flow.checks:
        middle = y + 16 + DIAMOND_HEIGHT / 2
        parts += [_down(TRUNK, y, middle - DIAMOND_HEIGHT / 2), *_branch(check, middle, flow)]
        centres[check.code] = middle
        if not check.is_end:
            back.append(middle)
        y = middle + DIAMOND_HEIGHT / 2
    parts.append(_word(TRUNK + 8, y + 13, flow.no))
    step = y + 18 + 27
    parts += [_down(TRUNK, y, step - 27), _panel(
        (RAIL_LEFT + 24, step - 27, SIDE + SIDE_WIDTH - RAIL_LEFT - 24, 54), flow.step, flow.step_detail, ACCENT)]
    parts += _rail_right(back, step)
    asked = step + 27 + 18 + DIAMOND_HEIGHT / 2
    parts += [_down(TRUNK, step + 27, asked - DIAMOND_HEIGHT / 2), _diamond(TRUNK, asked, flow.last_question)]
    first = centres[flow.checks[1 if flow.checks[0].code == "group" else 0].code]
    parts += _rail_left(asked, first, flow)
    parts += [_right(TRUNK + DIAMOND_WIDTH / 2, SIDE, asked), _word(TRUNK + DIAMOND_WIDTH / 2 + 6, asked - 6, flow.yes),
              _panel((SIDE, asked - 23, SIDE_WIDTH, 46), flow.notice, flow.notice_detail, TONES["legal"])]
    paid = asked + 23 + 18 + DIAMOND_HEIGHT / 2
    centre = SIDE + SIDE_WIDTH / 2
    parts += [_down(centre, asked + 23, paid - DIAMOND_HEIGHT / 2), _diamond(centre, paid, flow.paid_question),
              _left(centre - DIAMOND_WIDTH / 2, TRUNK + 95, paid), _pill(TRUNK, paid, 190, flow.paid),
              _word(centre - DIAMOND_WIDTH / 2 - 28, paid - 6, flow.yes)]
    last = paid + DIAMOND_HEIGHT / 2 + 18
    parts += [_down(centre, paid + DIAMOND_HEIGHT / 2, last), _word(centre + 8, last - 5, flow.no),
              _panel((SIDE, last, SIDE_WIDTH, 46), flow.hand_over, flow.hand_over_detail, TONES["last"])]
    return _document(flow.title, parts, last + 46 + 8)


def kind_chart(flow: KindFlow) -> str:
    """Draw the flow of one kind of debtor: the checks in a row, then the steps along the days, four a row."""
    count = len(flow.checks)
    pitch = (WIDTH - 30) / max(count, 1)
    width = min(GATE_WIDTH + (5 - count) * 16, pitch - 22)
    middle = 26 + GATE_HEIGHT / 2
    parts = [text(2, 13, flow.before, size=11.5, weight=600, color=MUTED),
             text(WIDTH - 2, 13, flow.clock, anchor="end", size=10.5, color=MUTED)]
    for rank, check in enumerate(flow.checks):
        parts += _gate(check, pitch * rank + pitch / 2, middle, width, flow)
        if rank + 1 < count:
            start, end = pitch * rank + pitch / 2 + width / 2, pitch * (rank + 1) + pitch / 2 - width / 2
            parts += [_right(start, end, middle), _word((start + end) / 2 - 9, middle - 5, flow.no)]
    top = middle + GATE_HEIGHT / 2 + 20 + OUTCOME_HEIGHT + 44
    last = pitch * (count - 1) + pitch / 2 + width / 2
    rows = math.ceil(len(flow.steps) / MOST_PER_ROW)
    per_row = math.ceil(len(flow.steps) / max(rows, 1))
    card = min((WIDTH - 4 - CARD_GAP * (per_row - 1)) / max(per_row, 1), WIDEST)
    edge, turn, first = WIDTH - 6, top - 26, 2 + card / 2
    parts += [_path([(last, middle), (edge, middle), (edge, turn), (first, turn), (first, top)]),
              _word(last + 5, middle - 5, flow.no)]
    for rank, step in enumerate(flow.steps):
        row, column = divmod(rank, per_row)
        x, y = 2 + (card + CARD_GAP) * column, top + (CARD_HEIGHT + ROW_GAP) * row
        parts += _card(step, x, y, card)
        if rank + 1 < len(flow.steps):
            parts += _to_next(flow, rank, x, y, width=card, is_last_of_row=column + 1 == per_row)
    return _document(flow.title, parts, top + CARD_HEIGHT * rows + ROW_GAP * max(rows - 1, 0) + 6)


def _branch(check: Check, middle: float, flow: GeneralFlow) -> list[str]:
    """Draw a check of the trunk, and what a yes leads to."""
    edge = TRUNK + DIAMOND_WIDTH / 2
    shape = _panel((SIDE, middle - SIDE_HEIGHT / 2, SIDE_WIDTH, SIDE_HEIGHT), check.outcome, check.detail,
                   MUTED if check.is_end else CALM, rounded=check.is_end)
    parts = [_diamond(TRUNK, middle, check.question), _right(edge, SIDE, middle), _word(edge + 6, middle - 6, flow.yes),
             shape]
    if check is not flow.checks[-1]:
        parts.append(_word(TRUNK + 8, middle + DIAMOND_HEIGHT / 2 + 12, flow.no))
    return parts


def _rail_right(back: list[float], step: float) -> list[str]:
    """Draw the way from what waits or is settled back to the step of the day."""
    if not back:
        return []
    joins = [_path([(SIDE + SIDE_WIDTH, y), (RAIL_RIGHT, y)], arrow=False) for y in back[1:]]
    return [_path([(SIDE + SIDE_WIDTH, back[0]), (RAIL_RIGHT, back[0]), (RAIL_RIGHT, step), (SIDE + SIDE_WIDTH, step)]),
            *joins]


def _rail_left(asked: float, first: float, flow: GeneralFlow) -> list[str]:
    """Draw the way from a step that is not the last back to the checks."""
    edge = TRUNK - DIAMOND_WIDTH / 2
    turned = f'<g transform="rotate(-90 {RAIL_LEFT - 7:g} {(asked + first) / 2:.1f})">' + text(
        RAIL_LEFT - 7, (asked + first) / 2, flow.again, anchor="middle", size=10.5, color=MUTED) + "</g>"
    return [_path([(edge, asked), (RAIL_LEFT, asked), (RAIL_LEFT, first), (edge, first)]), turned,
            _word(edge - 20, asked - 6, flow.no)]


def _gate(check: Check, x: float, middle: float, width: float, flow: KindFlow) -> list[str]:
    """Draw a check of a row, and below it what a yes leads to."""
    foot = middle + GATE_HEIGHT / 2
    box = min(width + 14, 170)
    colour = MUTED if check.is_end else CALM
    return [
        _diamond(x, middle, check.question, width=width, height=GATE_HEIGHT, size=10.5),
        _down(x, foot, foot + 20), _word(x + 7, foot + 13, flow.yes),
        _rect((x - box / 2, foot + 20, box, OUTCOME_HEIGHT), PALE, colour, radius=18 if check.is_end else 3),
        *_centred(x, foot + 20 + OUTCOME_HEIGHT / 2, check.outcome, box - 12, size=10.5)]


def _card(step: FlowStep, x: float, y: float, width: float) -> list[str]:
    """Draw a step: its day, its name, by which means and by whom."""
    colour = TONES[step.tone]
    chip = 14 + 7.2 * len(step.day)
    lines = _lines(step.name, width - 12, 12.5)
    below = y + 43 + 15 * (len(lines) - 1)
    return [
        _rect((x, y, width, CARD_HEIGHT), WHITE, colour, radius=4),
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="4" rx="2" fill="{colour}"/>',
        f'<rect x="{x + 9:.1f}" y="{y + 10:.1f}" width="{chip:.1f}" height="17" rx="8.5" fill="{colour}"/>',
        text(x + 9 + chip / 2, y + 22.5, step.day, anchor="middle", size=11, weight=700, color=WHITE),
        *(text(x + 10, y + 43 + 15 * rank, line, size=12.5, weight=600) for rank, line in enumerate(lines)),
        *(text(x + 10, below + 15 + 13 * rank, line, size=10.5, color=MUTED)
          for rank, line in enumerate((step.channel, _cut(step.owner, width - 18, 10.5))))]


def _to_next(flow: KindFlow, rank: int, x: float, y: float, *, width: float, is_last_of_row: bool) -> list[str]:
    """Draw the arrow to the next step, and the due date where it lies between the two."""
    foot, start = y + CARD_HEIGHT, x + width
    if is_last_of_row:
        turn, first = foot + ROW_GAP / 2, 2 + width / 2
        return [_path([(x + width / 2, foot), (x + width / 2, turn), (first, turn), (first, foot + ROW_GAP)])]
    arrow = _right(start, start + CARD_GAP, y + CARD_HEIGHT / 2)
    if not flow.steps[rank].is_before_due or flow.steps[rank + 1].is_before_due:
        return [arrow]
    middle = start + CARD_GAP / 2
    dashes = _path([(middle, y - 5), (middle, foot)], arrow=False).replace(
        f'stroke="{LINE}"', f'stroke="{CALM}" stroke-dasharray="4 3"')
    return [arrow, dashes, text(middle, y - 9, flow.due, anchor="middle", size=10.5, weight=600, color=CALM)]


def _diamond(x: float, y: float, words: str, *, width: float = DIAMOND_WIDTH, height: float = DIAMOND_HEIGHT,
             size: float = 11.5) -> str:
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in (
        (x, y - height / 2), (x + width / 2, y), (x, y + height / 2), (x - width / 2, y)))
    return (f'<polygon points="{points}" fill="{WHITE}" stroke="{ACCENT}" stroke-width="1.4"/>'
            + "".join(_centred(x, y, words, width * 0.64, size=size)))


def _pill(x: float, y: float, width: float, words: str) -> str:
    return (_rect((x - width / 2, y - 14, width, 28), ACCENT, ACCENT, radius=14)
            + text(x, y + 4, words, anchor="middle", size=12, weight=600, color=WHITE))


def _panel(area: Area, title: str, detail: str, colour: str, *, rounded: bool = False) -> str:
    """Draw a box with a title and a line below it."""
    x, y, width, height = area
    lines = _lines(detail, width - 26, 10.5)[:2] if detail else []
    up = y + height / 2 + 4.5 - 6.5 * len(lines)
    edge = "" if rounded else f'<rect x="{x:.1f}" y="{y:.1f}" width="4" height="{height:.1f}" fill="{colour}"/>'
    return (_rect(area, PALE, colour, radius=height / 2 if rounded else 2) + edge
            + text(x + 16, up, title, size=12, weight=600)
            + "".join(text(x + 16, up + 14 + 12.5 * rank, line, size=10.5, color=MUTED)
                      for rank, line in enumerate(lines)))


def _rect(area: Area, fill: str, stroke: str, *, radius: float) -> str:
    x, y, width, height = area
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:g}" fill="{fill}" '
            f'stroke="{stroke}" stroke-width="1.2"/>')


def _word(x: float, y: float, words: str) -> str:
    return text(x, y, words, size=10.5, weight=600, color=MUTED)


def _down(x: float, start: float, end: float) -> str:
    return _path([(x, start), (x, end)])


def _right(start: float, end: float, y: float) -> str:
    return _path([(start, y), (end, y)])


_left = _right


def _path(points: list[tuple[float, float]], *, arrow: bool = True) -> str:
    """Draw a line through points, square-cornered, with an arrow's head at its end."""
    line = "".join(f"{'L' if rank else 'M'}{x:.1f},{y:.1f}" for rank, (x, y) in enumerate(points))
    (x0, y0), (x1, y1) = points[-2:]
    across, along = (1 if x1 > x0 else -1 if x1 < x0 else 0), (1 if y1 > y0 else -1 if y1 < y0 else 0)
    head = [(x1, y1), (x1 - 7 * across - 3.6 * along, y1 - 7 * along - 3.6 * across),
            (x1 - 7 * across + 3.6 * along, y1 - 7 * along + 3.6 * across)]
    drawn = f'<path d="{line}" fill="none" stroke="{LINE}" stroke-width="1.4" stroke-linejoin="round"/>'
    if not arrow:
        return drawn
    return drawn + f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in head)}" fill="{LINE}"/>'


def _centred(x: float, y: float, words: str, room: float, *, size: float) -> list[str]:
    lines = _lines(words, room, size)
    first = y + size * 0.36 - size * 0.58 * (len(lines) - 1)
    return [text(x, first + size * 1.16 * rank, line, anchor="middle", size=size, color=INK)
            for rank, line in enumerate(lines)]


def _lines(words: str, room: float, size: float) -> list[str]:
    """Break words into lines that fit; a mark of punctuation that stands alone stays with the word before it."""
    for mark in ("?", ";", ":", "·"):
        words = words.replace(f" {mark}", f"\u00a0{mark}")
    lines: list[str] = []
    for word in words.split(" "):
        if lines and (len(lines[-1]) + 1 + len(word)) * size * LETTER <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(words: str, room: float, size: float) -> str:
    """Shorten a name that is too long for one line; the table of steps gives it whole."""
    most = int(room / (size * LETTER))
    return words if len(words) <= most else words[: most - 1].rstrip(" ,") + "…"


def _document(title: str, parts: list[str], height: float) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" width="{WIDTH:g}" '
            f'height="{height:.0f}" role="img" {FONT}><title>{escape(title)}</title>{"".join(parts)}</svg>')
