/* What the live pages keep: list it, take it along in one file, and bring it back.

JupyterLite keeps a learner's files with localForage in IndexedDB: a store "files", by path
(jupyterlite 0.8.6, packages/contents, BrowserStorageDrive). */

"use strict";

const STORAGE = "One Day of a Journal";
const STORE = "files";
const KIND = "one-day-of-a-journal/work";
const LARGEST = 50_000_000; // characters of a file that is brought back
const OURS = /^(notebooks|exercises|my-work)\/[^<>:"|?*\\]+$/;

const place = (id) => document.getElementById(id);

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open() {
  const request = indexedDB.open(STORAGE);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await answer(request);
  if (database.objectStoreNames.contains(STORE)) return database;
  const version = database.version + 1;
  database.close();
  const again = indexedDB.open(STORAGE, version);
  again.onupgradeneeded = () => again.result.createObjectStore(STORE);
  return answer(again);
}

async function keptFiles() {
  const database = await open();
  const files = await answer(database.transaction(STORE).objectStore(STORE).getAll());
  database.close();
  return files.filter((file) => file && file.type !== "directory" && OURS.test(file.path));
}

async function write(files) {
  const database = await open();
  const change = database.transaction(STORE, "readwrite");
  for (const file of files) change.objectStore(STORE).put(file, file.path);
  await new Promise((resolve, reject) => {
    change.oncomplete = resolve;
    change.onabort = () => reject(change.error);
  });
  database.close();
}

function lineOf(file) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `Download ${file.path}`;
  button.addEventListener("click", () => download(contentOf(file), file.path.split("/").pop()));
  line.append(button, ` changed ${new Date(file.last_modified).toLocaleString()}`);
  return line;
}

function contentOf(file) {
  if (file.format === "base64") return Uint8Array.from(atob(file.content), (one) => one.charCodeAt(0));
  return file.format === "json" ? JSON.stringify(file.content, null, 1) : file.content;
}

function download(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function list() {
  const files = await keptFiles();
  place("kept").textContent = files.length
    ? `This browser keeps ${files.length} of your files:`
    : "This browser keeps no work of this course yet.";
  place("files").replaceChildren(...files.map(lineOf));
  place("take").disabled = files.length === 0;
  place("bring").disabled = false;
}

async function take() {
  const work = { kind: KIND, files: await keptFiles() };
  download(JSON.stringify(work), `my-work-${new Date().toISOString().slice(0, 10)}.json`);
}

function read(text) {
  const work = JSON.parse(text);
  if (work.kind !== KIND || !Array.isArray(work.files)) throw new Error("another kind of file");
  for (const file of work.files) {
    const whole = typeof file.path === "string" && file.content !== undefined && file.type;
    if (!whole || !OURS.test(file.path) || file.path.includes("..")) {
      throw new Error("a part of it is damaged");
    }
  }
  return work.files;
}

const same = (one, other) => JSON.stringify(one.content) === JSON.stringify(other.content);

function aside(file, taken) {
  const [, stem, ending] = file.path.match(/^(.*?)(\.[^./]*)?$/);
  let number = 1;
  while (taken.has(`${stem}-${number}${ending || ""}`)) number += 1;
  const path = `${stem}-${number}${ending || ""}`;
  taken.add(path);
  return { ...file, path, name: path.split("/").pop() };
}

async function bring(chosen) {
  if (chosen.size > LARGEST) throw new Error("it is too large");
  const brought = read(await chosen.text());
  const here = new Map((await keptFiles()).map((file) => [file.path, file]));
  const taken = new Set([...here.keys(), ...brought.map((file) => file.path)]);
  const changed = brought.filter((file) => !here.has(file.path) || !same(file, here.get(file.path)));
  const moved = changed
    .filter((file) => here.has(file.path))
    .map((file) => aside(here.get(file.path), taken));
  await write([...moved, ...changed]);
  const kept = moved.map((file) => file.path).join(", ");
  const beside = kept ? ` What this browser kept before is now in: ${kept}.` : "";
  const rest = brought.length - changed.length;
  return `Brought back: ${changed.length}. Already here, the same: ${rest}.${beside}`;
}

async function attempt(step, failed) {
  try {
    return await step();
  } catch (problem) {
    place("said").textContent = `${failed} (${problem.message}). Nothing was changed.`;
    return "";
  }
}

place("take").addEventListener("click", () => attempt(take, "It could not be downloaded"));
place("bring").addEventListener("change", async (event) => {
  const [chosen] = event.target.files;
  const said = chosen && (await attempt(() => bring(chosen), "This file cannot be brought back"));
  if (said) place("said").textContent = said;
  event.target.value = "";
  await list();
});
list().catch(() => {
  place("kept").textContent =
    "This browser keeps no files, as in a private window. Use an ordinary window.";
});
