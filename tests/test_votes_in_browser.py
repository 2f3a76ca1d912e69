"""The page for votes in a browser, opened from a folder: as a teacher at a projector uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import ALL, COLOURS, NARROW, WIDE, Window
from course import QUESTIONS, ROOT

PAGE = (ROOT / "exercises/votes.html").as_uri()
VOTE = "E2.5"
QUESTION = QUESTIONS[VOTE]
REASON = QUESTION.explain.partition(".")[0]
RIGHT = QUESTION.key
FIRST, SECOND = {"a": 12, "b": 7, "c": 5, "d": 4}, {"a": 6, "b": 3, "c": 2, "d": 17}
PROJECTOR = {"width": 1920, "height": 1080}
VERY_LARGE = {"width": 3840, "height": 2160}
WIDTH = "document.documentElement.scrollWidth"
LETTERS = "options => parseFloat(getComputedStyle(options).fontSize)"
SMALLEST = 1.6 * 16  # pixels of an option's letters
FOCUSABLE = """root => [...root.querySelectorAll('button, input, summary, a, [tabindex]')]
    .filter(one => one.checkVisibility()).map(one => one.textContent || one.ariaLabel || '')"""
KEEP = "kept => localStorage.setItem('one-day-of-a-journal-votes', kept)"
NO_STORAGE = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('not here', 'SecurityError'); }});"""


class Votes(Window):
    """The page, open at one vote."""

    def __init__(self, chromium: object, vote: str = VOTE, before: str = "") -> None:
        super().__init__(chromium, "about:blank", offline=True)
        self.failures: list[str] = []
        self.page.on("pageerror", lambda error: self.failures.append(str(error)))
        if before:
            self.page.add_init_script(before)
        self.page.goto(f"{PAGE}#{vote}")
        self.vote = self.page.locator(f'[id="{vote}"]')

    def count(self, hands: dict[str, int]) -> None:
        for sign, count in hands.items():
            self.box(sign).fill(str(count))

    def box(self, sign: str) -> object:
        return self.vote.locator(f'li[data-sign="{sign}"] input')

    def press(self, name: str) -> None:
        self.vote.get_by_role("button", name=name, exact=True).click()

    def to_shift(self) -> None:
        self.count(FIRST)
        self.press("Now talk")
        self.press("Now vote again")
        self.count(SECOND)
        self.press("Show what has changed")

    def to_answer(self) -> None:
        self.to_shift()
        self.press("Show the answer")

    def told(self) -> str:
        return self.vote.locator(".told").inner_text()

    def read_aloud(self) -> str:
        """All that a screen reader can come upon, the whole page."""
        return self.page.locator("body").aria_snapshot()


@pytest.fixture
def votes(chromium: object) -> Iterator[Votes]:
    window = Votes(chromium)
    yield window
    assert window.failures == [] and window.outside == [] and window.dialogs == []
    window.close()


def test_the_answer_is_neither_seen_nor_read_aloud_before_the_second_count(votes: Votes) -> None:
    def is_hidden() -> bool:
        shown = votes.page.locator("body").inner_text() + votes.read_aloud()
        reached = "".join(votes.page.locator("body").evaluate(FOCUSABLE))
        return REASON not in shown and "✓ right" not in shown and "What to ask" not in reached

    assert is_hidden()
    votes.count(FIRST)
    assert is_hidden()
    votes.press("Now talk")
    assert is_hidden()
    votes.press("Now vote again")
    votes.press("Show what has changed")  # with no hand counted
    assert "Count the hands first" in votes.told() and is_hidden()
    votes.count(SECOND)
    assert is_hidden()
    votes.press("Show what has changed")
    assert is_hidden(), "The shift is shown, and the answer waits for a press of its own."
    votes.press("Show the answer")
    shown = votes.page.locator("body").inner_text()
    assert REASON in shown and REASON in votes.read_aloud()
    assert "✓ right" in votes.vote.locator(f'li[data-sign="{RIGHT}"]').inner_text()
    votes.press("Back")
    assert is_hidden()


def test_the_shift_is_told_in_words(votes: Votes) -> None:
    votes.to_shift()
    told = votes.vote.locator(".options").inner_text()
    for line in ("a: 12 → 6 (6 fewer)", "d: 4 → 17 (13 more)"):
        assert line in told
    assert votes.told() == "First vote: 28 hands. Second vote: 28 hands."


def test_hands_are_held_against_the_people_in_the_room(votes: Votes) -> None:
    votes.page.locator("#size").fill("30")
    votes.count(FIRST)
    assert votes.told() == "28 hands of 30 people. 2 people without a hand yet."
    votes.box("a").fill("15")
    assert votes.told().startswith("31 hands, but 30 people in the room: count again")


def test_it_works_by_keyboard_alone(votes: Votes) -> None:
    keyboard = votes.page.keyboard
    votes.box("a").focus()
    for key in ("+", "+", "-", "Enter", "5", "Enter", "Enter", "Enter"):
        keyboard.press(key)
    assert (votes.box("a").input_value(), votes.box("b").input_value()) == ("1", "5")
    said = votes.page.get_by_role("status").inner_text()
    assert said.startswith("b: 5 hands. 6 hands in all."), "A screen reader hears each count."
    keyboard.press("Enter")  # on the button to which the last box leads
    focused = votes.page.evaluate("document.activeElement.textContent")
    assert focused == "Talk to a neighbour who answered otherwise"


def test_a_wrong_entry_can_be_undone(votes: Votes) -> None:
    votes.count(FIRST)
    votes.box("a").fill("99")
    votes.press("Undo")
    assert votes.box("a").input_value() == "12"
    votes.press("Clear this vote")
    assert votes.told() == "0 hands in all."
    votes.press("Undo")
    assert votes.told() == "28 hands in all."


def test_undo_goes_back_to_the_question_whose_count_it_changes(votes: Votes) -> None:
    votes.count(FIRST)
    votes.page.locator("#next").click()
    votes.page.locator(".ballot:visible").get_by_role("button", name="Undo").click()
    assert votes.page.locator(".ballot:visible").get_attribute("id") == VOTE
    assert votes.box("d").input_value() == "0"


def test_counts_survive_a_reload_and_the_answer_has_to_be_asked_for_again(votes: Votes) -> None:
    votes.to_answer()
    votes.page.reload()
    assert "d: 4 → 17" in votes.vote.locator(".options").inner_text()
    assert REASON not in votes.page.locator("body").inner_text()
    assert "Counts of an earlier class" in votes.page.locator("footer").inner_text()
    votes.page.get_by_role("button", name="Clear all votes").click()
    votes.page.reload()
    assert votes.told() == "0 hands in all."


def test_what_an_older_page_kept_does_no_harm(votes: Votes) -> None:
    for kept in ("", "null", "[]", '{"votes": {"E2.5": 7}, "shown": "E99"}', "{"):
        votes.page.evaluate(KEEP, kept)
        votes.page.reload()
        votes.to_answer()
        assert REASON in votes.page.locator("body").inner_text(), kept


def test_a_browser_that_keeps_nothing_says_so_and_counts(chromium: object) -> None:
    votes = Votes(chromium, before=NO_STORAGE)
    assert "keeps nothing here" in votes.page.locator("header").inner_text()
    votes.to_answer()
    assert REASON in votes.page.locator("body").inner_text() and votes.failures == []
    votes.close()


def test_each_question_can_be_chosen_and_gone_on_from(votes: Votes) -> None:
    ids = votes.page.locator(".ballot").evaluate_all("all => all.map(one => one.id)")
    for id in ids:
        votes.page.locator("#choose").select_option(id)
        visible = votes.page.locator(".ballot:visible")
        assert visible.count() == 1 and visible.get_attribute("id") == id
    votes.page.locator("#choose").select_option(ids[0])
    votes.page.locator("#next").click()
    assert votes.page.locator(".ballot:visible").get_attribute("id") == ids[1]


def test_where_several_may_be_named_a_hand_may_go_up_more_than_once(chromium: object) -> None:
    votes = Votes(chromium, "E3.3")
    votes.page.locator("#size").fill("30")
    votes.count({"b": 25, "d": 20})
    assert votes.told() == "45 hands in all."
    votes.box("d").fill("31")
    assert "31 hands, but 30 people" in votes.told()
    votes.close()


def test_a_line_of_a_match_does_not_give_the_others_away(chromium: object) -> None:
    votes = Votes(chromium, "E5.6-a")
    votes.count({"1": 3})
    votes.press("Now talk")
    votes.press("Now vote again")
    votes.count({"1": 3})
    votes.press("Show what has changed")
    votes.press("Show the answer")
    assert "Four words, three bases." not in votes.page.locator("body").inner_text()
    votes.vote.get_by_text("The reason, for all lines together").click()
    assert "Four words, three bases." in votes.page.locator("body").inner_text()
    votes.close()


@pytest.mark.parametrize(("scheme", "asked"), [("light", ALL), ("dark", COLOURS)])
def test_no_step_bars_anybody(votes: Votes, scheme: str, asked: dict[str, object]) -> None:
    votes.page.emulate_media(color_scheme=scheme)
    barriers = votes.barriers(asked)
    for name in ("Now talk", "Now vote again", "Show what has changed", "Show the answer"):
        if votes.vote.locator("li input").count():
            votes.count(FIRST)
        votes.press(name)
        barriers += votes.barriers(asked)
    votes.vote.locator("summary").click()
    barriers += votes.barriers(asked)
    assert barriers == [], "\n".join(barriers)


def test_the_page_fits_a_narrow_window(votes: Votes) -> None:
    votes.page.set_viewport_size(NARROW)
    ids = votes.page.locator(".ballot").evaluate_all("all => all.map(one => one.id)")
    for id in ids:
        votes.page.locator("#choose").select_option(id)
        assert votes.page.evaluate(WIDTH) <= NARROW["width"], f"{id} is too wide."
    votes.page.locator("#choose").select_option(VOTE)
    votes.to_answer()
    assert votes.page.evaluate(WIDTH) <= NARROW["width"]


def test_the_last_row_can_read_the_options(votes: Votes) -> None:
    sizes = []
    for viewport in (NARROW, WIDE, PROJECTOR, VERY_LARGE):
        votes.page.set_viewport_size(viewport)
        sizes.append(votes.vote.locator(".options").evaluate(LETTERS))
    assert sizes[0] >= SMALLEST and sizes == sorted(sizes) and len(set(sizes)) == len(sizes)


def test_what_has_the_focus_is_not_covered(votes: Votes) -> None:
    votes.page.set_viewport_size({"width": 1280, "height": 640})
    for sign in FIRST:
        votes.box(sign).focus()
        foot = votes.vote.locator(".foot").bounding_box()["y"]
        box = votes.box(sign).bounding_box()
        assert box["y"] + box["height"] <= foot, f"The count covers the box of {sign}."


def test_paper_has_the_counts_and_no_buttons(votes: Votes) -> None:
    votes.to_shift()
    votes.page.emulate_media(media="print")
    assert votes.page.get_by_role("button").filter(visible=True).count() == 0
    assert "a: 12 → 6" in votes.vote.locator(".options").inner_text()


def test_without_javascript_the_questions_can_be_read(chromium: object) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(PAGE)
    shown = page.locator("body").inner_text()
    assert QUESTION.prompt in shown and "needs JavaScript" in shown and REASON not in shown
    context.close()
