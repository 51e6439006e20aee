/* The code on the letter's QR is a fragment (#CODE): browsers do not send it, so no log ever sees it. */

/** Reads the code from the address, wipes the address, and sends the form that asks for the code. */
export function enterCodeFromAddress() {
  const form = document.querySelector("form[data-code-form]");
  const code = codeIn(location.hash);
  if (!form || !code) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = code;
  form.requestSubmit();
}

/* A fragment that leads to a place on the page, or that cannot be read, is no code. */
function codeIn(fragment) {
  try {
    const text = decodeURIComponent(fragment.slice(1)).trim();
    return document.getElementById(text) ? "" : text;
  } catch {
    return "";
  }
}
