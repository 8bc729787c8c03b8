// Menus and dialogs: one popup, one sheet, both usable by keyboard.

import { byId, icon, make } from "./dom.js";
import { currentLanguage, t } from "./labels.js";

export function openMenu(items, x, y) {
  const popup = byId("popup");
  const before = document.activeElement;
  const close = () => {
    popup.hidden = true;
    removeEventListener("pointerdown", outside, true);
    before?.focus?.({ preventScroll: true });
  };
  const outside = (event) => { if (!popup.contains(event.target)) close(); };
  const buttons = items.map(({ label, symbol, danger, act }) => make("button", {
    type: "button", role: "menuitem", className: danger ? "danger" : "", on: { click: () => { close(); act(); } },
  }, icon(symbol), label));
  popup.replaceChildren(...buttons);
  popup.hidden = false;
  popup.style.left = `${Math.max(8, Math.min(x, innerWidth - popup.offsetWidth - 8))}px`;
  popup.style.top = `${Math.max(8, Math.min(y, innerHeight - popup.offsetHeight - 8))}px`;
  buttons[0]?.focus();
  popup.onkeydown = (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
    else return;
    event.preventDefault();
  };
  setTimeout(() => addEventListener("pointerdown", outside, true));
}

// `fill(finish)` returns the sheet's content; resolves with what finish gets, or null.
export function openSheet(fill) {
  const sheet = byId("sheet");
  return new Promise((resolve) => {
    let result = null;
    const finish = (value) => { result = value; sheet.close(); };
    sheet.replaceChildren(fill(finish));
    sheet.onclose = () => resolve(result);
    sheet.onclick = (event) => { if (event.target === sheet) sheet.close(); };
    sheet.showModal();
  });
}

function form(title, submit, finish, ...content) {
  const cancel = make("button", { type: "button", className: "wide-button quiet", on: { click: () => finish(null) } }, t("cancel"));
  const ok = make("button", { type: "submit", className: "wide-button" }, submit);
  return make("form", { method: "dialog", noValidate: true }, make("h2", {}, title), ...content, make("div", { className: "row" }, cancel, ok));
}

export const say = (text) => openSheet((finish) => {
  const ok = make("button", { type: "button", className: "wide-button", autofocus: true, on: { click: () => finish(true) } }, t("ok"));
  return make("form", { method: "dialog" }, make("p", {}, text), ok);
});

export const addPerson = (people) => openSheet((finish) => {
  const name = make("input", { required: true, maxLength: 64, autofocus: true, autocomplete: "off" });
  const language = make("select", {}, ...people.languages.map(([code, own]) => make("option", { value: code }, own)));
  const sheet = form(t("add_person"), t("add"), finish,
    make("label", {}, t("first_name"), name), make("label", {}, t("telegram_language"), language));
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    if (name.value.trim()) finish({ first_name: name.value.trim(), language_code: language.value });
    else name.focus();
  });
  return sheet;
});

export const pickLocation = (towns, title) => openSheet((finish) => {
  const list = make("div", { className: "towns" });
  const filter = make("input", { type: "search", placeholder: t("find_town"), ariaLabel: t("find_town") });
  const [latitude, longitude] = ["latitude", "longitude"].map((name) => make("input", { inputMode: "decimal", placeholder: t(name), ariaLabel: t(name) }));
  const problem = make("p", { className: "problem", role: "alert", hidden: true }, t("bad_coordinates"));
  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
    const fitting = towns.filter((town) => `${town.en} ${town.ru}`.toLowerCase().includes(wanted));
    list.replaceChildren(...fitting.map((town) => make("button", { type: "button", on: { click: () => finish({ latitude: town.lat, longitude: town.lon }) } },
      icon("pin"), town[currentLanguage()], make("small", {}, `${town.lat}, ${town.lon}`))));
  };
  filter.addEventListener("input", draw);
  draw();
  const sheet = form(title, t("send"), finish, filter, list, make("label", {}, t("own_numbers"), make("span", { className: "row" }, latitude, longitude)), problem);
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    const [lat, lon] = [latitude, longitude].map((input) => Number.parseFloat(input.value.replace(",", ".")));
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) finish({ latitude: lat, longitude: lon });
    else { problem.hidden = false; latitude.focus(); }
  });
  return sheet;
});

export const confirmContact = () => openSheet((finish) => {
  const phone = make("input", { type: "tel", value: "+77010000000" });
  const sheet = form(t("share_contact"), t("share"), finish, make("label", {}, t("phone"), phone));
  sheet.addEventListener("submit", (event) => { event.preventDefault(); finish({ phone_number: phone.value.trim() }); });
  return sheet;
});

export const pickSticker = (stickers) => openSheet((finish) => {
  const buttons = stickers.map((emoji) => make("button", { type: "button", on: { click: () => finish({ emoji }) } }, emoji));
  return make("form", { method: "dialog" }, make("h2", {}, t("choose_sticker")), make("div", { className: "stickers" }, ...buttons));
});

export const previewFile = (file, asPhoto) => openSheet((finish) => {
  const caption = make("input", { maxLength: 1024, placeholder: t("caption"), ariaLabel: t("caption"), autofocus: true });
  const address = URL.createObjectURL(file);
  const shown = asPhoto ? make("img", { src: address, alt: file.name }) : make("p", {}, file.name);
  const sheet = form(t(asPhoto ? "send_photo" : "send_document"), t("send"), finish, shown, caption);
  sheet.addEventListener("submit", (event) => { event.preventDefault(); finish({ caption: caption.value.trim() }); });
  byId("sheet").addEventListener("close", () => URL.revokeObjectURL(address), { once: true });
  return sheet;
});
