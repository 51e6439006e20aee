/* Says what is left of the budget, in words and as a bar, and which projects do not fit any more.
   All sentences come from the page, in the voter's language; the server checks everything again. */

const SVG = "http://www.w3.org/2000/svg";

export class Budget {
  /**
   * @param {HTMLElement} ballot the options; data-budget in cents, data-limit most choices
   * @param {HTMLElement | null} purse where the rest is told
   */
  constructor(ballot, purse) {
    this.ballot = ballot;
    this.purse = purse;
    this.budget = Number(ballot.dataset.budget) || null;
    this.limit = Number(ballot.dataset.limit) || null;
    this.boxes = [...ballot.querySelectorAll("input[data-cost]")];
    const language = document.documentElement.lang;
    this.plural = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
    this.language = language;
  }

  start() {
    this.ballot.addEventListener("change", () => this.update());
    // What does not fit stays reachable by keyboard, so that its reason can be read; only ticking it is refused.
    this.ballot.addEventListener("click", (event) => {
      if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
    });
    window.addEventListener("pageshow", () => this.update());
    this.update();
  }

  update() {
    const chosen = this.boxes.filter((box) => box.checked);
    const spent = chosen.reduce((sum, box) => sum + costOf(box), 0);
    this.markWhatDoesNotFit(chosen.length, spent);
    if (this.purse) this.tell(chosen, spent);
  }

  markWhatDoesNotFit(count, spent) {
    for (const box of this.boxes) {
      const reason =
        box.checked || box.type === "radio" ? "" : this.reasonAgainst(box, count, spent);
      const foot = document.getElementById(`${box.id}-foot`);
      box.toggleAttribute("aria-disabled", false);
      if (reason) box.setAttribute("aria-disabled", "true");
      foot.hidden = !reason;
      foot.textContent = reason;
    }
  }

  reasonAgainst(box, count, spent) {
    const missing = this.budget === null ? 0 : spent + costOf(box) - this.budget;
    if (missing > 0) return this.ballot.dataset.tooDear.replace("{missing}", this.money(missing));
    if (this.limit !== null && count >= this.limit) return this.ballot.dataset.tooMany;
    return "";
  }

  tell(chosen, spent) {
    const sentences = this.purse.dataset;
    const sentence =
      this.plural.select(chosen.length) === "one" ? sentences.chosenOne : sentences.chosenOther;
    const count = this.numbers.format(chosen.length);
    setText(this.purse, "[data-purse-chosen]", sentence.replace("{count}", count));
    if (this.budget === null) return;
    const left = this.budget - spent;
    const words = left < 0 ? sentences.over : sentences.left;
    setText(this.purse, "[data-purse-left]", words.replace("{money}", this.money(Math.abs(left))));
    this.purse.toggleAttribute("data-over-budget", left < 0);
    this.drawBar(chosen, spent);
  }

  drawBar(chosen, spent) {
    const bar = this.purse.querySelector("[data-purse-bar]");
    const label = this.purse.dataset.bar
      .replace("{budget}", this.money(this.budget))
      .replace("{spent}", this.money(spent))
      .replace("{left}", this.money(Math.max(this.budget - spent, 0)));
    bar.setAttribute("aria-label", label);
    const whole = Math.max(this.budget, spent);
    let start = 0;
    const stones = chosen.map((box, index) => {
      const stone = stoneAt(start / whole, costOf(box) / whole, index);
      start += costOf(box);
      return stone;
    });
    bar.replaceChildren(...stones);
  }

  /** Whole euros without cents, as the server writes them. */
  money(cents) {
    const digits = cents % 100 === 0 ? 0 : 2;
    return new Intl.NumberFormat(this.language, {
      style: "currency",
      currency: "EUR",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(cents / 100);
  }
}

function costOf(box) {
  return Number(box.dataset.cost);
}

function setText(root, selector, text) {
  const element = root.querySelector(selector);
  // An unchanged sentence is left alone, so that it is not read aloud again.
  if (element.textContent !== text) element.textContent = text;
}

function stoneAt(start, share, index) {
  const stone = document.createElementNS(SVG, "rect");
  stone.setAttribute("class", `bb-stone bb-stone--plate${index % 2 ? "-even" : ""}`);
  stone.setAttribute("x", `${start * 100}%`);
  stone.setAttribute("width", `${share * 100}%`);
  stone.setAttribute("height", "100%");
  return stone;
}
