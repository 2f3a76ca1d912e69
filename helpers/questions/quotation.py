"""Questions answered by exact words of the source and the id of their sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.edition import DASHES, edition, fold, shorten
from helpers.questions.plain import Unread
from helpers.questions.question import Distractor, Practice

ID_IN_TEXT = re.compile(rf"[(\s,]*\b(?P<id>[AHGBTW]\d+(?:\.\d+)?)\b[{DASHES}):,\s]*")
ID_ALONE = re.compile(r"\W*[A-Za-z] ?\d+(\.\d+)?\W*")


def read_quotation(answer: object, whole: bool = False) -> str:
    """The id of a sentence quoted rightly.

    answer: a pair of words and id in either order, or one text with the id in it. whole: the whole
    sentence must be quoted. Raises Unread, which says what is not exact.
    """
    words, name = _words_and_id(answer)
    id = _id_of_sentence(name)
    homes = list(edition().where(words))
    if not homes:
        raise Unread(
            "These words do not stand in the source as you wrote them. "
            "Copy them letter by letter; quote() helps to compare."
        )
    if id not in homes:
        raise Unread(f"The words are exact, but {shorten(id)} {_how_near(id, homes)}.")
    if whole and fold(words).rstrip(".?") != fold(edition().segments[id].text).rstrip(".?"):
        raise Unread("Copy the whole sentence.")
    return id


def _words_and_id(answer: object) -> tuple[str, str]:
    """Words and id, as they are written."""
    if isinstance(answer, str):
        hit = ID_IN_TEXT.search(answer)
        if hit is None:
            raise Unread("There is no id in it.")
        return answer[: hit.start()] + answer[hit.end() :], hit["id"]
    if not isinstance(answer, list) or len(answer) != 2:
        raise Unread
    first, second = answer
    if not isinstance(first, str) or not isinstance(second, str):
        raise Unread
    if ID_ALONE.fullmatch(first.strip()):
        return second.strip(), first.strip()
    return first.strip(), second.strip()


def _id_of_sentence(name: str) -> str:
    """An id as the edition writes it; a paragraph of one sentence goes by its own id."""
    id = re.sub(r"[^\w.]", "", name).strip(".").upper()
    within = [segment.id for segment in edition().segments.values() if segment.paragraph == id]
    return within[0] if len(within) == 1 else id


def _how_near(id: str, homes: list[str]) -> str:
    if any(home.startswith(f"{id}.") for home in homes):
        return "names the paragraph; add the number of the sentence"
    return "is not the sentence they stand in"


@dataclass(frozen=True, kw_only=True)
class Quote(Practice[str]):
    """Words and id of a sentence. Its value, and its key, is the id."""

    form = "quote"

    whole: bool = False

    @property
    def wanted_form(self) -> str:
        """A pair of words and id."""
        return (
            "Write the exact words and the id, each between quotation marks, "
            'in the form ("the words", "B1.1").'
        )

    def read(self, answer: object) -> str:
        """The id of the sentence that is quoted."""
        return read_quotation(answer, self.whole)

    def read_key(self, key: object) -> str:
        """The id itself, if there is such a sentence."""
        if not isinstance(key, str) or key not in edition().segments:
            raise Unread("It is the id of no sentence.")
        return key

    @property
    def key_in_words(self) -> str:
        """Id and words of the sentence."""
        return f"{self.key}, {self._words_of(self.key)}"

    def gives_away(self, text: str) -> bool:
        """Whether id or words of the sentence stand in a text."""
        return self.key in text or self._words_of(self.key).rstrip(".") in text

    @property
    def blank(self) -> str:
        """A pair of empty places."""
        return '("", "")'

    @property
    def solution(self) -> str:
        """The pair of words and id."""
        return f'("{self._words_of(self.key)}", "{self.key}")'

    def answer_showing(self, distractor: Distractor) -> object:
        """Another sentence, quoted rightly."""
        id = str(distractor.when)
        return self._words_of(id), id

    def _words_of(self, id: str) -> str:
        return edition().segments[id].text
