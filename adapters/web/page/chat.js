// The chat page: puts the line, the rooms, the messages and the forms together.

import { DemoClock } from "./clock.js";
import { Composer } from "./composer.js";
import { at, el, aloud } from "./dom.js";
import { discordForm } from "./discord.js";
import { FormDialog } from "./form.js";
import { Log, titleOf } from "./log.js";
import { slackForm } from "./slack.js";
import { Line } from "./socket.js";

const KEPT = "stepwise-seat";
const HOME = "home";
const WIDE = matchMedia("(min-width: 761px)");

class App {
  constructor() {
    Object.assign(this, { room: "general", rooms: [], previews: [], menus: [], names: [], commands: new Set(), calls: new Map() });
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.dialog = new FormDialog(this);
    this.write = (text) => this.composer.write(text.includes(" ") ? text : `${text} `);
    this.line = new Line((frame) => this.hear(frame), (words) => this.state(words));
    at("seat").addEventListener("submit", (event) => { event.preventDefault(); this.sit(at("name").value, at("organiser").checked); });
    at("menu").addEventListener("click", () => this.toggle());
    addEventListener("hashchange", () => this.turn());
    this.clock = new DemoClock((to) => this.line.put({ do: "jump", to }));
    document.addEventListener("keydown", (event) => this.shortcut(event));
    WIDE.addEventListener("change", () => this.toggle(false));
    visualViewport?.addEventListener("resize", () => this.fit());
  }

  start() {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { /* a browser that keeps nothing */ }
    this.room = this.addressed();
    this.sit(kept.name || "", Boolean(kept.organiser));
  }

  sit(name, organiser) {
    at("seat-trouble").textContent = "";
    this.line.sit({ name, organiser });
  }

  // Where a keyboard comes up over the page, the page ends above it.
  fit() {
    const covered = visualViewport.scale < 1.01 && visualViewport.height < innerHeight - 1;
    document.body.style.blockSize = covered ? `${visualViewport.height}px` : "";
    if (covered) scrollTo(0, 0);
    if (this.log.follows) this.log.toEnd();
  }

  state(words) { at("state").textContent = words; }

  hear(frame) {
    switch (frame.about) {
      case "hello": return this.hello(frame);
      case "taken": return this.askName(frame.name);
      case "message": this.log.add(frame.entry); return this.drawRooms();
      case "replaced": return this.log.entries.has(frame.entry.id) ? this.log.replace(frame.entry) : this.log.add(frame.entry);
      case "form": this.log.done(frame.n); this.state(""); return this.dialog.open(frame.form, this.calls.get(frame.n) ?? { room: this.room, entry: "" });
      case "done": return this.done(frame);
      case "busy": return this.failed(frame, "That was a lot at once. Wait a moment, then try again.");
      case "gone": return this.failed(frame, "This message is not kept any more. Ask again.");
      case "sorry": return this.failed(frame, "Something went wrong on my side. Try again; if it stays, tell an organiser.");
      case "moving": this.clock.wait(); return this.state("Time passes …");
      case "clock": this.clock.show(frame.clock); this.state(""); return aloud(`It is ${this.clock.words} now.`);
    }
  }

  // Behind a password a name belongs to whoever took it first.
  askName(name) {
    at("name").value = name;
    at("seat-trouble").textContent = name ? `Somebody else goes by ${name} already. Choose another name.` : "Choose the name by which others know you here.";
    if (this.me) this.line.seat = this.me;
    else this.state("Choose a name first.");
    this.toggle(true);
    at("name").focus();
  }

  // Say what went wrong where one looks just now.
  failed(frame, words) {
    const call = this.calls.get(frame.n);
    this.calls.delete(frame.n);
    this.log.done(frame.n, words);
    if (call?.form) this.dialog.failed(words);
    if (call?.line) this.composer.giveBack(call.line);
    this.state(words);
  }

  hello(frame) {
    const wasStopped = this.since && this.since !== frame.since && this.log.entries.size > 0;
    const isSame = this.since === frame.since && this.who === `${frame.name} ${frame.organiser}`;
    Object.assign(this, { since: frame.since, who: `${frame.name} ${frame.organiser}`, me: { name: frame.name, organiser: frame.organiser } });
    Object.assign(this, { rooms: frame.rooms, previews: frame.previews, menus: frame.menus, names: frame.names, commands: new Set(frame.commands) });
    try { localStorage.setItem(KEPT, JSON.stringify({ name: frame.name, organiser: frame.organiser })); } catch { /* then not */ }
    at("name").value = frame.name;
    at("organiser").checked = frame.organiser;
    at("names").replaceChildren(...frame.names.map((name) => el("option", { value: name })));
    at("community").textContent = frame.community;
    at("demo").hidden = !frame.demo;
    at("author-link").hidden = !frame.author;
    at("seat-trouble").textContent = `You are ${frame.name}${frame.organiser ? ", an organiser" : ""}.`;
    this.clock.show(frame.clock);
    if (isSame) return this.log.catchUp(frame.history);
    if (at("side").classList.contains("open")) { this.toggle(false); aloud(at("seat-trouble").textContent); }
    this.log.begin(frame.history);
    this.enter(this.rooms.includes(this.room) || this.room === HOME ? this.room : "general");
    if (wasStopped) this.log.tell("Stepwise was started again, so earlier messages are gone.");
  }

  done(frame) {
    this.log.done(frame.n);
    const call = this.calls.get(frame.n);
    this.calls.delete(frame.n);
    if (call?.form) this.dialog.close();
    if (this.room === HOME && call?.room) this.enter(call.room);
    if (call?.entry && call.entry === frame.entry) aloud("The message changed.");
    this.state("");
  }

  drawRooms() {
    const focused = [...at("rooms").querySelectorAll("button")].indexOf(document.activeElement);
    at("rooms").replaceChildren(...[...this.rooms, HOME].map((room) => {
      const unread = this.log.unread.get(room) ?? 0;
      return el("li", {}, el("button", { type: "button", "aria-current": room === this.room ? "true" : false, onclick: () => { this.toggle(false); this.enter(room); } },
        titleOf(room), unread ? el("span", { class: "badge" }, `${unread} new`) : ""));
    }));
    at("rooms").querySelectorAll("button")[focused]?.focus();
  }

  // The address names the room, so that going back goes to the room before.
  addressed() { return location.hash.slice(1) || "general"; }

  turn() {
    const room = this.addressed();
    if (this.rooms.includes(room) || room === HOME) { this.toggle(false); this.enter(room); }
  }

  enter(room) {
    this.room = room;
    if (this.addressed() !== room) history.pushState(null, "", `#${room}`);
    at("room").textContent = titleOf(room);
    at("composer").hidden = room === HOME;
    this.log.show(room);
    this.drawRooms();
    if (room === HOME) this.line.call({ do: "home" });
    else if (WIDE.matches && !this.dialog.dialog.open) at("line").focus();
  }

  toggle(open = !at("side").classList.contains("open")) {
    const wasInside = at("side").contains(document.activeElement);
    at("side").classList.toggle("open", open);
    at("menu").setAttribute("aria-expanded", String(open));
    // On a phone the rooms lie over the rest, where nothing can be reached meanwhile.
    for (const id of ["log", "composer"]) at(id).inert = open && !WIDE.matches;
    if (open) at("side").querySelector("button")?.focus();
    else if (wasInside && !WIDE.matches) at("menu").focus();
  }

  shortcut(event) {
    if (event.key === "Escape" && at("side").classList.contains("open")) { this.toggle(false); at("menu").focus(); }
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && this.room !== HOME && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      this.composer.write("/");
    }
  }

  callRoom() { return this.room === HOME ? "general" : this.room; }

  say(line, files = []) {
    if (this.room === HOME) this.enter("general");
    const n = this.line.call({ do: "say", room: this.room, line, files });
    this.calls.set(n, { room: this.room, entry: "", line });
    this.log.wait(n, this.room, line);
  }

  press(entry, token, picked) {
    const room = entry.room === HOME ? "general" : entry.room;
    const n = this.line.call({ do: "press", room, entry: entry.id, token, picked });
    this.calls.set(n, { room, entry: entry.id });
    this.state("One moment …");
  }

  menu(entry, label) {
    const n = this.line.call({ do: "menu", room: entry.room, entry: entry.id, label });
    this.calls.set(n, { room: entry.room, entry: "" });
  }

  fill(token, fields, files, context) {
    const n = this.line.call({ do: "fill", room: context.room, entry: context.entry, token, fields, files });
    this.calls.set(n, { ...context, form: true });
  }

  preview(entry, platform) { return this.line.ask({ do: "preview", entry, platform }); }

  async previewForm(platform) {
    const payload = (await this.preview("form", platform))?.payload;
    if (payload) this.showJson(platform, payload, platform === "Discord" ? discordForm(payload) : slackForm(payload));
  }

  showJson(name, payload, drawn = "") {
    const dialog = at("json");
    dialog.replaceChildren(el("div", { class: "json" }, el("h2", { id: "json-title", tabindex: "-1", autofocus: true }, `What ${name} is sent`), drawn,
      el("pre", { tabindex: "0" }, JSON.stringify(payload, null, 2)),
      el("div", { class: "ends" }, el("button", { type: "button", onclick: () => navigator.clipboard?.writeText(JSON.stringify(payload, null, 2)) }, "Copy"),
        el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close"))));
    dialog.showModal();
  }
}

new App().start();
