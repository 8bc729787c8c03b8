// Writing: text, commands, replies and edits, attachments, voice, drag and drop.

import { send, upload } from "./api.js";
import { chat, toEnd } from "./chat.js";
import { byId, make, toast } from "./dom.js";
import { t } from "./labels.js";
import { summary } from "./message.js";
import { confirmContact, openMenu, pickLocation, pickSticker, previewFile } from "./sheets.js";
import { canRecord, record } from "./voice.js";

let towns = [];
let stickers = [];
let about = null; // {kind: "reply" | "edit", message}
const drafts = new Map();
const quietly = (work) => work.catch(() => {}); // the toast has said it

export function startComposer(given) {
  ({ towns, stickers } = given);
  const text = byId("text");
  text.addEventListener("input", () => { fit(); drawCommands(); });
  text.addEventListener("keydown", onKey);
  // On a phone the letters come up in the place of the bot's keyboard, as in Telegram.
  const letters = () => { if (matchMedia("(max-width: 760px)").matches) byId("keys").hidden = true; };
  for (const name of ["focus", "input"]) text.addEventListener(name, letters);
  text.addEventListener("paste", (event) => {
    const [file] = event.clipboardData.files;
    if (file) { event.preventDefault(); sendFile(file); }
  });
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  byId("about-cancel").addEventListener("click", () => cancelAbout());
  byId("attach").addEventListener("click", attachMenu);
  byId("record").addEventListener("click", recordVoice);
  byId("keys-button").addEventListener("click", () => { byId("keys").hidden = !byId("keys").hidden; toEnd(); });
  byId("commands-button").addEventListener("click", () => drawCommands(byId("commands").hidden));
  addEventListener("pointerdown", (event) => {
    if (!event.target.closest("#commands, #commands-button, #text")) byId("commands").hidden = true;
  });
  byId("big-button").addEventListener("click", () => quietly(send(`${chat.id}/${chat.state.blocked ? "unblock" : "start"}`)));
  watchDrops(byId("phone"));
}

export function switchDraft(from, to) {
  if (from) drafts.set(from, byId("text").value);
  cancelAbout(false);
  byId("text").value = drafts.get(to) ?? "";
  byId("commands").hidden = true;
  fit();
}

function fit() {
  const text = byId("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 152)}px`;
  const empty = !text.value.trim();
  byId("send").hidden = empty;
  byId("record").hidden = !empty;
}

async function submit() {
  const field = byId("text");
  const text = field.value.trim();
  if (!text) return;
  const [was, id] = [about, chat.id];
  field.value = "";
  cancelAbout(false);
  fit();
  byId("commands").hidden = true;
  try {
    if (was?.kind === "edit") await send(`${id}/edit`, { message_id: was.message.message_id, text });
    else await send(`${id}/say`, { text, ...(was ? { reply_to: was.message.message_id } : {}) });
  } catch {
    if (chat.id === id && !field.value) { field.value = text; fit(); } // nothing typed is lost
  }
}

export const sayText = (text) => quietly(send(`${chat.id}/say`, { text }));

export function beginAbout(kind, message) {
  about = { kind, message };
  byId("about").hidden = false;
  byId("about-icon").firstElementChild.setAttribute("href", kind === "edit" ? "#i-edit" : "#i-reply");
  const name = message.by_bot ? chat.state.bot.name : chat.state.first_name;
  byId("about-title").textContent = kind === "edit" ? t("editing") : t("reply_to", { name });
  byId("about-text").textContent = summary(message);
  if (kind === "edit") byId("text").value = message.text ?? message.caption ?? "";
  fit();
  byId("text").focus();
}

function cancelAbout(clear = true) {
  if (about?.kind === "edit" && clear) byId("text").value = "";
  about = null;
  byId("about").hidden = true;
  fit();
}

function onKey(event) {
  const list = byId("commands");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!list.hidden && step) {
    const items = [...list.children];
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === (at + step + items.length) % items.length)));
    event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    const chosen = !list.hidden && list.querySelector('[aria-selected="true"]');
    if (chosen) chosen.click();
    else submit();
  } else if (event.key === "Escape") {
    list.hidden = true;
    if (about) cancelAbout();
  } else if (event.key === "ArrowUp" && !event.target.value) {
    const own = [...chat.messages.values()].filter((message) => !message.by_bot && message.text).at(-1);
    if (own) { event.preventDefault(); beginAbout("edit", own); }
  }
}

// All commands from the button; while typing "/…", those that begin like it.
function drawCommands(all = false) {
  const typed = byId("text").value;
  const fitting = all === true ? chat.state.commands
    : /^\/\w*$/.test(typed) ? chat.state.commands.filter(({ command }) => `/${command}`.startsWith(typed.toLowerCase())) : [];
  byId("commands").hidden = !fitting.length;
  byId("commands").replaceChildren(...fitting.map(({ command, description }, at) => {
    const choose = () => {
      byId("text").value = "";
      byId("commands").hidden = true;
      fit();
      sayText(`/${command}`);
    };
    const item = make("li", { role: "option", on: { click: choose } }, make("span", {}, description), make("b", {}, `/${command}`));
    item.setAttribute("aria-selected", String(at === 0 && all !== true));
    return item;
  }));
  if (all === true && fitting.length) byId("text").focus();
}

function pick(accept) {
  const input = byId("pick");
  input.accept = accept;
  input.value = "";
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

async function sendFile(file, wish = "") {
  const id = chat.id;
  const asPhoto = wish !== "document" && /^image\/(jpeg|png|webp)$/.test(file.type);
  const answer = await previewFile(file, asPhoto);
  if (answer) await quietly(upload(`${id}/${asPhoto ? "photo" : "document"}`, file, answer));
}

async function sendVoiceFile() {
  const id = chat.id;
  const file = await pick("audio/*");
  if (!file) return;
  const audio = new Audio(URL.createObjectURL(file));
  const duration = await new Promise((resolve) => {
    audio.onloadedmetadata = () => resolve(Number.isFinite(audio.duration) ? Math.max(1, Math.round(audio.duration)) : 1);
    audio.onerror = () => resolve(1);
  });
  URL.revokeObjectURL(audio.src);
  await quietly(upload(`${id}/voice`, file, { duration }));
}

async function recordVoice() {
  const id = chat.id;
  if (!canRecord()) { toast(t("no_microphone")); return sendVoiceFile(); }
  let made;
  try {
    made = await record();
  } catch {
    toast(t("no_microphone"));
    return sendVoiceFile();
  }
  if (made) await quietly(upload(`${id}/voice`, made.file, { duration: made.duration }));
  return undefined;
}

export async function shareLocation(title = t("send_location")) {
  const id = chat.id;
  const place = await pickLocation(towns, title);
  if (place) await quietly(send(`${id}/location`, place));
}

export async function shareContact() {
  const id = chat.id;
  const contact = await confirmContact();
  if (contact) await quietly(send(`${id}/contact`, contact));
}

export async function pressKey(key) {
  if (key.request_location) await shareLocation(t("share_location"));
  else if (key.request_contact) await shareContact();
  else await sayText(key.text);
  if (chat.state.keyboard?.one_time_keyboard) byId("keys").hidden = true;
}

async function sendSticker() {
  const id = chat.id;
  const sticker = await pickSticker(stickers);
  if (sticker) await quietly(send(`${id}/sticker`, sticker));
}

function attachMenu(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const fileOf = async (accept, wish) => { const file = await pick(accept); if (file) await sendFile(file, wish); };
  openMenu([
    { label: t("photo"), symbol: "photo", act: () => fileOf("image/jpeg,image/png,image/webp") },
    { label: t("document"), symbol: "file", act: () => fileOf("", "document") },
    { label: t("location"), symbol: "pin", act: () => shareLocation() },
    { label: t("contact"), symbol: "contact", act: shareContact },
    { label: t("voice_file"), symbol: "mic", act: sendVoiceFile },
    { label: t("sticker"), symbol: "sticker", act: sendSticker },
  ], box.right - 240, box.top - 300);
}

function watchDrops(phone) {
  const open = () => chat.state?.started && !chat.state.blocked;
  phone.addEventListener("dragover", (event) => {
    if (!open() || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    byId("drop").hidden = false;
  });
  phone.addEventListener("dragleave", (event) => { if (!phone.contains(event.relatedTarget)) byId("drop").hidden = true; });
  phone.addEventListener("drop", (event) => {
    event.preventDefault();
    byId("drop").hidden = true;
    const [file] = event.dataTransfer.files;
    if (file && open()) sendFile(file);
  });
}
