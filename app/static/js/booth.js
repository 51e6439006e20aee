/* The booth: counts along while someone chooses, takes the code out of the address, watches the time.
   Nothing is stored on the device and nothing leaves it before the voter sends the form. */
import { BoothClock } from "./booth-clock.js";
import { leaveNoPostBehind } from "./booth-history.js";
import { carryCode } from "./booth-towns.js";
import { Budget } from "./budget.js";
import { enterCodeFromAddress } from "./code.js";

function takeCodeFromAddress() {
  enterCodeFromAddress();
  carryCode();
}

takeCodeFromAddress();
// Scanned while this very page stands open: the browser changes the address without loading again.
window.addEventListener("hashchange", takeCodeFromAddress);
leaveNoPostBehind();
for (const ballot of document.querySelectorAll("[data-ballot]")) {
  new Budget(ballot, document.querySelector("[data-purse]")).start();
}
for (const element of document.querySelectorAll("[data-booth-clock]")) {
  new BoothClock(element).start();
}
