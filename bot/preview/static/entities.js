// A text and its Telegram entities as nodes; offsets are UTF-16, as in JavaScript strings.

import { make } from "./dom.js";

const WRAPPERS = {
  bold: () => make("b"),
  italic: () => make("i"),
  underline: () => make("u"),
  strikethrough: () => make("s"),
  code: () => make("code"),
  pre: () => make("pre"),
  blockquote: () => make("blockquote"),
  expandable_blockquote: () => opening(make("blockquote", { className: "long" })),
  spoiler: () => opening(make("span", { className: "spoiler" })),
  text_link: (entity) => link(entity.url),
  url: (_, text) => link(/^\w+:\/\//.test(text) ? text : `http://${text}`),
  email: (_, text) => link(`mailto:${text}`),
  phone_number: (_, text) => link(`tel:${text.replace(/[^\d+]/g, "")}`),
};

function opening(node) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  const open = () => {
    node.classList.add("open");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
  };
  node.addEventListener("click", open);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
  return node;
}

function link(address) {
  if (!/^(https?|tg|ton|mailto|tel):/i.test(address)) return make("span");
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

export function formatted(text, entities, onCommand) {
  const root = make("span", { className: "text" });
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(root, text, 0, text.length, sorted, onCommand);
  return root;
}

function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    if (entity.offset < at) continue;
    const stop = Math.min(entity.offset + entity.length, end);
    const block = /^(pre|blockquote|expandable_blockquote)$/.test(entity.type);
    const inner = entities.slice(index + 1).filter((other) => other.offset < stop);
    const before = text.slice(at, entity.offset);
    parent.append(block ? before.replace(/\n$/, "") : before);
    const node = wrap(entity, text.slice(entity.offset, stop), onCommand);
    fill(node, text, entity.offset, stop, inner, onCommand);
    parent.append(node);
    // A block starts and ends its line by itself; the text's own line breaks would double it.
    at = block && stop < end && text[stop] === "\n" ? stop + 1 : stop;
  }
  parent.append(text.slice(at, end));
}

function wrap(entity, text, onCommand) {
  if (entity.type === "bot_command" && onCommand) {
    return make("button", { type: "button", className: "command", on: { click: () => onCommand(text) } });
  }
  return (WRAPPERS[entity.type] ?? (() => make("span")))(entity, text);
}
