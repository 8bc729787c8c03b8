// The conversation scrolls inside its own frame on wide screens, with the page on phones.
const NEAR = 80;

function newest() {
  return document.querySelector("#conversation > li:last-child");
}

function ownFrame() {
  const talk = document.getElementById("conversation");
  return talk && getComputedStyle(talk).overflowY === "auto" ? talk : null;
}

export function isAtNewest() {
  const talk = ownFrame();
  if (talk) return talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR;
  return Boolean(newest()) && newest().getBoundingClientRect().top < innerHeight;
}

export function scrollToNewest() {
  const talk = ownFrame();
  if (talk) talk.scrollTop = talk.scrollHeight;
  else newest()?.scrollIntoView({ block: "end" });
}

// Pictures arrive after the words and push the newest ones out of the frame.
function keepAtNewest() {
  const talk = ownFrame();
  if (!talk) return;
  let following = true;
  talk.addEventListener("scroll", () => { following = isAtNewest(); });
  talk.addEventListener("load", () => { if (following) scrollToNewest(); }, true);
}

export function openTalk() {
  const more = document.getElementById("more");
  if (more && ownFrame()) more.open = true;
  // A case that is new to everybody begins with its facts, any other with the latest words.
  if (ownFrame() || document.querySelector(".entry.worker")) scrollToNewest();
  keepAtNewest();
}
