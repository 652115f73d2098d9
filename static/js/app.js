/* What a page can do beyond links and forms. Every page works without this file; nothing here decides anything:
   the server says who is selected, what changes and what is refused. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const press = (id) => byId(id)?.click();

  /* Ticks. `kept` holds the ticked rows of every page of one list; ticks on other pages travel as hidden fields. */

  const kept = new Set();
  let lastTick = null;

  const mode = () => byId("results")?.dataset.mode;
  const ticks = () => all("#list .tick");

  function readTicks() {
    kept.clear();
    if (mode() === "all") return;
    for (const tick of ticks()) if (tick.checked) kept.add(tick.value);
    for (const field of all("#list-form .kept")) kept.add(field.value);
  }

  function writeTicks() {
    for (const tick of ticks()) tick.checked = kept.has(tick.value);
  }

  function carryOtherPages() {
    const form = byId("list-form");
    const here = new Set(ticks().map((tick) => tick.value));
    for (const field of all(".kept", form)) field.remove();
    for (const value of kept) {
      if (here.has(value)) continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "row", value, className: "kept" });
      form.append(field);
    }
  }

  function showPageTick() {
    const page = byId("tick-page");
    if (!page) return;
    page.parentElement.hidden = false;
    const ticked = ticks().filter((tick) => tick.checked).length;
    page.checked = ticked > 0 && ticked === ticks().length;
    page.indeterminate = ticked > 0 && ticked < ticks().length;
  }

  function showTicks() {
    showPageTick();
    if (!byId("list-form") || mode() === "all") return;
    carryOtherPages();
    const count = byId("ticked");
    if (count) count.textContent = kept.size.toLocaleString(document.documentElement.lang);
  }

  /* A chosen action stands for the rows that were ticked then: another tick takes the choice back, and keeps ticks. */
  function ticksChanged() {
    showTicks();
    if (mode() === "pending") press("cancel");
  }

  function tick(box, on) {
    box.checked = on;
    if (on) kept.add(box.value);
    else kept.delete(box.value);
  }

  function tickRange(from, to, on) {
    const boxes = ticks();
    const [start, end] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
    if (start < 0) return;
    for (const box of boxes.slice(start, end + 1)) tick(box, on);
  }

  function clearTicks() {
    kept.clear();
    writeTicks();
    ticksChanged();
  }

  let shift = false;
  document.addEventListener("pointerdown", (event) => { shift = event.shiftKey; }, true);
  document.addEventListener("keydown", () => { shift = false; }, true);

  document.addEventListener("change", ({ target }) => {
    if (target.id === "tick-page") {
      for (const box of ticks()) tick(box, target.checked);
    } else if (target.matches(".tick")) {
      if (shift && lastTick) tickRange(lastTick, target, target.checked);
      else tick(target, target.checked);
      lastTick = target;
    } else return;
    ticksChanged();
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#unselect") || mode() === "all") return;
    event.preventDefault();
    event.stopPropagation();
    clearTicks();
    byId("bar").focus();
  }, true);

  /* Dialogs. The server renders one open; here it becomes modal, and Esc is its own way out. */

  function openDialogs() {
    for (const dialog of all("dialog[data-modal][open]:not(:modal)")) {
      dialog.removeAttribute("open");
      dialog.showModal();
      dialog.querySelector("h2").focus();
    }
  }

  document.addEventListener("cancel", (event) => {
    const wayOut = event.target.querySelector?.("[data-cancel]");
    if (!wayOut) return;
    event.preventDefault();
    wayOut.click();
  }, true);

  function showKeys() {
    const dialog = byId("keys");
    dialog.showModal();
    dialog.querySelector("h2").focus();
  }

  /* Menus: a details element; arrows walk through it, Esc and a press elsewhere close it. */

  function walkMenu(menu, step) {
    menu.open = true;
    const items = all(".float :is(a, button)", menu);
    const at = items.indexOf(document.activeElement);
    items.at((Math.max(at, step < 0 ? 0 : -1) + step) % items.length)?.focus();
  }

  function menuKey(event, menu) {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !isTyping(event.target)) {
      walkMenu(menu, event.key === "ArrowDown" ? 1 : -1);
    } else return false;
    event.preventDefault();
    return true;
  }

  document.addEventListener("click", ({ target }) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  });

  /* Keys of a list. None saves, opts out or redacts; silent while typing; off by the person's own setting. */

  const isTyping = (target) => target.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
  const names = () => all("#list tbody .c-name a");
  const rowAt = () => document.activeElement?.closest("#list tbody tr");

  function walkRows(step) {
    const links = names();
    const at = links.findIndex((link) => link.closest("tr") === rowAt());
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  }

  function tickRow() {
    const box = rowAt()?.querySelector(".tick");
    if (box && !box.disabled) box.click();
  }

  function leave() {
    if (mode() === "pending") press("cancel");
    else if (kept.size) clearTicks();
    else if (mode() === "all") press("unselect");
  }

  const keys = {
    "/": () => byId("q").focus(),
    j: () => walkRows(1),
    k: () => walkRows(-1),
    x: tickRow,
    Enter: () => rowAt()?.querySelector(".c-name a").click(),
    Escape: leave,
    "?": showKeys,
  };

  function isForList(event) {
    if (!byId("results") || document.body.dataset.shortcuts !== "on") return false;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
    return !document.querySelector("dialog:modal");
  }

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest("details.menu");
    if (menu && menuKey(event, menu)) return;
    /* Enter on a box would send the form's first button; on a link or a button it is the browser's own. */
    const onTick = event.target.matches("#list .tick, #tick-page");
    if (event.key === "Enter" && onTick) event.preventDefault();
    if (!isForList(event) || !Object.hasOwn(keys, event.key)) return;
    if (event.key === "Enter" && !onTick) return;
    event.preventDefault();
    keys[event.key]();
  });

  /* Busy: a form that is on its way is not sent twice. */

  function settle(form) {
    delete form.dataset.busy;
    for (const button of all("[aria-busy]", document)) if (button.form === form) button.removeAttribute("aria-busy");
  }

  /* A file is the browser's to fetch. The page stays, so only its own button waits, and nothing says when it has come. */

  const DOWNLOAD_PAUSE = 2000;

  function download(event) {
    const button = event.submitter;
    event.stopImmediatePropagation();
    if (button.ariaBusy === "true") {
      event.preventDefault();
      return;
    }
    button.ariaBusy = "true";
    setTimeout(() => button.removeAttribute("aria-busy"), DOWNLOAD_PAUSE);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (event.submitter?.hasAttribute("data-download")) {
      download(event);
      return;
    }
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  }, true);

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[aria-disabled=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  /* Answers without a load (htmx). */

  let typed = null;

  function showTrouble(kind) {
    const place = byId("trouble");
    for (const note of all(":scope > .note", place)) note.remove();
    if (kind) place.append(byId(`trouble-${kind}`).content.cloneNode(true));
  }

  const isWholePage = (text) => /^\s*<!doctype/i.test(text);

  /* Letters typed while an answer was under way are not lost: they are put back, and asked for once the new form listens. */
  function keepTyping() {
    const box = byId("q");
    typed = document.activeElement === box ? { value: box.value, at: box.selectionStart } : null;
  }

  function restoreTyping() {
    const box = byId("q");
    if (box && typed && box.value !== typed.value) {
      box.value = typed.value;
      box.setSelectionRange(typed.at, typed.at);
    } else typed = null;
  }

  document.addEventListener("htmx:afterSettle", () => {
    if (typed) byId("q")?.dispatchEvent(new Event("input", { bubbles: true }));
    typed = null;
  });

  /* Focus has gone with what was pressed: it goes to the button that led here, else to what tells the result: the bar
     of a list; in a conversation, after a change, what can be done next, and else its title. */
  function placeFocus(chosen, posted) {
    if (document.querySelector("dialog:modal")) return;
    if (document.activeElement !== document.body && document.activeElement?.checkVisibility()) return;
    const places = [chosen, "bar", ...(posted ? ["more", "activity"] : []), "thread-title"];
    places.map(byId).find((place) => place?.checkVisibility())?.focus({ preventScroll: true });
  }

  const chosenAction = () => document.querySelector(".bar-actions [aria-pressed=true]")?.id;

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    for (const name of new Set(detail.formData.keys())) if (!detail.formData.get(name)) detail.formData.delete(name);
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isWholePage(detail.xhr.responseText) && !detail.isError) {
      detail.shouldSwap = false;
      /* Whoever has typed something does not lose it to the sign-in page. */
      if (detail.requestConfig.elt.hasAttribute("data-typed")) showTrouble("refused");
      else window.location.assign(detail.xhr.responseURL);
      return;
    }
    detail.xhr.keepsTicks = detail.requestConfig.elt.hasAttribute("data-keeps-ticks");
    detail.xhr.chosen = chosenAction();
    detail.xhr.posted = detail.requestConfig.verb === "post";
    if (detail.requestConfig.elt.id === "filters") keepTyping();
  });

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const { keepsTicks, chosen, posted } = detail.xhr;
    const now = mode();
    if (keepsTicks && now === "rest") writeTicks();
    else if (now !== "pending") readTicks();
    lastTick = null;
    showTrouble(null);
    refresh();
    restoreTyping();
    placeFocus(chosen, posted);
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt.matches("form")) settle(detail.elt);
  });
  document.addEventListener("htmx:responseError", () => showTrouble("refused"));
  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(lost, ({ detail }) => showTrouble(detail.elt.dataset.away ?? "away"));
  }

  /* The head of the table sticks to the lower edge of the bar, however tall larger text has made it. */

  const tall = new ResizeObserver(([entry]) => {
    const fixed = getComputedStyle(entry.target).position === "fixed";
    byId("results")?.style.setProperty("--bar-now", fixed ? "0px" : `${entry.target.offsetHeight}px`);
  });

  /* A receipt is printed by the browser; without a script its own menu does it. */

  function offerPrinting() {
    for (const button of all("[data-print]")) {
      button.hidden = false;
      button.onclick = () => window.print();
    }
  }

  /* On a phone the tabs scroll sideways: the current one is in view from the start, with a hint of the next. */

  function showTab() {
    const tab = document.querySelector(".tabs [aria-current]");
    const tabs = tab?.closest(".tabs");
    if (tabs) tabs.scrollLeft = tab.offsetLeft + tab.offsetWidth + 48 - tabs.clientWidth;
  }

  function refresh() {
    showTicks();
    openDialogs();
    offerPrinting();
    tall.disconnect();
    if (byId("bar")) tall.observe(byId("bar"));
  }

  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-busy]")) settle(form);
    readTicks();
    refresh();
    showTab();
  });
})();
