// What happens at a press of a button or a key: five steps, each with a way back.

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
const MOST_UNDONE = 200;
let past = []; // what Undo brings back, the newest last
let lastBox = null; // into which was typed

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
