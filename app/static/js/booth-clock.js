/* Time in the booth: asks before the page runs out, and counts the last ten minutes down.
   Seconds come from the server, so that a wrong clock in the voter's device changes nothing. */

const WARN_BEFORE = 120;
const LAST_MINUTES = 10;

export class BoothClock {
  /** @param {HTMLElement} element data-stay and data-until-close in seconds, and the sentences */
  constructor(element) {
    this.element = element;
    this.countdown = element.querySelector("[data-countdown]");
    this.dialog = element.querySelector("[data-still-there]");
    this.plural = new Intl.PluralRules(document.documentElement.lang);
    this.closesAt = Date.now() + Number(element.dataset.untilClose) * 1000;
    this.restart();
  }

  start() {
    this.element
      .querySelector("[data-stay-here]")
      .addEventListener("click", () => this.extend());
    // A page from the browser's memory may belong to the voter before.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  restart() {
    this.endsAt = Date.now() + Number(this.element.dataset.stay) * 1000;
  }

  tick() {
    const stay = secondsUntil(this.endsAt);
    if (stay <= 0) this.leave();
    else if (stay <= WARN_BEFORE && !this.dialog.open) this.dialog.showModal();
    this.tellClosing(secondsUntil(this.closesAt));
  }

  /* Also takes the right to vote from the device, as the button does. */
  leave() {
    clearInterval(this.timer);
    document.querySelector("form[data-leave]").requestSubmit();
  }

  tellClosing(seconds) {
    if (seconds > LAST_MINUTES * 60) return;
    const sentence = this.sentence(seconds);
    this.countdown.hidden = false;
    // Told once a minute, not once a second.
    if (this.countdown.textContent !== sentence) this.countdown.textContent = sentence;
  }

  sentence(seconds) {
    const words = this.element.dataset;
    if (seconds <= 0) return words.over;
    const minutes = Math.floor(seconds / 60);
    if (minutes === 0) return words.last;
    const one = this.plural.select(minutes) === "one";
    return (one ? words.minutesOne : words.minutesOther).replace("{minutes}", String(minutes));
  }

  async extend() {
    const failed = this.dialog.querySelector("[data-extend-failed]");
    try {
      const answer = await fetch(this.element.dataset.extend, {
        method: "POST",
        headers: { "X-CSRFToken": this.element.dataset.token },
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      failed.hidden = true;
      this.restart();
      this.dialog.close();
    } catch {
      failed.hidden = false;
    }
  }
}

function secondsUntil(moment) {
  return Math.ceil((moment - Date.now()) / 1000);
}
