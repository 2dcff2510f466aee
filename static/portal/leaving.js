// A form that was changed, or that came back with faults and is not saved yet, is not left by mistake. Without this script
// everything works as well, but for the question.
(() => {
  "use strict";
  const unsaved = new Set();
  const note = ({ target }) => {
    const form = target.form;
    if (form && form.method === "post") unsaved.add(form);
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", ({ target }) => unsaved.delete(target));
  const waiting = "form[method=post] .errorlist, form[data-unsaved]";
  for (const each of document.querySelectorAll(waiting)) unsaved.add(each.closest("form"));
  window.addEventListener("beforeunload", event => {
    if (unsaved.size) event.preventDefault();
  });
})();
