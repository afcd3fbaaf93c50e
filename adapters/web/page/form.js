// A form of the bot, as a dialog. What is to be mended stands at its field.

import { at, el } from "./dom.js";
import { upload } from "./composer.js";

const HINTS = { date: "Like 2026-11-21, today or friday", duration: "Like 45m, 2h 30m or 3 days", member: "Like @ada", channel: "Like #general" };
const LONGEST = 16000;

export class FormDialog {
  constructor(app) {
    this.app = app;
    this.dialog = at("form");
  }

  // `context` says where the answer goes.
  open(form, context) {
    Object.assign(this, { context, form, isSending: false });
    const fields = form.fields.map((one) => this.field(one));
    const cancel = el("button", { type: "button", onclick: () => this.dialog.close() }, "Cancel");
    const send = el("button", { type: "submit", class: "primary" }, form.submit);
    const looks = this.app.previews.map((name) => el("button", { type: "button", class: "plain small", onclick: () => this.app.previewForm(name) }, `As on ${name}`));
    this.dialog.replaceChildren(el("form", { onsubmit: (event) => this.send(event), novalidate: true },
      el("h2", { id: "form-title" }, form.title),
      form.trouble.map((text) => el("p", { class: "error", role: "alert" }, text)),
      fields, el("p", { class: "small", id: "form-state", role: "status" }), el("div", { class: "ends" }, looks, cancel, send)));
    if (!this.dialog.open) this.dialog.showModal();
    (this.dialog.querySelector("[aria-invalid=true]") ?? this.dialog.querySelector("input, textarea, select"))?.focus();
  }

  field(one) {
    const id = `field-${one.name}`;
    const about = [one.error && `${id}-error`, `${id}-hint`].filter(Boolean).join(" ");
    const shared = { id, name: one.name, "aria-describedby": about, "aria-invalid": one.error ? "true" : false, "aria-required": String(one.required) };
    const hint = [one.hint, !one.required && (one.default ? `${one.default} if left out` : "optional")].filter(Boolean).join("; ");
    return el("div", { class: "field" },
      el("label", { for: id }, one.label),
      this.control(one, shared),
      el("p", { class: "small", id: `${id}-hint` }, hint),
      one.error ? el("p", { class: "error", id: `${id}-error` }, one.error) : "");
  }

  control(one, shared) {
    if (one.kind === "choice" || one.kind === "flag") return this.select(one, shared);
    if (one.kind === "channel") return this.select({ ...one, choices: this.app.rooms.filter((room) => room !== "direct").map((room) => ({ label: `#${room}`, value: `#${room}` })) }, shared);
    if (one.kind === "file") return el("input", { ...shared, type: "file" });
    const placeholder = one.placeholder || HINTS[one.kind] || "";
    if (one.multiline || one.value.includes("\n")) return el("textarea", { ...shared, rows: 5, placeholder, value: one.value });
    const number = one.kind === "integer" || one.kind === "number";
    const box = el("input", { ...shared, type: "text", placeholder, value: one.value, autocomplete: "off", inputmode: number ? "decimal" : false });
    return one.suggests || one.kind === "member" ? this.suggesting(one, box) : box;
  }

  select(one, shared) {
    const choices = one.kind === "flag" ? [{ label: "Yes", value: "yes" }, { label: "No", value: "no" }] : one.choices;
    const wanted = (one.value || one.default).toLowerCase();
    const options = choices.map((choice) => el("option", { value: choice.value, selected: [choice.value.toLowerCase(), choice.label.toLowerCase()].includes(wanted) }, choice.label));
    return el("select", shared, one.required ? "" : el("option", { value: "" }, "–"), options);
  }

  suggesting(one, box) {
    const list = el("datalist", { id: `${box.id}-list` });
    box.setAttribute("list", list.id);
    const fill = async () => {
      if (one.kind === "member") return list.replaceChildren(...this.app.names.map((name) => el("option", { value: `@${name}` })));
      const found = await this.app.line.ask({ do: "suggest", room: this.context.room, field: one.name, typed: box.value.slice(0, 200) });
      if (!found) return;
      list.replaceChildren(...found.choices.map((choice) => el("option", { value: choice.value, label: choice.label })));
    };
    box.addEventListener("input", fill);
    box.addEventListener("focus", fill);
    return el("span", {}, box, list);
  }

  async send(event) {
    event.preventDefault();
    const long = this.form.fields.find((one) => one.kind !== "file" && at(`field-${one.name}`).value.length > LONGEST);
    if (long) return this.failed(`${long.label} is longer than ${LONGEST} letters. Please shorten it.`);
    if (this.isSending) return;
    this.isSending = true;
    const fields = {}, files = {};
    for (const one of this.form.fields) {
      const control = at(`field-${one.name}`);
      if (one.kind !== "file") fields[one.name] = control.value;
      else if (control.files[0]) {
        const key = await upload(control.files[0], (words) => { at("form-state").textContent = words; });
        if (!key) { this.isSending = false; return; }
        files[one.name] = key;
      }
    }
    for (const name of Object.keys(fields)) if (fields[name] === "" && !this.form.fields.find((one) => one.name === name).required) delete fields[name];
    at("form-state").textContent = "One moment …";
    this.app.fill(this.form.token, fields, files, this.context);
  }

  failed(words) {
    this.isSending = false;
    if (this.dialog.open) at("form-state").textContent = words;
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }
}
