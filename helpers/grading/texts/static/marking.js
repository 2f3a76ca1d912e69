// Saves what is typed beside a text as soon as its field is left, and goes from text to text by keys.
// Without this script the same forms are sent by their buttons.
"use strict";

const forms = [...document.querySelectorAll("article form")];
const announcer = document.getElementById("announcer");
const NO_ANSWER = "Not saved. The course does not answer. What you typed still stands here: " +
    "look whether teach is running, then save again.";
const LOGGED_OUT = "Not saved. The course does not know this browser any more. What you typed still stands here: " +
    "open the address that teach prints in another window, then save again.";

const typedIn = form => `${form.elements.points.value}\n${form.elements.comment.value}`;
const isChanged = form => typedIn(form) !== form.saved;

function show(form, words, isWrong = false) {
    const state = form.querySelector(".state");
    state.textContent = words;
    state.classList.toggle("wrong", isWrong);
}

function announce(form, words) {
    announcer.textContent = `${form.closest("article").querySelector("h3").textContent}: ${words}`;
}

// Saves of one form wait for each other, so that the newest words are the last to arrive.
function save(form, confirmed = false) {
    form.saving = form.saving.then(() => send(form, confirmed));
    return form.saving;
}

async function send(form, confirmed) {
    if (!confirmed && !isChanged(form)) {
        show(form, form.stated);
        return true;
    }
    const typed = typedIn(form);
    if (confirmed && form.told) form.elements.seen.value = form.told;
    const fields = new URLSearchParams(new FormData(form));
    if (confirmed) fields.set("confirmed", "yes");
    // The proof that a form is ours changes with a new login, and this page may be older.
    const proof = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    if (proof) fields.set("_xsrf", decodeURIComponent(proof[1]).replaceAll('"', ""));
    show(form, "Saving …");
    let said;
    try {
        const answer = await fetch(form.action, {
            method: "POST", body: fields, headers: {Accept: "application/json"},
            keepalive: document.visibilityState === "hidden",
        });
        said = answer.headers.get("Content-Type")?.startsWith("application/json")
            ? await answer.json() : {why: answer.status === 403 ? LOGGED_OUT : NO_ANSWER};
    } catch {
        said = {why: NO_ANSWER};
    }
    if (!said.saved) {
        form.seenSince = said.seen;
        if (confirmed) form.told = said.seen;
        show(form, said.why, true);
        announce(form, said.why);
        return false;
    }
    form.elements.seen.value = said.seen;
    form.seenSince = form.told = "";
    form.saved = typed;
    form.stated = said.state;
    form.closest("article").className = said.standing;
    form.querySelector(".verb").textContent = said.verb;
    document.getElementById("counts").textContent = said.counts;
    show(form, isChanged(form) ? "Not saved yet." : said.state);
    announce(form, said.state);
    return true;
}

function go(form, step) {
    const other = forms[forms.indexOf(form) + step];
    if (!other) return announce(form, step > 0 ? "This is the last text." : "This is the first text.");
    other.elements.points.focus({preventScroll: true});
    other.elements.points.select();
    other.closest("article").scrollIntoView({block: "start"});
}

async function goToNextQuestion() {
    const link = document.querySelector("a[rel=next]");
    const saved = await Promise.all(forms.map(form => save(form)));
    if (link && saved.every(Boolean)) location.href = link.href;
}

for (const form of forms) {
    form.saving = Promise.resolve();
    form.stated = form.querySelector(".state").textContent;
    form.saved = form.querySelector(".wrong") ? null : typedIn(form);
    form.addEventListener("input", () => show(form, "Not saved yet."));
    form.addEventListener("change", () => save(form));
    form.addEventListener("submit", event => {
        event.preventDefault();
        save(form, true);
    });
    for (const button of form.querySelectorAll(".add")) {
        button.hidden = false;
        button.addEventListener("click", () => {
            const comment = form.elements.comment;
            const words = button.parentElement.querySelector("span").textContent;
            comment.value = comment.value.trim() ? `${comment.value.trimEnd()}\n${words}` : words;
            comment.focus();
            save(form);
        });
    }
}

document.addEventListener("keydown", async event => {
    const form = document.activeElement.closest("article")?.querySelector("form");
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && event.key === "Enter" && form) {
        event.preventDefault();
        if (await save(form, true)) go(form, 1);
    } else if (withControl && event.key === "s") {
        event.preventDefault();
        if (form) save(form, true);
    } else if (event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        form ? go(form, step) : forms.length && go(forms[0], 0);
    } else if (event.altKey && event.code === "KeyN") {
        event.preventDefault();
        goToNextQuestion();
    }
});

// What another window has saved meanwhile is replaced by whoever was told of it before pressing a button or a key,
// never by leaving a field.
for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, event => {
        const form = event.target.closest("form");
        if (form) form.told = form.seenSince;
    }, {capture: true});
}

// A window that is closed or covered saves what stands in its fields; one with unsaved words asks first.
document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") forms.filter(isChanged).forEach(form => save(form));
});
window.addEventListener("beforeunload", event => {
    if (forms.some(isChanged)) event.preventDefault();
});
