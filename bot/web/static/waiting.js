// Waiting times that count, in the same short units as the server writes them.
// The units are the server's: not every browser knows Kazakh ones.
const page = document.getElementById("live");
const units = JSON.parse(page?.dataset.units ?? "{}");
// The server's clock counts: that of an old office computer may be hours off.
const loaded = page?.dataset.now;
const ahead = loaded ? Date.parse(loaded) - Date.now() : 0;

function unit(number, name) {
  const [one, two] = units[name];
  return number === 1 ? one : two.replace("2", number);
}

function length(minutes) {
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days) return unit(days, "day") + (hours % 24 ? ` ${unit(hours % 24, "hour")}` : "");
  if (hours) return unit(hours, "hour") + (minutes % 60 ? ` ${unit(minutes % 60, "minute")}` : "");
  return minutes ? unit(minutes, "minute") : null;
}

export function countWaiting(root) {
  const now = Date.now() + ahead;
  for (const time of root.querySelectorAll("time[data-since]")) {
    const text = length(Math.max(0, Math.floor((now - Date.parse(time.dataset.since)) / 60_000)));
    if (text && time.textContent !== text) time.textContent = text;
  }
  for (const waiting of root.querySelectorAll("[data-late]")) {
    waiting.classList.toggle("late", now > Date.parse(waiting.dataset.late));
  }
}
