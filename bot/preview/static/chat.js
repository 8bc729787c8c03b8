// The open chat: history, typing, reply keyboard, and what happens as events come in.

import { load, send } from "./api.js";
import { byId, icon, make, toast } from "./dom.js";
import { dayName, t } from "./labels.js";
import { messageNode } from "./message.js";
import { openMenu, say } from "./sheets.js";

export const chat = { id: 0, state: null, messages: new Map(), waiting: new Map() };
let acts = {};
let actionTimer;
let below = 0;
// Where the newest answer begins (cards that come together are one), and whether one was asked for.
const reading = { from: 0, at: 0, awaited: false };
const ask = () => Object.assign(reading, { at: 0, awaited: true });

export const setActs = (given) => { acts = { ...given, press, menu: messageMenu, show: showMessage }; };

const history = () => byId("history");
const atEnd = () => history().scrollHeight - history().scrollTop - history().clientHeight < 80;

export async function openChat(id) {
  const state = await load(String(id));
  chat.id = id;
  chat.state = state;
  chat.messages = new Map(state.messages.map((message) => [message.message_id, message]));
  chat.waiting.clear();
  drawChat();
  toEnd();
}

export function drawChat() {
  if (!chat.state) return;
  byId("phone").hidden = false;
  byId("nobody").hidden = true;
  byId("bot-name").textContent = chat.state.bot.name;
  byId("as-person").textContent = t("as", { name: chat.state.first_name });
  clearAction();
  drawHistory();
  drawDock();
}

function drawHistory() {
  const nodes = [];
  let day = "";
  for (const message of chat.messages.values()) {
    const name = dayName(message.date);
    if (name !== day) nodes.push(make("div", { className: "day" }, name));
    day = name;
    nodes.push(messageNode(message, acts));
  }
  if (!nodes.length) {
    const { name, description } = chat.state.bot;
    nodes.push(make("div", { className: "intro" }, make("span", { className: "mark" }), make("b", {}, name), description || null));
  }
  history().replaceChildren(...nodes);
  groupNodes();
}

// Bubbles of one sender stand together; the last one has the tail.
function groupNodes() {
  const nodes = [...history().children];
  nodes.forEach((node, at) => {
    if (!node.classList.contains("message")) return;
    const same = (other) => other?.classList.contains("message") && other.classList.contains("mine") === node.classList.contains("mine");
    node.classList.toggle("first", !same(nodes[at - 1]));
    node.classList.toggle("last", !same(nodes[at + 1]));
  });
}

export function drawDock() {
  const { started, blocked, keyboard, commands } = chat.state;
  const big = byId("big-button");
  big.hidden = started && !blocked;
  big.textContent = t(blocked ? "unblock" : "start");
  byId("composer").hidden = !big.hidden;
  byId("commands-button").hidden = !commands.length;
  byId("text").placeholder = (!byId("composer").hidden && keyboard?.input_field_placeholder) || t("message");
  const rows = big.hidden ? keyboard?.keyboard ?? [] : [];
  byId("keys-button").hidden = !rows.length;
  byId("keys").hidden = !rows.length;
  byId("keys").replaceChildren(...rows.map((row) => make("div", {}, ...row.map((key) => {
    const drawn = /^\p{Extended_Pictographic}/u.test(key.text); // one picture is enough
    const symbol = drawn ? null : key.request_location ? "pin" : key.request_contact ? "contact" : null;
    return make("button", { type: "button", on: { click: () => acts.key(key) } }, symbol ? icon(symbol) : null, key.text);
  }))));
  drawStatus();
}

function drawStatus(busy = "") {
  byId("bot-status").textContent = busy || t(chat.state.blocked ? "blocked" : "bot");
  byId("bot-status").classList.toggle("busy", Boolean(busy));
}

export function toEnd() {
  below = 0;
  history().scrollTop = history().scrollHeight;
  drawToEnd();
}

// A long answer is read from its beginning, with the question above it.
function toAnswer(message, before) {
  if (Date.now() - reading.at > 2500) {
    const question = before && !before.by_bot && nodeOf(before.message_id).offsetHeight < 200;
    reading.from = (question ? before : message).message_id;
  }
  Object.assign(reading, { at: Date.now(), awaited: false });
  below = 0;
  const top = nodeOf(reading.from)?.offsetTop ?? Infinity;
  history().scrollTop = Math.min(history().scrollHeight, top - 8);
  drawToEnd();
}

export function drawToEnd() {
  if (atEnd()) below = 0;
  byId("to-end").hidden = atEnd();
  byId("to-end-count").hidden = !below;
  byId("to-end-count").textContent = below;
}

const nodeOf = (id) => history().querySelector(`[data-message-id="${id}"]`);

function showMessage(id) {
  const node = nodeOf(id);
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), 1300);
}

function put(message) {
  const known = nodeOf(message.message_id);
  if (!message.by_bot && !known) ask();
  const stay = !atEnd() && message.by_bot && !(reading.awaited && !known);
  const last = [...chat.messages.values()].at(-1);
  chat.messages.set(message.message_id, message);
  const node = messageNode(message, acts);
  if (known) {
    const focused = known.contains(document.activeElement);
    node.style.animation = "none";
    known.replaceWith(node);
    if (focused) (node.querySelector(".inline button") ?? byId("text")).focus({ preventScroll: true });
  } else {
    if (!last) history().replaceChildren();
    if (!last || dayName(last.date) !== dayName(message.date)) history().append(make("div", { className: "day" }, dayName(message.date)));
    history().append(node);
    if (stay) below += 1;
  }
  groupNodes();
  if (stay) drawToEnd();
  else if (message.by_bot && !known) toAnswer(message, last);
  else toEnd();
}

const ACTIONS = {
  typing: "typing", upload_photo: "sending_photo", upload_document: "sending_file", upload_voice: "recording_voice",
  record_voice: "recording_voice", find_location: "finding_location",
};

function showAction(name) {
  clearAction();
  const stay = !atEnd();
  drawStatus(t(ACTIONS[name] ?? "typing"));
  if (name === "typing") {
    history().append(make("div", { id: "dots", className: "message first last", ariaHidden: "true" }, make("div", { className: "bubble dots" }, make("i"), make("i"), make("i"))));
  }
  if (!stay) toEnd();
  actionTimer = setTimeout(clearAction, 5500);
}

function clearAction() {
  clearTimeout(actionTimer);
  byId("dots")?.remove();
  if (chat.state) drawStatus();
}

async function press(message, button, node) {
  if (button.copy_text) {
    await navigator.clipboard.writeText(button.copy_text.text);
    return toast(t("copied"));
  }
  if (!button.callback_data) return toast(t("unsupported"));
  if (node.classList.contains("waiting")) return undefined;
  const done = () => node.classList.remove("waiting");
  ask();
  node.classList.add("waiting");
  try {
    const { result } = await send(`${chat.id}/tap`, { message_id: message.message_id, data: button.callback_data });
    if (chat.waiting.has(result)) chat.waiting.delete(result), done();
    else chat.waiting.set(result, done);
    setTimeout(done, 30000); // Telegram's apps give up too
  } catch {
    done();
  }
  return undefined;
}

function answered({ id, text, show_alert }) {
  const done = chat.waiting.get(id);
  if (done) chat.waiting.delete(id), done();
  else chat.waiting.set(id, null); // the answer was quicker than the tap's own response
  if (!text) return;
  if (show_alert) say(text);
  else toast(text);
}

function messageMenu(message, x, y) {
  const text = message.text ?? message.caption;
  const items = [{ label: t("reply"), symbol: "reply", act: () => acts.reply(message) }];
  if (text !== undefined && !message.by_bot) items.push({ label: t("edit"), symbol: "edit", act: () => acts.edit(message) });
  if (text) items.push({ label: t("copy"), symbol: "copy", act: () => navigator.clipboard.writeText(text).then(() => toast(t("copied"))) });
  openMenu(items, x, y);
}

export function onChatEvent(event) {
  const state = chat.state;
  if (event.kind === "message") {
    if (event.by_bot) clearAction();
    else if (!state.started) { state.started = true; drawDock(); }
    put(event);
  } else if (event.kind === "edited") {
    clearAction();
    put(event);
  } else if (event.kind === "deleted") {
    chat.messages.delete(event.message_id);
    drawHistory();
  } else if (event.kind === "seen") {
    const message = chat.messages.get(event.message_id);
    if (message) { message.seen = true; refresh(message); }
  } else if (event.kind === "keyboard") {
    state.keyboard = event.keyboard;
    drawDock();
  } else if (event.kind === "blocked") {
    state.blocked = event.blocked;
    drawDock();
  } else if (event.kind === "action") showAction(event.action);
  else if (event.kind === "answer") answered(event);
}

function refresh(message) {
  const known = nodeOf(message.message_id);
  const stamp = known?.querySelector(".stamp");
  if (stamp) stamp.replaceWith(messageNode(message, acts).querySelector(".stamp"));
}

