// Replies and notes: sent without leaving the page, never twice, and kept if sending fails.
// Drafts stay in this tab only (sessionStorage) and go when they are sent or on signing out.
const member = document.body.dataset.member;

function draftKey(form) {
  return `draft:${member}:${form.action}`;
}

export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-write]")) {
    const area = form.elements.text;
    if (!area.value) area.value = sessionStorage.getItem(draftKey(form)) ?? "";
    area.addEventListener("input", () => {
      sessionStorage.setItem(draftKey(form), area.value);
      form.querySelector(".trouble").textContent = "";
      fit(form);
    });
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        if (area.value.trim()) form.requestSubmit();
      }
    });
    fit(form);
  }
}

function fit(form) {
  const area = form.elements.text;
  form.querySelector("[data-count]").textContent = area.value.length;
  form.querySelector(".hint").classList.toggle("over", area.value.length >= area.maxLength);
  area.style.height = "auto";
  if (area.value) area.style.height = `${area.scrollHeight + 2}px`;
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function sendInPlace() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-forget]")) forgetDrafts();
    if (!form.matches("form[data-write]")) return;
    event.preventDefault();
    if (!form.querySelector("button").disabled) send(form);
  });
}

async function send(form) {
  const button = form.querySelector("button");
  const trouble = form.querySelector(".trouble");
  const area = form.elements.text;
  const sent = area.value;
  const body = new URLSearchParams(new FormData(form));
  button.disabled = true;
  trouble.textContent = "";
  try {
    const response = await fetch(form.action, { method: "POST", headers: { "X-Quiet": "1" }, body });
    if (response.ok) {
      form.elements.request_key.value = newKey();
      // Words typed while it was being sent stay.
      area.value = area.value.startsWith(sent) ? area.value.slice(sent.length).trimStart() : area.value;
      sessionStorage.setItem(draftKey(form), area.value);
      if (!area.value) sessionStorage.removeItem(draftKey(form));
      fit(form);
      document.dispatchEvent(new Event("refresh"));
    } else if (response.status === 401) {
      location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
    } else {
      trouble.textContent = (await response.text()) || trouble.dataset.trouble;
      document.dispatchEvent(new Event("refresh"));
    }
  } catch {
    trouble.textContent = trouble.dataset.trouble;
  } finally {
    button.disabled = false;
    area.focus();
  }
}

function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("draft:")) sessionStorage.removeItem(key);
  }
}
