// The line in which one writes: a slash lists the commands, then their arguments, with live suggestions.

import { at, el, sized } from "./dom.js";

const WAIT = 90;
const LONGEST = 8000;
const FILES = 5;
const DRAFT = "stepwise-draft";

export class Composer {
  constructor(app) {
    this.app = app;
    this.line = at("line");
    this.list = at("choices");
    this.slots = at("slots");
    this.files = [];
    this.choices = [];
    this.current = -1;
    this.latest = 0;
    this.line.addEventListener("input", () => this.changed());
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    at("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    at("attach").addEventListener("click", () => at("file").click());
    at("file").addEventListener("change", () => this.attach([...at("file").files]));
    const drop = document.querySelector(".main");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => { event.preventDefault(); this.attach([...event.dataTransfer.files]); });
    try { this.line.value = sessionStorage.getItem(DRAFT) ?? ""; } catch { /* a browser that keeps nothing */ }
    this.grow();
  }

  write(text) {
    this.line.value = text;
    this.line.focus();
    this.changed();
  }

  // Give a line back that could not be sent, unless another one is being written.
  giveBack(text) {
    if (!this.line.value) this.line.value = text;
    this.grow();
  }

  // Let the field be as high as what stands in it, and keep that for when the page is loaded again.
  grow() {
    this.line.style.height = "auto";
    this.line.style.height = `${this.line.scrollHeight}px`;
    try { sessionStorage.setItem(DRAFT, this.line.value); } catch { /* then not */ }
  }

  changed() {
    this.grow();
    clearTimeout(this.timer);
    const typed = this.line.value.slice(0, this.line.selectionStart);
    if (!typed.startsWith("/")) return this.close();
    this.timer = setTimeout(() => this.complete(typed), WAIT);
  }

  async complete(typed) {
    const turn = ++this.latest;
    const found = await this.app.line.ask({ do: "complete", room: this.app.callRoom(), line: typed });
    if (!found || turn !== this.latest || !this.line.value.startsWith(typed)) return;
    this.start = found.start;
    this.length = typed.length;
    this.show(found.choices);
    this.explain(found.command, found.slots);
  }

  show(choices) {
    this.choices = choices;
    this.current = -1;
    let group = "";
    const items = [];
    choices.forEach((one, number) => {
      if (one.group !== group) items.push(el("li", { class: "group", role: "presentation" }, (group = one.group)));
      items.push(el("li", { role: "option", id: `choice-${number}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); this.take(number); } },
        el("span", { class: "label" }, one.label), one.note ? el("span", { class: "note" }, one.note) : ""));
    });
    this.list.replaceChildren(...items);
    this.list.hidden = !choices.length;
    this.line.setAttribute("aria-expanded", String(choices.length > 0));
    this.line.removeAttribute("aria-activedescendant");
    this.list.scrollTop = 0;
  }

  explain(command, slots) {
    this.slots.hidden = !command;
    const now = slots.find((one) => one.now);
    this.slots.replaceChildren(
      el("span", {}, `/${command}`),
      ...slots.map((one) => el("span", { class: one.now ? "now" : "" }, one.required ? `<${one.label}>` : one.file ? `[${one.label}: a file]` : `[${one.label}]`)),
      now ? el("span", {}, `· ${now.hint}`) : "");
  }

  close() {
    this.latest++;
    this.show([]);
    this.slots.hidden = true;
  }

  move(step) {
    const count = this.choices.length;
    this.current = this.current < 0 ? (step > 0 ? 0 : count - 1) : (this.current + step + count) % count;
    for (const one of this.list.querySelectorAll("[role=option]")) one.setAttribute("aria-selected", String(one.id === `choice-${this.current}`));
    const chosen = at(`choice-${this.current}`);
    this.line.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  take(number) {
    const choice = this.choices[number];
    const value = this.line.value;
    this.line.value = value.slice(0, this.start) + choice.insert + value.slice(this.length).trimStart();
    const end = this.start + choice.insert.length;
    this.line.setSelectionRange(end, end);
    this.line.focus();
    this.changed();
  }

  key(event) {
    if (event.isComposing) return;
    const open = this.choices.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (open && event.key === "Tab" && !event.shiftKey && this.line.value.trim() !== "") {
      event.preventDefault();
      this.take(Math.max(0, this.current));
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (open && this.current >= 0) this.take(this.current);
      else this.send();
    }
  }

  send() {
    const line = this.line.value.trim();
    if (!line && this.files.length) return this.app.state("Write what the file is for, like /challenge submit.");
    if (!line) return;
    if (line.length > LONGEST) return this.app.state(`This is ${line.length - LONGEST} letters too long. Please shorten it.`);
    clearTimeout(this.timer);
    this.app.say(line, this.files.map((one) => one.key));
    this.line.value = "";
    this.grow();
    this.files = [];
    this.drawFiles();
    this.close();
  }

  async attach(files) {
    at("file").value = "";
    for (const file of files) {
      if (this.files.length >= FILES) { this.app.state(`${FILES} files go along at most.`); break; }
      const key = await upload(file, (words) => this.app.state(words));
      if (key) this.files.push({ key, name: file.name, size: file.size });
    }
    this.drawFiles();
    this.line.focus();
  }

  drawFiles() {
    const box = at("files");
    box.hidden = !this.files.length;
    box.replaceChildren(...this.files.map((one) => el("li", {}, `${one.name} (${sized(one.size)})`,
      el("button", { type: "button", "aria-label": `Leave ${one.name} out`, onclick: () => { this.files = this.files.filter((other) => other !== one); this.drawFiles(); } }, "×"))));
  }
}

// Send a file ahead; it waits under a key for the call that takes it along.
export async function upload(file, trouble) {
  try {
    const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    const said = await answer.json();
    if (said.key) return said.key;
    trouble(said.trouble);
  } catch {
    trouble(`${file.name} could not be sent. Is it larger than 25 MB?`);
  }
  return "";
}
