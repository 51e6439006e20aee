/* Forms: the error summary is read first, a step is not sent twice by an impatient finger. */

/** Puts the focus on the error summary, so that keyboard and screen reader start there. */
export function focusErrors() {
  document.querySelector("[data-error-summary]")?.focus();
}

/** Lets each form be sent once; the server refuses a second time anyway, this only spares the fright. */
export function guardDoubleSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  // A page that comes back from the browser's memory must be usable again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });
}

/** Shows the print button where there is something to print with. */
export function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

function release(form) {
  delete form.dataset.sent;
  buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
}

/* Also finds buttons outside the form that name it by its id. */
function buttonsOf(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}
