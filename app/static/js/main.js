/* What every page may use; each part does nothing where its element is missing, and no page needs it. */
import { focusErrors, guardDoubleSubmit, offerPrinting } from "./forms.js";
import { closeMenuFromOutside } from "./menu.js";

focusErrors();
guardDoubleSubmit();
offerPrinting();
closeMenuFromOutside();
