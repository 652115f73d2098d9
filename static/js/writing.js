/* Writing to a contact: Ctrl+Enter sends; whoever writes claims the thread, so that the others see who (R7.2). */
(() => {
  "use strict";

  /* Milliseconds between two claims; one holds for two minutes. */
  const BETWEEN = 30_000;
  let claimed = -Infinity;

  const byId = (id) => document.getElementById(id);
  const isOurs = (target) => target.id === "write" && target.form?.id === "writing";

  function claim({ target }) {
    if (!isOurs(target) || target.readOnly || performance.now() - claimed < BETWEEN) return;
    claimed = performance.now();
    const token = target.form.elements.csrfmiddlewaretoken.value;
    fetch(target.form.dataset.claim, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => { claimed = -Infinity; });
  }

  document.addEventListener("focusin", claim);
  document.addEventListener("input", claim);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !isOurs(event.target)) return;
    event.preventDefault();
    if (!event.target.readOnly) event.target.form.requestSubmit(byId("send"));
  });

  /* A press on the button leaves the focus, and a phone's keyboard, where they are. */
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("#send") && document.activeElement === byId("write")) event.preventDefault();
  });

  /* The box is emptied once its text was taken; what was typed meanwhile stays. */

  let sent = "";
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.id === "writing") sent = byId("write").value;
  });

  document.addEventListener("taken", () => {
    const box = byId("write");
    if (box?.form && box.value.startsWith(sent)) box.value = box.value.slice(sent.length).trimStart();
    byId("composer").closest(".talk").querySelector(".history").scrollTop = 0;
    if (!box?.readOnly) box?.focus();
  });

  /* The box is locked while another agent writes, and says what was wrong with its text. */
  function follow() {
    /* Of a thread that was locked meanwhile only the typed words are left. */
    if (!byId("writing") || !byId("writer") || !byId("send") || !byId("unsent")) return;
    const others = byId("writer").childElementCount > 0;
    byId("write").readOnly = others;
    byId("send").ariaDisabled = others ? "true" : null;
    byId("write").ariaInvalid = byId("unsent").childElementCount ? "true" : null;
  }

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt.id === "writing") follow();
  });

  /* A claim lapses without a change that pages would follow. */

  let told = "";
  let since = 0;
  setInterval(() => {
    const writer = byId("writer")?.firstElementChild;
    const tells = writer ? `${writer.textContent} ${writer.dataset.seconds}` : "";
    if (tells !== told) {
      told = tells;
      since = performance.now();
    } else if (writer && performance.now() - since > writer.dataset.seconds * 1000) {
      writer.remove();
    }
    follow();
  }, 1000);
})();
