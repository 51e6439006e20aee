/* The menu of small screens is a <details>: it opens by itself. This only closes it again. */

/** Closes the open menu on Escape and on a click beside it. */
export function closeMenuFromOutside() {
  const menu = document.querySelector(".bb-menu");
  if (!menu) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
