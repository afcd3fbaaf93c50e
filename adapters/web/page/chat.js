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
    this.clock = new DemoClock((to) => this.line.put({ do: "jump", to }));
    document.addEventListener("keydown", (event) => this.shortcut(event));
  }

  start() {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { /* a browser that keeps nothing */ }
    this.sit(kept.name || "friend", Boolean(kept.organiser));
  }

  sit(name, organiser) {
    at("seat-trouble").textContent = "";
    this.line.sit({ name, organiser });
  }

  state(words) { at("state").textContent = words; }

  hear(frame) {
    switch (frame.about) {
      case "hello": return this.hello(frame);
      case "taken": at("seat-trouble").textContent = `Somebody else goes by ${frame.name} already. Choose another name.`; return this.toggle(true);
      case "message": this.log.add(frame.entry); return this.drawRooms();
      case "replaced": return this.log.entries.has(frame.entry.id) ? this.log.replace(frame.entry) : this.log.add(frame.entry);
      case "form": this.log.done(frame.n); this.state(""); return this.dialog.open(frame.form, this.calls.get(frame.n) ?? { room: this.room, entry: "" });
      case "done": return this.done(frame);
      case "busy": this.log.done(frame.n); return this.state("That was a lot at once. Wait a moment, then try again.");
      case "sorry": this.log.done(frame.n); return this.state("Something went wrong on my side. Try again; if it stays, tell an organiser.");
      case "moving": this.clock.wait(); return this.state("Time passes …");
      case "clock": this.clock.show(frame.clock); this.state(""); return aloud(`It is ${this.clock.words} now.`);
    }
  }

  hello(frame) {
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
    this.log.begin(frame.history);
    this.enter(this.room);
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
    at("rooms").replaceChildren(...[...this.rooms, HOME].map((room) => {
      const unread = this.log.unread.get(room) ?? 0;
      return el("li", {}, el("button", { type: "button", "aria-current": room === this.room ? "true" : false, onclick: () => { this.enter(room); this.toggle(false); } },
        titleOf(room), unread ? el("span", { class: "badge" }, `${unread} new`) : ""));
    }));
  }

  enter(room) {
    this.room = room;
    at("room").textContent = titleOf(room);
    at("composer").hidden = room === HOME;
    this.log.show(room);
    this.drawRooms();
    if (room === HOME) this.line.call({ do: "home" });
    else if (matchMedia("(min-width: 761px)").matches && !this.dialog.dialog.open) at("line").focus();
  }

  toggle(open = !at("side").classList.contains("open")) {
    at("side").classList.toggle("open", open);
    at("menu").setAttribute("aria-expanded", String(open));
    if (open) at("side").querySelector("button")?.focus();
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
    this.calls.set(n, { room: this.room, entry: "" });
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
    const { payload } = await this.preview("form", platform);
    if (payload) this.showJson(platform, payload, platform === "Discord" ? discordForm(payload) : slackForm(payload));
  }

  showJson(name, payload, drawn = "") {
    const dialog = at("json");
    dialog.replaceChildren(el("div", { class: "json" }, el("h2", { id: "json-title" }, `What ${name} is sent`), drawn,
      el("pre", { tabindex: "0" }, JSON.stringify(payload, null, 2)),
      el("div", { class: "ends" }, el("button", { type: "button", onclick: () => navigator.clipboard?.writeText(JSON.stringify(payload, null, 2)) }, "Copy"),
        el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close"))));
    dialog.showModal();
  }
}

new App().start();
