// The desk works without this file; with it pages stay fresh and nothing typed is lost.
import { followChanges } from "./live.js";
import { countWaiting } from "./waiting.js";
import { keepDrafts, sendInPlace } from "./writing.js";
import { offerSound } from "./sound.js";
import { openTalk } from "./talk.js";

countWaiting(document);
setInterval(() => countWaiting(document), 10_000);
keepDrafts(document);
sendInPlace();
offerSound();
openTalk();
followChanges();

// The forms that open below a button close with Escape and give the focus back.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("details.closing[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
