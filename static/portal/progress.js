// While a long table is looked at or written, how far it has come is told below the button. Without this script the page
// waits without a word.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-progress]")) {
    form.addEventListener("submit", () => {
      const told = form.querySelector("[role=status]");
      setInterval(async () => {
        const answer = await fetch(form.dataset.progress).catch(() => null);
        if (answer?.ok) told.textContent = await answer.text();
      }, 500);
    });
  }
})();
