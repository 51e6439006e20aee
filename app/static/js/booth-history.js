/* The way back: the browser's own button must not ask to send a ballot again. */

/** Gives the check page, which a form led to, the address of the ballot paper in the browser's history. */
export function leaveNoPostBehind() {
  const page = document.querySelector("[data-back-to]");
  if (page) history.replaceState(null, "", page.dataset.backTo);
}
