/* The page that asks for the town: takes the code out of the address and lays it into the links. */

/** Carries the code of a scanned QR on to the booth of the town somebody chooses. */
export function carryCode() {
  const code = location.hash;
  const isPlace = document.getElementById(code.slice(1)) !== null;
  if (!document.querySelector("[data-carries-code]") || code.length < 2 || isPlace) return;
  history.replaceState(null, "", location.pathname + location.search);
  for (const link of document.querySelectorAll("[data-carries-code] a, .bb-lang a")) {
    link.hash = code;
  }
}
