// Brings the page up: labels, people, the open chat, and events from the server.

import { listen, load, send } from "./api.js";
import { chat, drawChat, drawToEnd, onChatEvent, openChat, setActs, toEnd } from "./chat.js";
import { beginAbout, pressKey, sayText, startComposer, switchDraft } from "./composer.js";
import { byId } from "./dom.js";
import { loadLabels, onLanguage, t, toggleLanguage } from "./labels.js";
import { drawPeople, keep, keptPeople, noteMessage, noteRead, people } from "./people.js";
import { addPerson, openMenu } from "./sheets.js";

const known = await (await fetch("/chat/static/people.json")).json();
const towns = await (await fetch("/chat/static/towns.json")).json();
const ownName = Object.fromEntries(known.languages);
const suggestions = known.suggestions.map(([name, code]) => [name, code, ownName[code]]);

const drawList = () => drawPeople(chat.id, open, suggestions, add);
const visible = (id) => id === chat.id && byId("app").dataset.view === "chat" && !document.hidden;

async function open(id) {
  if (chat.id !== id) switchDraft(chat.id, id);
  location.hash = id;
  byId("app").dataset.view = "chat";
  noteRead(id);
  await openChat(id);
  drawList();
  if (matchMedia("(hover: hover)").matches) {
    const target = byId("composer").hidden ? byId("big-button") : byId("text");
    target.focus();
  }
}

function showPeople() {
  byId("app").dataset.view = "people";
  if (location.hash) history.replaceState(null, "", location.pathname);
  byId("people-list").querySelector('[aria-current="true"]')?.focus();
}

async function add(person) {
  const added = await send("people", person);
  keep(added);
  await open(added.id);
}

async function askForPerson() {
  const person = await addPerson(known);
  if (person) await add(person);
}

// Runs at the start and after every reconnection: the server may have begun anew.
async function refresh() {
  byId("offline").hidden = true;
  const here = new Set((await load("people")).map((person) => (keep(person), person.id)));
  for (const person of keptPeople()) {
    if (!here.has(person.id)) keep({ newest: null, ...(await send("people", person)) });
  }
  const wanted = Number(location.hash.slice(1)) || chat.id;
  if (people.has(wanted) && (byId("app").dataset.view === "chat" || location.hash)) await open(wanted);
  drawList();
}

async function onEvent(event) {
  if (event.kind === "person" && !people.has(event.person)) {
    for (const person of await load("people")) keep(person);
  }
  if (event.kind === "bot" && chat.id) {
    chat.state = { ...chat.state, ...(await load(String(chat.id))) };
    drawChat();
  }
  if (event.kind === "message") {
    noteMessage(event.person, event, visible(event.person));
    if (people.has(event.person)) keep({ id: event.person, started: true });
  }
  if (event.person === chat.id && chat.state) onChatEvent(event);
  if (["person", "message", "edited", "deleted"].includes(event.kind)) drawList();
}

function chatMenu(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const { blocked, started } = chat.state;
  const items = [];
  if (started && !blocked) items.push({ label: t("restart"), symbol: "send", act: () => sayText("/start") });
  items.push(blocked
    ? { label: t("unblock_item"), symbol: "check", act: () => send(`${chat.id}/unblock`) }
    : { label: t("block"), symbol: "close", danger: true, act: () => send(`${chat.id}/block`) });
  openMenu(items, box.right - 240, box.bottom + 4);
}

await loadLabels();
setActs({
  command: sayText,
  key: pressKey,
  reply: (message) => beginAbout("reply", message),
  edit: (message) => beginAbout("edit", message),
});
startComposer({ towns, stickers: known.stickers });
onLanguage(() => { drawList(); drawChat(); toEnd(); });
byId("language").addEventListener("click", toggleLanguage);
byId("add").addEventListener("click", askForPerson);
byId("welcome-add").addEventListener("click", askForPerson);
byId("back").addEventListener("click", showPeople);
byId("chat-menu").addEventListener("click", chatMenu);
byId("to-end").addEventListener("click", toEnd);
byId("history").addEventListener("scroll", drawToEnd, { passive: true });
addEventListener("hashchange", () => {
  const id = Number(location.hash.slice(1));
  if (!id) showPeople();
  else if (id !== chat.id && people.has(id)) open(id);
});
document.addEventListener("visibilitychange", () => { if (visible(chat.id)) { noteRead(chat.id); drawList(); } });
new ResizeObserver(() => { if (byId("to-end").hidden) toEnd(); }).observe(byId("history"));

let events = Promise.resolve(); // one after the other, even when one has to load something
listen(
  (event) => { events = events.then(() => onEvent(event)).catch(console.error); },
  () => { events = events.then(refresh).catch(console.error); },
  () => { byId("offline").hidden = false; },
);
