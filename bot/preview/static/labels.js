// The page's own words, in English and Russian.

let all = {};
let language = "en";
const listeners = [];

export async function loadLabels() {
  all = await (await fetch("/chat/static/labels.json")).json();
  const kept = localStorage.getItem("komek-language");
  language = kept in all ? kept : navigator.language.startsWith("ru") ? "ru" : "en";
  apply();
}

export const t = (key, values = {}) =>
  (all[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export const currentLanguage = () => language;
export const onLanguage = (listener) => listeners.push(listener);

export function toggleLanguage() {
  language = language === "en" ? "ru" : "en";
  localStorage.setItem("komek-language", language);
  apply();
  for (const listener of listeners) listener();
}

function apply() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-title]")) {
    node.title = t(node.dataset.tTitle);
    node.setAttribute("aria-label", node.title);
  }
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

export const clockTime = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });

export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  const passed = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 864e5);
  if (passed === 0) return t("today");
  if (passed === 1) return t("yesterday");
  return day.toLocaleDateString(language, { day: "numeric", month: "long" });
}
