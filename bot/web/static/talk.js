// The conversation scrolls inside its own frame on wide screens, with the page on phones.
const NEAR = 80;

function frame() {
  return document.getElementById("conversation");
}

export function isAtNewest() {
  const talk = frame();
  return Boolean(talk) && talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR;
}

export function scrollToNewest() {
  const talk = frame();
  if (talk) talk.scrollTop = talk.scrollHeight;
}
