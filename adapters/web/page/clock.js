// The demo's time: a slider over the days that lie ahead, and a button for the next Monday.

import { at, el } from "./dom.js";

const DAY = 24 * 60 * 60 * 1000;
// Somebody who moves the slider with the arrow keys is not taken to each day on the way.
const STILL = 500;
const NAMED = { weekday: "long", day: "numeric", month: "long" };

export class DemoClock {
  constructor(go) {
    this.go = go;
    this.slider = at("slider");
    this.slider.addEventListener("input", () => this.point());
    this.slider.addEventListener("change", () => this.leave());
    at("next-monday").addEventListener("click", () => this.moving || go("monday"));
  }

  get words() { return at("now").textContent; }

  show(clock) {
    at("clock").hidden = !clock.moves;
    at("now").textContent = new Date(clock.now).toLocaleString([], { ...NAMED, hour: "2-digit", minute: "2-digit" });
    at("now").setAttribute("datetime", clock.now);
    if (clock.moves) this.place(Date.parse(clock.first), Date.parse(clock.last), Date.parse(clock.now));
    this.wait(false);
  }

  place(first, last, now) {
    Object.assign(this, { first, today: Math.floor((now - first) / DAY) });
    this.slider.max = (last - first) / DAY;
    const days = [...Array(Number(this.slider.max) + 1).keys()];
    at("mondays").replaceChildren(...days.filter((day) => this.date(day).getUTCDay() === 1).map((day) => el("option", { value: day })));
    this.slider.value = this.today;
    this.point();
  }

  // Show where the slider stands; it does not go back behind today.
  point() {
    clearTimeout(this.going);
    if (this.slider.valueAsNumber < this.today || this.moving) this.slider.value = this.today;
    const ahead = this.slider.valueAsNumber - this.today;
    at("then").textContent = ahead ? this.date(this.slider.valueAsNumber).toLocaleDateString([], { ...NAMED, timeZone: "UTC" }) : "another day";
    this.slider.setAttribute("aria-valuetext", ahead ? `${at("then").textContent}, ${ahead} ${ahead === 1 ? "day" : "days"} ahead` : "today");
  }

  leave() {
    clearTimeout(this.going);
    this.going = setTimeout(() => this.slider.valueAsNumber > this.today && this.go(this.date(this.slider.valueAsNumber).toISOString().slice(0, 10)), STILL);
  }

  // Whatever has the focus keeps it, so nothing is disabled.
  wait(moving = true) {
    this.moving = moving;
    at("clock").setAttribute("aria-busy", String(moving));
  }

  date(day) { return new Date(this.first + day * DAY); }
}
