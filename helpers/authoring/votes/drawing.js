// Draws the state. Only the last step puts the answer on the page.

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
