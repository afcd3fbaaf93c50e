// The messages of the rooms: all are kept here, those of one room are shown.

import { at, el } from "./dom.js";
import { drawEntry } from "./message.js";

export const TITLES = { direct: "Direct message", home: "Home" };
export const titleOf = (room) => TITLES[room] ?? `#${room}`;

export class Log {
  constructor(app) {
    this.app = app;
    this.entries = new Map();
    this.waiting = new Map();
    this.unread = new Map();
    this.place = at("log");
    this.follows = true;
    // Pictures come later than words; who was at the end stays there.
    this.place.addEventListener("load", (event) => { if (this.follows && event.target.closest(".drawn")) this.toEnd(); }, true);
    this.place.addEventListener("scroll", () => {
      this.follows = this.place.scrollHeight - this.place.scrollTop - this.place.clientHeight < 60;
      if (this.follows) at("newer").hidden = true;
    });
    at("newer").addEventListener("click", () => { this.toEnd(); this.place.focus(); });
  }

  toEnd() { this.place.scrollTop = this.place.scrollHeight; }

  begin(history) {
    this.entries = new Map(history.map((one) => [one.id, one]));
    this.unread.clear();
  }

  // Add what was missed while the line was broken; all else stays as it is.
  catchUp(history) {
    for (const one of history) {
      const known = this.entries.get(one.id);
      if (!known) this.add(one);
      else if (known.version !== one.version) this.replace(one);
    }
    this.app.drawRooms();
  }

  // Say something that is no message.
  tell(words) {
    this.place.append(el("p", { class: "entry told" }, words));
    this.toEnd();
  }

  show(room) {
    this.unread.delete(room);
    this.place.setAttribute("aria-live", "off");
    const here = [...this.entries.values()].filter((one) => one.room === room);
    this.place.replaceChildren(...(here.length ? here.map((one) => drawEntry(one, this.app)) : [this.empty(room)]));
    for (const one of this.waiting.values()) if (one.room === room) this.place.append(one.item);
    this.toEnd();
    requestAnimationFrame(() => this.place.setAttribute("aria-live", "polite"));
  }

  empty(room) {
    if (room === "home") return el("div", { class: "entry empty" }, el("p", {}, "One moment …"));
    const tries = ["/start", "/faq how much math do i need", "/tip", "/challenge", "/board"];
    const lead = room === "weekly" ? "Here the weekly posts appear." : "Type a slash and see what I can do, or press one of these:";
    return el("div", { class: "entry empty" }, el("h2", {}, room === "direct" ? "Only you and me" : `Welcome to ${titleOf(room)}`), el("p", {}, lead),
      el("div", { class: "row" }, tries.map((line) => el("button", { type: "button", class: "command", onclick: () => this.app.say(line) }, line))));
  }

  add(entry) {
    const known = this.entries.has(entry.id);
    this.entries.set(entry.id, entry);
    if (entry.room !== this.app.room) {
      if (!known && entry.room !== "home") this.unread.set(entry.room, (this.unread.get(entry.room) ?? 0) + 1);
      return;
    }
    if (known) return this.replace(entry);
    this.place.querySelector(".empty")?.remove();
    const drawn = drawEntry(entry, this.app);
    const first = this.place.querySelector(".waiting");
    this.place.insertBefore(drawn, first);
    // Whoever reads further up is not taken away from there, except to what they asked for.
    if (this.follows || entry.by === this.app.me?.name) this.scrollTo(drawn);
    else at("newer").hidden = false;
  }

  replace(entry) {
    this.entries.set(entry.id, entry);
    const old = at(`e-${entry.id}`);
    if (!old) return;
    const token = document.activeElement?.closest?.(`#e-${entry.id}`) ? document.activeElement.dataset.token ?? "" : null;
    const drawn = drawEntry(entry, this.app);
    drawn.classList.remove("appear");
    old.replaceWith(drawn);
    if (token === null) return;
    // Whoever pressed with the keyboard goes on from where they were.
    const next = [...drawn.querySelectorAll("[data-token]")].find((one) => one.dataset.token === token) ?? drawn.querySelector(".message");
    if (!next.dataset.token) next.setAttribute("tabindex", "-1");
    next.focus();
  }

  wait(n, room, line) {
    const item = el("div", { class: "entry waiting" }, line ? el("div", { class: "asked" }, el("span", { class: "words" }, line)) : "", "Stepwise is thinking …");
    this.waiting.set(n, { room, item });
    if (room === this.app.room) {
      this.place.querySelector(".empty")?.remove();
      this.place.append(item);
      this.toEnd();
    }
  }

  // Let go of what waited; when nothing came of it, say why in its place.
  done(n, trouble = "") {
    const item = this.waiting.get(n)?.item;
    if (trouble) item?.lastChild.replaceWith(trouble);
    else item?.remove();
    this.waiting.delete(n);
    if (!this.place.children.length) this.show(this.app.room);
  }

  scrollTo(item) {
    const tall = item.offsetHeight > this.place.clientHeight - 40;
    this.follows = !tall;
    if (tall) item.scrollIntoView({ block: "start" });
    else this.toEnd();
  }
}
