/* Writing to a contact: Ctrl+Enter sends; whoever writes claims the thread, so that the others see who (R7.2). */
"use strict";

(() => {
  /* Milliseconds between two claims; one holds for two minutes. */
  const BETWEEN = 30_000;
  let claimed = -Infinity;

  const isOurs = (target) => target.id === "write" && target.form?.dataset.claim;

  function claim(form) {
    if (performance.now() - claimed < BETWEEN) return;
    claimed = performance.now();
    const token = form.elements.csrfmiddlewaretoken.value;
    fetch(form.dataset.claim, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => { claimed = -Infinity; });
  }

  document.addEventListener("input", ({ target }) => {
    if (isOurs(target)) claim(target.form);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !isOurs(event.target)) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
})();
