// Small ways to build and find parts of the page. Text only ever enters as text.

export const byId = (id) => document.getElementById(id);

export function make(tag, { on = {}, data = {}, ...props } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  Object.assign(node.dataset, data);
  for (const [name, handler] of Object.entries(on)) node.addEventListener(name, handler);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name, className = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  if (className) svg.setAttribute("class", className);
  svg.append(use);
  return svg;
}

const HUES = ["#b4572f", "#2f6db4", "#8a4fb0", "#2f8a5c", "#b03a6b", "#6b7a2a", "#4a5fb8"];
export function avatar(person) {
  const node = make("span", { className: "avatar", ariaHidden: "true" }, [...person.first_name][0] ?? "?");
  node.style.setProperty("--hue", HUES[person.id % HUES.length]);
  return node;
}

let toastTimer;
export function toast(text) {
  const node = byId("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, Math.max(2500, text.length * 60));
}
