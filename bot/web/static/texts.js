// Editing a text: preview and checks while one types, Ctrl+Enter, and nothing typed is lost.
// Without this file the form still saves and is checked on saving.
const form = document.getElementById("writing");
const PAUSE = 500; // milliseconds without a key until the preview follows

if (form) {
  const bench = document.getElementById("workbench");
  const beside = document.getElementById("beside");
  const key = `draft:${document.body.dataset.member}:${form.action}`;
  // With "opened" goes which text was changed: if it is no longer the present one, saving says so.
  const fields = ["title", "body", "remark", "opened"];
  const asOpened = JSON.stringify(written());
  let timer = 0;
  let asked = 0;
  let leaving = false;

  function written() {
    return Object.fromEntries(fields.map((name) => [name, form.elements[name].value]));
  }

  function put(values) {
    for (const name of fields) if (name in values) form.elements[name].value = values[name];
  }

  // The draft stays in this tab only, and goes when it has been saved or on signing out.
  function keep() {
    const now = JSON.stringify(written());
    if (now === asOpened) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, now);
  }

  function offerKept() {
    if (document.getElementById("saved")) {
      sessionStorage.removeItem(key);
      // This page, opened once more, shall not take for saved what is typed from now on.
      const plain = new URL(location.href);
      plain.searchParams.delete("notice");
      history.replaceState(null, "", plain);
    }
    const kept = sessionStorage.getItem(key);
    // A form that was given back holds the newest words already.
    if (!kept || kept === asOpened || document.querySelector(".notice.bad[role=alert]:not(.refused)")) return;
    put(JSON.parse(kept));
    document.getElementById("kept").hidden = false;
    document.getElementById("forget").addEventListener("click", () => {
      put(JSON.parse(asOpened));
      sessionStorage.removeItem(key);
      document.getElementById("kept").hidden = true;
      form.elements.body.focus();
      follow();
    });
    follow();
  }

  async function follow() {
    const mine = (asked += 1);
    beside.classList.add("behind");
    try {
      const response = await fetch(bench.dataset.preview, {
        method: "POST", headers: { "X-Quiet": "1" }, body: new URLSearchParams(new FormData(form)),
      });
      // An answer that a newer question has overtaken is not shown.
      if (!response.ok || mine !== asked) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      replace("findings", fresh);
      const verdict = document.getElementById("verdict").firstElementChild;
      document.getElementById("to-checks").replaceChildren(verdict.cloneNode(true));
      const shown = fresh.querySelector("#preview .wall");
      if (shown) replace("preview", fresh);
      // The last cards that could be shown stay, and look as old as they are.
      document.getElementById("preview").classList.toggle("behind", !shown);
    } catch {
      return; // the next key tries again; saving checks in any case
    } finally {
      if (mine === asked) beside.classList.remove("behind");
    }
  }

  function replace(id, fresh) {
    const old = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (old.isEqualNode(next)) return;
    const scrolled = old.querySelector(".wall")?.scrollTop ?? 0;
    old.replaceWith(next);
    const wall = next.querySelector(".wall");
    if (wall) wall.scrollTop = scrolled;
  }

  function goToLine(line) {
    if (line < 1) { form.elements.title.focus(); return; }
    const area = form.elements.body;
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    const height = parseFloat(getComputedStyle(area).lineHeight);
    const share = (line - 1) / Math.max(lines.length, 1);
    area.scrollTop = Math.max(share * area.scrollHeight - area.clientHeight / 2, 0);
    if (area.scrollHeight <= area.clientHeight + height) {
      scrollTo({ top: area.offsetTop + share * area.offsetHeight - innerHeight / 2, behavior: "smooth" });
    }
  }

  form.addEventListener("input", () => {
    keep();
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(document.getElementById("save"));
    }
  });
  form.addEventListener("submit", (event) => {
    // A second click while it is being saved would look like somebody else's change.
    if (leaving) event.preventDefault();
    leaving = true;
    document.getElementById("save").setAttribute("aria-busy", "true");
  });
  // A form that is come back to, such as with the browser's "back", can be sent again.
  window.addEventListener("pageshow", () => {
    leaving = false;
    document.getElementById("save").removeAttribute("aria-busy");
  });
  beside.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    if (button) goToLine(Number(button.dataset.line));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && JSON.stringify(written()) !== asOpened) event.preventDefault();
  });
  offerKept();
}

// Of a row of languages wider than a phone, the one that is looked at is in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
