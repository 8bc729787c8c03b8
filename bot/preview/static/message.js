// One message as a node.

import { fileAddress } from "./api.js";
import { icon, make } from "./dom.js";
import { formatted } from "./entities.js";
import { clockTime, t } from "./labels.js";
import { voicePlayer } from "./voice.js";

const KINDS = ["photo", "document", "voice", "audio", "video", "venue", "location", "contact", "sticker"];
const kindOf = (message) => KINDS.find((kind) => message[kind]);

export function summary(message) {
  const kind = kindOf(message);
  if (!kind) return message.text ?? "";
  if (kind === "sticker") return `${message.sticker.emoji} ${t("sticker")}`;
  return message.caption || (kind === "document" && message.document.file_name) || t(kind === "venue" ? "location" : kind);
}

export function messageNode(message, acts) {
  const bubble = make("div", { className: "bubble" });
  if (message.reply_to_message) bubble.append(quote(message.reply_to_message, acts));
  const kind = kindOf(message);
  if (kind) bubble.append(BODIES[kind](message));
  if (["photo", "video", "venue", "location"].includes(kind)) bubble.classList.add("media");
  if (kind === "sticker") bubble.classList.add("bare");
  const text = message.text ?? message.caption;
  if (text) bubble.append(formatted(text, message.entities ?? message.caption_entities, acts.command));
  bubble.append(stamp(message));
  const node = make("article", { className: "message", data: { messageId: message.id ?? message.message_id } }, bubble);
  node.classList.toggle("mine", !message.by_bot);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) {
    node.classList.add("with-keys");
    node.append(inlineKeyboard(rows, message, acts));
  }
  node.append(moreButton(message, acts));
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, button") || String(getSelection())) return;
    event.preventDefault();
    acts.menu(message, event.clientX, event.clientY);
  });
  return node;
}

function moreButton(message, acts) {
  const open = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    acts.menu(message, box.left, box.bottom);
  };
  return make("button", { type: "button", className: "more", title: t("actions"), ariaLabel: t("actions"), on: { click: open } }, icon("more"));
}

function stamp(message) {
  const node = make("span", { className: "stamp" });
  if (message.edit_date) node.append(t("edited"), " ");
  node.append(make("time", {}, clockTime(message.date)));
  if (!message.by_bot) {
    const tick = icon(message.seen ? "checks" : "check");
    tick.removeAttribute("aria-hidden");
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", t(message.seen ? "taken" : "sent"));
    node.append(tick);
  }
  return node;
}

function quote(original, acts) {
  const name = original.from?.first_name ?? "";
  return make("button", { type: "button", className: "quote", on: { click: () => acts.show(original.message_id) } },
    make("b", {}, name), make("span", {}, summary(original)));
}

function inlineKeyboard(rows, message, acts) {
  return make("div", { className: "inline" }, ...rows.map((row) => make("div", {}, ...row.map((button) => {
    const style = ["primary", "danger", "success"].includes(button.style) ? button.style : "";
    if (button.url) return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer", className: style }, button.text, icon("out"));
    const node = make("button", { type: "button", className: style }, button.text);
    if (button.copy_text) node.append(icon("copy"));
    node.addEventListener("click", () => acts.press(message, button, node));
    return node;
  }))));
}

const size = (bytes) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

function place(location, title, address) {
  const { latitude, longitude } = location;
  const numbers = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return make("a", { className: "place", href, target: "_blank", rel: "noopener noreferrer", title: t("open_map") },
    drawnMap(latitude, longitude), make("b", {}, title ?? t("location")), make("span", {}, address ?? numbers));
}

// No map tiles are fetched: the drawing only says "a place", differently for each place.
function drawnMap(latitude, longitude) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("class", "map");
  svg.setAttribute("viewBox", "0 0 264 118");
  svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
  const turn = Math.round((latitude * 37 + longitude * 53) % 40);
  const shapes = [
    ["rect", { class: "land", width: 264, height: 118 }],
    ["path", { class: "river", d: `M-10 ${80 + turn} C60 ${40 + turn} 120 ${130 - turn} 280 ${60 + turn}` }],
    ["path", { class: "road", d: `M-10 ${20 + turn}L280 ${52 - turn}M${60 + turn} -10L${96 - turn} 130M${206 - turn} -10L${190 + turn} 130M-10 ${104 - turn}L280 ${96}` }],
    ["path", { class: "pin", d: "M132 82s-19-19-19-33a19 19 0 0 1 38 0c0 14-19 33-19 33z" }],
    ["circle", { class: "hole", cx: 132, cy: 49, r: 7 }],
  ];
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(ns, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

function file(stored, name, symbol) {
  return make("a", { className: "file", href: `${fileAddress(stored)}?download`, download: name },
    make("span", { className: "disc" }, icon(symbol)),
    make("span", {}, make("b", {}, name), make("small", {}, size(stored.file_size ?? 0))));
}

const BODIES = {
  photo({ photo }) {
    const best = photo.at(-1);
    const image = make("img", { src: fileAddress(best), alt: t("photo"), width: best.width, height: best.height });
    return make("a", { className: "picture", href: fileAddress(best), target: "_blank", rel: "noopener" }, image);
  },
  document: ({ document: stored }) => file(stored, stored.file_name ?? t("document"), "file"),
  audio: ({ audio }) => voicePlayer(audio),
  voice: ({ voice }) => voicePlayer(voice),
  video: ({ video }) => make("video", { src: fileAddress(video), controls: true }),
  venue: ({ venue }) => place(venue.location, venue.title, venue.address),
  location: ({ location }) => place(location),
  contact: ({ contact }) => make("a", { className: "file", href: `tel:${contact.phone_number.replace(/[^\d+]/g, "")}` },
    make("span", { className: "disc" }, icon("contact")),
    make("span", {}, make("b", {}, [contact.first_name, contact.last_name].filter(Boolean).join(" ")), make("small", {}, contact.phone_number))),
  sticker: ({ sticker }) => make("div", { className: "sticker" }, sticker.emoji),
};
