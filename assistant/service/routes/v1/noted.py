"""An answer as a chat shows it: numbered sentences, then the notes with links; and back, for the next question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.answer import Answer
from assistant.service.pages.layout import citation_url, place_name, short
from assistant.service.routes.v1.shapes import Annotation, Note, UrlCitation
from assistant.service.words import say

__all__ = ["Prose", "counted", "prose", "without_notes"]

_QUOTED = 300
"""Characters of a quote that a note shows; `citations` has all of it."""
_MARK = re.compile(r"\s*\[\d{1,3}\]")
_LOUD = re.compile(r"\\(?=[^\w\s])|!(?=\[)|(?<=\])(?=[(\[:])|<(?=[A-Za-z/!?])")
"""Where Markdown would see an image, a link, the address of one, or HTML; and backslashes, which could undo this."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Prose:
    """`pieces` together are the content; `notes` and `annotations` say where its notes lead."""

    pieces: tuple[str, ...]
    notes: tuple[Note, ...]
    annotations: tuple[Annotation, ...]

    @property
    def content(self) -> str:
        """The whole text."""
        return "".join(self.pieces)


def prose(answer: Answer, base: str) -> Prose:
    """`answer` in Markdown; `base` is the address of the service, without a slash at its end."""
    notes = tuple(
        Note(**c.model_dump(), index=n, url=base + citation_url(c)) for n, c in enumerate(answer.citations, start=1)
    )
    lines = _sentences(answer)
    pieces = [line if n == 0 else f"\n\n{line}" for n, line in enumerate(lines)]
    annotations: list[Annotation] = []
    written = sum(map(len, pieces))
    for note in notes:
        opening = f"\n\n**{say('answer.sources')}**\n\n" if note.index == 1 else "\n"
        line = f"- [{note.index}] [{_quiet(_name(note))}]({note.url}): “{_quiet(short(note.quote, _QUOTED))}”"
        start = written + len(opening)
        annotations.append(_annotation(note, start, start + len(line)))
        pieces.append(opening + line)
        written += len(pieces[-1])
    if answer.suggestions:
        asked = "\n".join(f"- {_quiet(' '.join(s.split()))}" for s in answer.suggestions)
        pieces.append(f"\n\n{say('v1.instead')}\n\n{asked}")
    return Prose(tuple(pieces), notes, tuple(annotations))


def without_notes(content: str) -> str:
    """An earlier `content` as it was answered: its notes would be taken for figures."""
    heading = f"**{say('answer.sources')}**"
    said = content.split(heading)[0].split(say("v1.instead"))[0]
    return _MARK.sub("", said).strip()


def counted(*texts: str) -> int:
    """Words and punctuation marks of `texts`."""
    return sum(sum(1 for _ in _TOKEN.finditer(text)) for text in texts)


def _sentences(answer: Answer) -> list[str]:
    """The lines of the answer, each with the numbers of the notes that carry it."""
    said = [claim for claim in answer.claims if claim.verified]
    if answer.abstained or "\n".join(claim.text for claim in said) != answer.answer:
        marks = "" if answer.abstained else _marks(range(len(answer.citations)))
        return [_quiet(answer.answer) + marks]
    return [_quiet(claim.text) + _marks(claim.citations) for claim in said]


def _marks(citations: range | tuple[int, ...]) -> str:
    return "".join(f" [{at + 1}]" for at in citations)


def _name(note: Note) -> str:
    named = place_name(note) if note.number else ", ".join(part for part in (note.path, note.title) if part)
    return short(named or note.document)


def _quiet(text: str) -> str:
    """`text` whose words cannot become images, links or HTML: a document must not make a chat load anything."""
    return _LOUD.sub(lambda m: "\\" + m.group(), text)


def _annotation(note: Note, start: int, end: int) -> Annotation:
    title = note.title or _name(note)
    return Annotation(url_citation=UrlCitation(start_index=start, end_index=end, title=title, url=note.url))
