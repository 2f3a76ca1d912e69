// The votes: what is counted, and kept in this browser. There is one state.

const PLACE = "one-day-of-a-journal-votes";
const MOST = 999;

const byId = (id) => document.getElementById(id);
const ballots = new Map([...document.querySelectorAll(".ballot")].map((one) => [one.id, one]));
const ids = [...ballots.keys()];
const signsOf = (id) => itemsOf(id).map((item) => item.dataset.sign);
const itemsOf = (id) => [...ballots.get(id).querySelectorAll(".options > li")];
const isSeveral = (id) => "several" in ballots.get(id).dataset;
const empty = () => ({ step: "first", first: {}, second: {} });

const state = { size: 0, shown: ids[0], votes: {} };

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
