/* Pages follow what others change (R3.4). A number that differs after every change is asked for while the page is seen;
   when it has become one that was not met before, the page is fetched as it would be now, and each place marked
   `data-live` becomes that. What somebody is doing stays: ticks, typed text, focus, open menus, the place in a scroll. */
(() => {
  "use strict";

  /* Milliseconds between two questions: with the time that a server keeps its answer, and that of the fetch, below 2 s. */
  const EVERY = 1400;
  const LONGEST = 60_000;

  const { watch, number } = document.body.dataset;
  if (!watch) return;

  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Making a part of the page what it would be now, with the elements that are there. */

  const TYPED = "textarea, input:not([type=hidden], [type=checkbox], [type=radio])";
  const FIELDS = "textarea, input, select";
  const NEVER = "[data-live-keep], .c-tick";
  /* What has been done to an element here, which the server knows nothing of. */
  const THEIRS = {
    value: "textarea, select, input:not([type=hidden])",
    checked: "input",
    open: "details, dialog",
    "aria-busy": "*",
    "data-changed": "tr",
  };
  const isTheirs = (element, name) => Object.hasOwn(THEIRS, name) && element.matches(THEIRS[name]);

  const isInUse = (field) => field === document.activeElement || field.value !== field.defaultValue;
  const holdsTyped = (node) => node.nodeType === Node.ELEMENT_NODE
    && (node.matches(TYPED) ? isInUse(node) : all(TYPED, node).some(isInUse));

  function become(now, fresh) {
    if (now.isEqualNode(fresh)) return;
    if (now.nodeType !== Node.ELEMENT_NODE) now.data = fresh.data;
    else if (!now.matches(NEVER)) {
      setAttributes(now, fresh);
      if (!now.matches(FIELDS)) setChildren(now, fresh);
    }
  }

  function setAttributes(now, fresh) {
    for (const { name } of [...now.attributes]) {
      if (!fresh.hasAttribute(name) && !isTheirs(now, name)) now.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (now.getAttribute(name) !== value && !isTheirs(now, name)) now.setAttribute(name, value);
    }
  }

  const isBlank = (node) => node?.nodeType === Node.TEXT_NODE && !node.data.trim();
  const isSame = (a, b) => a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");

  /* Elements with an id are found again by it. Those that have gone leave first, so that what stays is not moved:
     an element that moves loses its focus and its place. */
  function setChildren(now, fresh) {
    const staying = new Set([...fresh.children].map((child) => child.id));
    for (const child of [...now.children]) if (child.id && !staying.has(child.id)) remove(child);
    let at = now.firstChild;
    for (const wanted of [...fresh.childNodes]) {
      let found = at;
      while (found && !isSame(found, wanted)) found = found.nextSibling;
      if (!found) now.insertBefore(document.importNode(wanted, true), at);
      else {
        if (found === at) at = at.nextSibling;
        else now.insertBefore(found, at);
        become(found, wanted);
      }
    }
    while (at) {
      const next = at.nextSibling;
      remove(at);
      at = next;
    }
  }

  /* What somebody has typed stays to be read and copied, even where it can't be sent any more. */
  function remove(node) {
    if (!holdsTyped(node)) {
      if (isBlank(node.nextSibling)) node.nextSibling.remove();
      node.remove();
    } else if (node.matches(TYPED)) node.readOnly = true;
    else for (const child of [...node.childNodes]) remove(child);
  }

  /* Where somebody reads: whoever is at the newest text stays there, whoever has scrolled away keeps what they see. */

  function keepPlace(pane) {
    const top = pane.getBoundingClientRect().top;
    const atEnd = Math.abs(pane.scrollTop) < 2;
    const seen = all(".texts > *", pane).find((one) => one.getBoundingClientRect().bottom > top);
    const before = seen?.getBoundingClientRect().top;
    return () => {
      if (atEnd) pane.scrollTop = 0;
      else if (seen?.isConnected) pane.scrollTop += seen.getBoundingClientRect().top - before;
    };
  }

  function keepFocus() {
    const focused = document.activeElement;
    const inside = focused.closest("[data-live]");
    const row = focused.closest("[data-row]");
    return () => {
      if (document.activeElement === focused) return;
      const place = focused.isConnected ? focused : focused.id && byId(focused.id);
      const near = row?.isConnected && row.querySelector("a, button");
      (place || near || inside?.closest("[tabindex]") || byId("main"))?.focus({ preventScroll: true });
    };
  }

  function showAsNow(fresh) {
    const restore = [...all(".history").map(keepPlace), keepFocus()];
    const said = [];
    for (const place of all("[data-live]")) {
      const wanted = fresh.getElementById(place.id);
      if (!wanted || place.isEqualNode(wanted)) continue;
      const before = place.innerText;
      become(place, wanted);
      window.htmx?.process(place);
      if (place.dataset.live === "said" && place.innerText !== before) said.push(place.innerText.replace(/\s+/g, " ").trim());
    }
    for (const again of restore) again();
    return said.join(" ");
  }

  /* The Contacts list keeps its rows and their order until the next load, and says in the bar what has changed in it. */

  const rows = () => all("#rows > tr");
  const told = (row) => all(".c-name, .c-phone, .c-status, .c-tags, .c-agent", row).map((cell) => cell.textContent).join("|");
  const spoken = (many) => many.toLocaleString(document.documentElement.lang);

  function markChanged(before) {
    for (const row of rows()) if (before.get(row.id) !== told(row)) row.dataset.changed = "yes";
  }

  function meanwhile(total) {
    const changed = all("#rows > [data-changed]").length;
    const more = total - Number(byId("results").dataset.total);
    const words = [];
    if (changed) words.push(`${spoken(changed)} row${changed === 1 ? "" : "s"} changed meanwhile.`);
    if (more) words.push(`The list has ${spoken(Math.abs(more))} ${more > 0 ? "more" : "fewer"} now.`);
    return words.join(" ");
  }

  function sayInBar(words) {
    for (const place of all(".meanwhile")) {
      if (place.firstElementChild.textContent === words) return "";
      place.firstElementChild.textContent = words;
      place.hidden = !words;
    }
    return words;
  }

  function follow(fresh) {
    const before = new Map(rows().map((row) => [row.id, told(row)]));
    const said = [showAsNow(fresh)];
    const list = fresh.getElementById("results");
    if (list && byId("rows")) {
      markChanged(before);
      said.push(sayInBar(meanwhile(Number(list.dataset.total))));
    }
    const words = said.filter(Boolean).join(" ");
    if (words) byId("live").textContent = words;
  }

  /* This page as it would be now; a list is asked for with the rows that it shows. */
  function addressNow() {
    const base = byId("rows")?.dataset.now;
    if (!base) return location.pathname + location.search;
    const query = new URLSearchParams(location.search);
    for (const tick of all("#rows .tick")) query.append("row", tick.value);
    return `${base}?${query}`;
  }

  /* What htmx asked for meanwhile is newer, or about another list: then this answer is dropped and asked for again. */
  let swaps = 0;
  let latest = null;
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    latest = detail.xhr;
    swaps += 1;
  });
  document.addEventListener("htmx:afterSwap", () => { swaps += 1; });
  const isUnderWay = () => latest !== null && latest.readyState > XMLHttpRequest.UNSENT && latest.readyState < XMLHttpRequest.DONE;

  async function fetchAndFollow() {
    const address = addressNow();
    const at = swaps;
    const shown = all("[data-row]").map((row) => row.dataset.row).join(" ");
    const answer = await fetch(address, { cache: "no-store", headers: { "X-Live": "1", "X-Shown": shown } });
    if (answer.status < 500 && (answer.redirected || !answer.ok)) throw new Over();
    if (!answer.ok) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isUnderWay() || swaps !== at || address !== addressNow()) return false;
    follow(fresh);
    return true;
  }

  /* Asking. A number that was met before comes from another process of the server that is a moment behind. */

  class Over extends Error {}

  const MOST = 50;
  const met = new Set([number]);

  function meet(now) {
    met.add(now);
    if (met.size > MOST) met.delete(met.values().next().value);
  }

  /* While there is something new each time, this many times as long as the fetch took passes before the next question:
     where many pages are open and much happens, they ask less often instead of keeping the server from its work. */
  const PATIENCE = 32;
  let patience = 1;
  let wait = EVERY;
  let timer = 0;
  let asking = false;

  async function ask() {
    const answer = await fetch(watch, { cache: "no-store", credentials: "omit" });
    if (answer.status === 404) throw new Over();
    if (!answer.ok) throw new Error(answer.statusText);
    const now = await answer.text();
    if (met.has(now)) {
      patience = 1;
      return EVERY;
    }
    const start = performance.now();
    if (await fetchAndFollow()) meet(now);
    const pause = patience * (performance.now() - start);
    patience = Math.min(patience * 2, PATIENCE);
    return Math.max(EVERY, pause);
  }

  async function turn() {
    clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    try {
      wait = await ask();
    } catch (error) {
      /* Signed out, or not theirs any more: the next load says so. Else the server is away for a while. */
      wait = error instanceof Over ? 0 : Math.min(Math.max(wait, EVERY) * 2, LONGEST);
    }
    asking = false;
    if (wait) timer = setTimeout(turn, wait);
  }

  document.addEventListener("visibilitychange", () => { if (wait) turn(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted && wait) turn(); });
  timer = setTimeout(turn, EVERY);
})();
