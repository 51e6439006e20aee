/* The booth: counts along while someone chooses, and takes the code out of the address.
   Nothing is stored on the device and nothing leaves it before the voter sends the form. */
import { Budget } from "./budget.js";
import { enterCodeFromAddress } from "./code.js";

enterCodeFromAddress();
for (const ballot of document.querySelectorAll("[data-ballot]")) {
  new Budget(ballot, document.querySelector("[data-purse]")).start();
}
