// Listens to the server and takes over what changed, leaving focus, scroll and typed text alone.
import { countWaiting } from "./waiting.js";
import { isAtNewest, scrollToNewest } from "./talk.js";
import { keepDrafts } from "./writing.js";
import { chime } from "./sound.js";

const live = document.getElementById("live");
const plainTitle = document.title;
let fetching = false;
let again = false;

export function followChanges() {
  if (!live) return;
  let source = null;
  const listen = () => {
    source?.close();
    source = new EventSource(`/events?since=${encodeURIComponent(live.dataset.pulse)}`);
    source.addEventListener("news", refresh);
    source.addEventListener("over", () => location.reload());
    source.addEventListener("open", () => showOffline(false));
    source.addEventListener("error", () => {
      showOffline(true);
      // After an answer that is no stream a browser does not try again by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { refresh(); listen(); }, 5000);
    });
  };
  listen();
  document.addEventListener("refresh", refresh);
  // A browser allows few streams per site: a hidden case page gives its own up. The queue keeps
  // listening, for it may ring.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && live.dataset.case) source.close();
    else if (!document.hidden && source.readyState === EventSource.CLOSED) listen();
  });
  countUnread();
}

let offlineTimer = 0;
function showOffline(isOffline) {
  clearTimeout(offlineTimer);
  const notice = document.getElementById("offline");
  if (isOffline) offlineTimer = setTimeout(() => { notice.hidden = false; }, 4000);
  else notice.hidden = true;
}

async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const response = await fetch(location.href, { headers: { "X-Quiet": "1" }, cache: "no-store" });
    if (response.status === 401) { location.reload(); return; }
    if (response.ok) takeOver(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    showOffline(true);
  } finally {
    fetching = false;
    if (again) { again = false; refresh(); }
  }
}

function takeOver(fresh) {
  const focused = document.activeElement?.id;
  const newest = isAtNewest();
  countWaiting(fresh);
  live.dataset.pulse = fresh.getElementById("live").dataset.pulse;
  for (const part of live.querySelectorAll("[data-part]")) replacePart(part, fresh.getElementById(part.id));
  for (const list of live.querySelectorAll("[data-list]")) updateList(list, fresh.getElementById(list.id));
  if (newest) scrollToNewest();
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  countUnread();
}

function replacePart(old, fresh) {
  if (!fresh) return;
  if (old.dataset.mode !== undefined) {
    // The place where somebody writes changes only when what may be written changes.
    if (old.dataset.mode === fresh.dataset.mode) return;
  } else if (sameHtml(old, fresh)) return;
  const open = old.querySelector("details[open]")?.id;
  const chosen = old.querySelector("select")?.value;
  old.replaceWith(fresh);
  if (open && document.getElementById(open)) document.getElementById(open).open = true;
  if (chosen && fresh.querySelector("select")) fresh.querySelector("select").value = chosen;
  keepDrafts(fresh);
}

function sameHtml(old, fresh) {
  const plain = old.cloneNode(true);
  for (const details of plain.querySelectorAll("details")) details.open = false;
  return plain.isEqualNode(fresh);
}

function updateList(old, fresh) {
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((item) => item.id));
  for (const item of [...old.children]) if (!ids.has(item.id)) item.remove();
  let place = old.firstElementChild;
  for (const item of wanted) {
    let present = document.getElementById(item.id);
    if (!present) {
      item.classList.add("fresh");
      announce(item);
      present = item;
    } else {
      if (present === place) place = place.nextElementSibling;
      present.classList.remove("fresh");
      if (!present.isEqualNode(item)) {
        present.replaceWith(item);
        present = item;
      }
      if (present.nextElementSibling === place) continue;
    }
    old.insertBefore(present, place);
  }
}

function announce(item) {
  const status = document.getElementById("announce");
  if (!status || !item.querySelector("[data-since]")) return;
  status.textContent = status.dataset.new.replace("#", item.dataset.number);
  chime();
}

function countUnread() {
  const unread = document.querySelectorAll(".line.unread").length;
  document.title = unread ? `(${unread}) ${plainTitle}` : plainTitle;
}
