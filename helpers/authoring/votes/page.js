"use strict";
// One state, one function that draws it. Each vote goes through five steps; only its last one puts
// the answer on the page.
(() => {
  const PLACE = "one-day-of-a-journal-votes";
  const MOST = 999;
  const MOST_UNDONE = 200;
  const STEPS = ["first", "talk", "second", "shift", "answer"];
  const HEADINGS = {
    first: "First vote",
    talk: "Talk to a neighbour who answered otherwise",
    second: "Second vote",
    shift: "What has changed",
    answer: "The answer",
  };
  const ON = {
    first: "Now talk",
    talk: "Now vote again",
    second: "Show what has changed",
    shift: "Show the answer",
    answer: "Next question",
  };
  const TASKS = {
    talk: "Each of you gives a reason, with the id of a passage. Then vote again.",
    shift:
      "The empty bar is the first vote, the full one the second. " +
      "Ask somebody from each side for a reason before you show the answer.",
  };

  const byId = (id) => document.getElementById(id);
  const ballots = new Map([...document.querySelectorAll(".ballot")].map((one) => [one.id, one]));
  const ids = [...ballots.keys()];
  const signsOf = (id) => itemsOf(id).map((item) => item.dataset.sign);
  const itemsOf = (id) => [...ballots.get(id).querySelectorAll(".options > li")];
  const isSeveral = (id) => "several" in ballots.get(id).dataset;
  const empty = () => ({ step: "first", first: {}, second: {} });

  let state = { size: 0, shown: ids[0], votes: {} };
  let past = [];
  let lastBox = null;

  // What is kept

  function number(value) {
    const whole = Math.trunc(Number(value));
    return Number.isFinite(whole) ? Math.min(Math.max(whole, 0), MOST) : 0;
  }

  function counts(id, kept) {
    const found = {};
    for (const sign of signsOf(id)) {
      if (kept && number(kept[sign])) found[sign] = number(kept[sign]);
    }
    return found;
  }

  // An answer that was shown has to be asked for again: another class may be in the room.
  function voteFrom(id, kept) {
    const vote = { step: kept.step, first: counts(id, kept.first), second: counts(id, kept.second) };
    if (!STEPS.includes(vote.step)) vote.step = "first";
    if (vote.step === "answer") vote.step = "shift";
    if (vote.step === "shift" && !total(vote.second)) vote.step = "second";
    if (vote.step !== "first" && !total(vote.first)) vote.step = "first";
    return vote;
  }

  function load() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(PLACE)) || {};
      localStorage.setItem(PLACE, JSON.stringify(kept));
    } catch {
      byId("unkept").hidden = false;
      return;
    }
    state.size = number(kept.size);
    if (ballots.has(kept.shown)) state.shown = kept.shown;
    for (const id of ids) {
      const vote = kept.votes?.[id];
      if (vote && typeof vote === "object") state.votes[id] = voteFrom(id, vote);
    }
    byId("kept").hidden = !ids.some((id) => total(voteOf(id).first));
  }

  function keep() {
    try {
      localStorage.setItem(PLACE, JSON.stringify(state));
      byId("unkept").hidden = true;
    } catch {
      byId("unkept").hidden = false;
    }
  }

  // What is counted

  const voteOf = (id) => state.votes[id] || empty();
  const total = (hands) => Object.values(hands).reduce((sum, one) => sum + one, 0);
  const hands = (count) => (count === 1 ? "1 hand" : `${count} hands`);
  const people = (count) => (count === 1 ? "1 person" : `${count} people`);

  function tally(id, counted) {
    const sum = total(counted);
    if (isSeveral(id)) {
      const most = Math.max(0, ...Object.values(counted));
      return state.size && most > state.size ? tooMany(most) : `${hands(sum)} in all.`;
    }
    if (!state.size) return `${hands(sum)} in all.`;
    if (sum > state.size) return tooMany(sum);
    const left = state.size - sum;
    const rest = left ? `${people(left)} without a hand yet.` : "Everybody has voted.";
    return `${hands(sum)} of ${people(state.size)}. ${rest}`;
  }

  const tooMany = (sum) =>
    `${hands(sum)}, but ${people(state.size)} in the room: count again, or correct the number of people.`;

  function change(before, after) {
    if (after === before) return "as before";
    return after > before ? `${after - before} more` : `${before - after} fewer`;
  }

  // What happens

  function remember() {
    past.push(JSON.stringify({ votes: state.votes, shown: state.shown }));
    past = past.slice(-MOST_UNDONE);
  }

  // Every change goes through here, so that it can be undone. box: a box that is typed into is
  // one change, however many keys it takes.
  function act(change, box = null) {
    if (box === null || box !== lastBox) remember();
    lastBox = box;
    const vote = structuredClone(voteOf(state.shown));
    change(vote);
    state.votes[state.shown] = vote;
    keep();
  }

  function setCount(sign, value, box = null) {
    act((vote) => { vote[vote.step][sign] = number(value); }, box);
    tell();
    const count = voteOf(state.shown)[voteOf(state.shown).step][sign];
    say(`${sign}: ${hands(count)}. ${desk(".told").textContent}`);
  }

  const following = () => ids[ids.indexOf(state.shown) + 1];

  function goOn() {
    const vote = voteOf(state.shown);
    if (vote.step === "answer") {
      show(following());
      focusStep();
      return;
    }
    if (vote[vote.step] && !total(vote[vote.step])) {
      say(desk(".told").textContent = "Count the hands first: write them into the boxes.");
      return;
    }
    act((changed) => { changed.step = STEPS[STEPS.indexOf(changed.step) + 1]; });
    draw();
    focusStep();
  }

  function goBack() {
    act((changed) => { changed.step = STEPS[STEPS.indexOf(changed.step) - 1]; });
    draw();
    focusStep();
  }

  function undo() {
    Object.assign(state, JSON.parse(past.pop()));
    lastBox = null;
    keep();
    draw();
    if (past.length) desk(".undo").focus();
    else focusStep();
    say(`Undone. ${desk(".step").textContent}. ${desk(".told").textContent}`);
  }

  function clearVote() {
    act((vote) => Object.assign(vote, empty()));
    draw();
    focusStep();
    say("This vote is cleared. Undo brings it back.");
  }

  function clearAll() {
    remember();
    lastBox = null;
    state.votes = {};
    byId("kept").hidden = true;
    keep();
    draw();
    focusStep();
    say("All votes are cleared. Undo brings them back.");
  }

  function show(id) {
    state.shown = id;
    lastBox = null;
    keep();
    draw();
    scrollTo(0, 0);
    say(ballots.get(id).querySelector("h2").textContent);
  }

  // What is drawn

  const desk = (part) => ballots.get(state.shown).querySelector(`.desk ${part}`);
  const say = (words) => { byId("said").textContent = words; };
  const focusStep = () => desk(".step").focus();

  function draw() {
    for (const [id, ballot] of ballots) {
      ballot.hidden = id !== state.shown;
      ballot.querySelector(".desk").replaceChildren();
      itemsOf(id).forEach(bare);
    }
    if (location.hash.slice(1) !== state.shown) history.replaceState(null, "", `#${state.shown}`);
    byId("choose").value = state.shown;
    byId("next").disabled = !following();
    byId("size").value = state.size || "";
    const { step } = voteOf(state.shown);
    drawSteps(step);
    if (step === "first" || step === "second") itemsOf(state.shown).forEach(drawCounter);
    if (step === "shift" || step === "answer") itemsOf(state.shown).forEach(drawShift);
    if (step === "answer") drawAnswer();
    tell();
  }

  function bare(item) {
    item.classList.remove("right");
    item.querySelectorAll(".counter, .shift").forEach((part) => part.remove());
  }

  function drawSteps(step) {
    const place = ballots.get(state.shown).querySelector(".desk");
    place.append(byId("steps").content.cloneNode(true));
    desk(".step").textContent = HEADINGS[step];
    desk(".task").textContent = TASKS[step] || "";
    const on = desk(".on");
    on.textContent = ON[step];
    on.hidden = step === "answer" && !following();
    on.addEventListener("click", goOn);
    desk(".back").hidden = step === "first";
    desk(".back").addEventListener("click", goBack);
    desk(".undo").addEventListener("click", undo);
    desk(".clear").addEventListener("click", clearVote);
  }

  function drawCounter(item) {
    const { sign } = item.dataset;
    const vote = voteOf(state.shown);
    const counter = byId("counter").content.cloneNode(true).firstElementChild;
    const box = counter.querySelector("input");
    const set = (value) => setCount(sign, (box.value = number(value)));
    const more = (by) => set(number(box.value) + by);
    box.value = vote[vote.step][sign] || 0;
    box.setAttribute("aria-label", `Hands for ${sign}, ${HEADINGS[vote.step].toLowerCase()}`);
    box.addEventListener("focus", () => box.select());
    box.addEventListener("input", () => setCount(sign, box.value, `${vote.step} ${sign}`));
    box.addEventListener("blur", () => { box.value = number(box.value); });
    box.addEventListener("keydown", (event) => {
      const by = { "+": 1, "-": -1, "−": -1 }[event.key];
      if (by) more(by);
      if (event.key === "Enter") nextBox(item);
      if (by || event.key === "Enter") event.preventDefault();
    });
    for (const [name, by, words] of [["less", -1, "One hand less"], ["more", 1, "One hand more"]]) {
      const button = counter.querySelector(`.${name}`);
      button.setAttribute("aria-label", `${words} for ${sign}`);
      button.addEventListener("click", () => more(by));
    }
    item.append(counter);
  }

  const nextBox = (item) =>
    (item.nextElementSibling?.querySelector("input") || desk(".on")).focus();

  // The first count is an empty bar, the second a full one; the words say the same.
  function drawShift(item) {
    const { sign } = item.dataset;
    const vote = voteOf(state.shown);
    const before = vote.first[sign] || 0;
    const after = vote.second[sign] || 0;
    const longest = Math.max(1, ...Object.values(vote.first), ...Object.values(vote.second));
    const shift = document.createElement("div");
    shift.className = "shift";
    for (const [name, count] of [["first", before], ["second", after]]) {
      const bar = document.createElement("i");
      bar.className = name;
      bar.style.width = `${(100 * count) / longest}%`;
      bar.setAttribute("aria-hidden", "true");
      shift.append(bar);
    }
    const words = document.createElement("span");
    words.className = "numbers";
    words.textContent = `${sign}: ${before} → ${after} (${change(before, after)})`;
    shift.append(words);
    item.append(shift);
  }

  function drawAnswer() {
    const answer = ballots.get(state.shown).querySelector("template.answer").content.cloneNode(true);
    for (const key of answer.querySelectorAll(".key")) {
      const item = itemsOf(state.shown).find((one) => one.dataset.sign === key.dataset.sign);
      item.classList.add("right");
      item.querySelector(".numbers").append(" ✓ right");
    }
    desk(".answer-place").append(answer);
  }

  function tell() {
    const vote = voteOf(state.shown);
    const counted = vote[vote.step];
    desk(".told").textContent = counted ? tally(state.shown, counted) : bothTotals(vote);
    desk(".undo").hidden = !past.length;
    byId("clear-all").hidden = !ids.some((id) => total(voteOf(id).first));
  }

  function bothTotals(vote) {
    if (vote.step === "talk") return "";
    return `First vote: ${hands(total(vote.first))}. Second vote: ${hands(total(vote.second))}.`;
  }

  // Begin

  byId("bar").hidden = false;
  byId("choose").addEventListener("change", (event) => show(event.target.value));
  byId("next").addEventListener("click", () => show(following()));
  byId("size").addEventListener("input", (event) => {
    state.size = number(event.target.value);
    keep();
    tell();
    say(desk(".told").textContent);
  });
  byId("clear-all").addEventListener("click", clearAll);
  addEventListener("hashchange", () => {
    if (ballots.has(location.hash.slice(1))) show(location.hash.slice(1));
  });
  load();
  if (ballots.has(location.hash.slice(1))) state.shown = location.hash.slice(1);
  draw();
})();
