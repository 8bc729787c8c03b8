// Talks to /chat/api. Every failure is said to the person in a toast.

import { toast } from "./dom.js";
import { t } from "./labels.js";

async function request(path, options) {
  let response;
  try {
    response = await fetch(`/chat/api/${path}`, options);
  } catch {
    toast(t("gone"));
    throw new Error("gone");
  }
  if (response.ok) return response.json();
  const reason = (await response.json().catch(() => ({}))).reason;
  toast(reason ?? t("failed"));
  throw new Error(reason);
}

export const load = (path) => request(path);

export const send = (path, body = {}) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export function upload(path, file, fields = {}) {
  const form = new FormData();
  form.append("file", file, file.name ?? "voice.ogg");
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return request(path, { method: "POST", body: form });
}

export const fileAddress = (file) => `/chat/api/files/${encodeURIComponent(file.file_unique_id)}`;

const KINDS = ["person", "message", "edited", "deleted", "seen", "keyboard", "action", "answer", "blocked", "bot"];

export function listen(onEvent, onReady, onLost) {
  const source = new EventSource("/chat/api/events");
  source.addEventListener("ready", onReady);
  source.addEventListener("error", onLost);
  for (const kind of KINDS) source.addEventListener(kind, (event) => onEvent(JSON.parse(event.data)));
}
