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
  for (const fault of document.querySelectorAll("form[method=post] .errorlist")) unsaved.add(fault.closest("form"));
  window.addEventListener("beforeunload", event => {
    if (unsaved.size) event.preventDefault();
  });
})();
