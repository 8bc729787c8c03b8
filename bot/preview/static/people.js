// The list of people, the newest conversation first.

import { avatar, byId, make } from "./dom.js";
import { clockTime, t } from "./labels.js";
import { summary } from "./message.js";

const KEPT = "komek-people";
export const people = new Map();
const unread = new Map();

export function keep(person) {
  people.set(person.id, { ...people.get(person.id), ...person });
  const list = [...people.values()].map(({ id, first_name, language_code, started }) => ({ id, first_name, language_code, started }));
  localStorage.setItem(KEPT, JSON.stringify(list));
}

// The server forgets people when it stops; the bot does not. So the page brings back the same ids.
export function keptPeople() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

export function noteMessage(id, message, isOpen) {
  const person = people.get(id);
  if (!person) return;
  person.newest = message;
  if (message.by_bot && !isOpen) unread.set(id, (unread.get(id) ?? 0) + 1);
}

export const noteRead = (id) => unread.delete(id);

export function drawPeople(openId, onOpen, suggestions, onSuggestion) {
  const sorted = [...people.values()].sort((a, b) => (b.newest?.date ?? 0) - (a.newest?.date ?? 0));
  byId("people-list").replaceChildren(...sorted.map((person) => {
    const newest = person.newest;
    const words = newest ? `${newest.by_bot ? "" : `${t("you")}: `}${summary(newest)}` : t("draft_empty");
    const count = unread.get(person.id);
    const row = make("button", { type: "button", className: "person", data: { person: person.id }, on: { click: () => onOpen(person.id) } },
      avatar(person),
      make("span", { className: "person-main" },
        make("span", { className: "person-top" }, make("b", {}, person.first_name), make("span", { className: "tag" }, person.language_code), newest ? make("time", {}, clockTime(newest.date)) : null),
        make("span", { className: "person-bottom" }, make("span", {}, words), count ? make("span", { className: "badge" }, String(count)) : null)));
    row.setAttribute("aria-current", String(person.id === openId));
    return make("li", {}, row);
  }));
  byId("welcome").hidden = people.size > 0;
  const offered = people.size ? [] : suggestions;
  byId("suggestions").replaceChildren(...offered.map(([first_name, language_code, own], index) =>
    make("button", { type: "button", className: "person", on: { click: () => onSuggestion({ first_name, language_code }) } },
      avatar({ id: index, first_name }),
      make("span", { className: "person-main" }, make("b", {}, first_name), make("span", { className: "person-bottom" }, make("span", {}, own))))));
}
