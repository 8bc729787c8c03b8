// Playing a voice message, and recording one.

import { fileAddress } from "./api.js";
import { byId, icon, make } from "./dom.js";
import { t } from "./labels.js";

export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

let playing = null;

export function voicePlayer(voice) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = fileAddress(voice);
  const button = make("button", { type: "button", className: "disc", ariaLabel: t("play") }, icon("play"));
  const bars = Array.from({ length: 30 }, (_, n) => {
    const bar = make("i");
    bar.style.height = `${5 + ((voice.file_unique_id.charCodeAt(n % voice.file_unique_id.length) * (n + 7)) % 22)}px`;
    return bar;
  });
  const time = make("small", {}, minutes(voice.duration));
  const draw = () => {
    const length = Number.isFinite(audio.duration) ? audio.duration : voice.duration || 1;
    bars.forEach((bar, n) => bar.classList.toggle("done", audio.currentTime > 0 && n / bars.length <= audio.currentTime / length));
    time.textContent = minutes(audio.currentTime || voice.duration);
    button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    button.setAttribute("aria-label", t(audio.paused ? "play" : "pause"));
  };
  for (const name of ["play", "pause", "timeupdate"]) audio.addEventListener(name, draw);
  audio.addEventListener("ended", () => { audio.currentTime = 0; draw(); });
  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    playing?.pause();
    playing = audio;
    return audio.play().catch(draw);
  });
  return make("div", { className: "voice" }, button, make("span", { className: "track", ariaHidden: "true" }, ...bars), time);
}

export const canRecord = () => Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia);

// Shows the recording bar; resolves with {file, duration}, or null when cancelled.
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"].find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const begun = Date.now();
  const seconds = () => (Date.now() - begun) / 1000;
  const ticking = setInterval(() => { byId("recording-time").textContent = minutes(seconds()); }, 250);
  byId("recording-time").textContent = "0:00";
  byId("composer").hidden = true;
  byId("recording").hidden = false;
  byId("recording-send").focus();
  recorder.start();
  const wanted = await new Promise((resolve) => {
    byId("recording-send").onclick = () => resolve(true);
    byId("recording-cancel").onclick = () => resolve(false);
    byId("recording").onkeydown = (event) => { if (event.key === "Escape") resolve(false); };
  });
  const duration = Math.max(1, Math.round(seconds()));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
  recorder.stop();
  await stopped;
  clearInterval(ticking);
  for (const track of stream.getTracks()) track.stop();
  byId("recording").hidden = true;
  byId("composer").hidden = false;
  const kind = (recorder.mimeType || "audio/ogg").split(";")[0];
  return wanted ? { file: new File(parts, `voice.${kind.endsWith("ogg") ? "ogg" : "webm"}`, { type: kind }), duration } : null;
}
