/* Whoever comes next is there to be read while the text before is under way. Send works again once the server answered:
   until then the form is busy, and what it names is what was on the page when it was pressed. */
(() => {
  "use strict";

  let before = null;

  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    const following = document.getElementById("following");
    if (!detail.elt.matches(".work-act") || !following) return;
    before = document.querySelector("#work .work-text");
    before.replaceWith(following.content.cloneNode(true));
  });

  /* No answer, or a refusal: they are still the one whom Send is about. */
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (before && !detail.successful) document.querySelector("#work .work-text").replaceWith(before);
    before = null;
  });
})();
