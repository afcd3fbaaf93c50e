// Draw what Discord is sent: components of the second version, and modals.

import { el } from "./dom.js";
import { discordText } from "./discord-text.js";

const ROW = 1, BUTTON = 2, SELECT = 3, INPUT = 4, TEXT = 10, MEDIA = 12, FILE = 13, LINE = 14, BOX = 17, LABEL = 18, UPLOAD = 19;
const STYLES = { 1: "d-primary", 2: "d-secondary", 3: "d-success", 4: "d-danger", 5: "d-link" };
const PRIVATE = 1 << 6;
const PICKERS = { 5: "Choose a member", 6: "Choose a role", 7: "Choose", 8: "Choose a channel" };

// `reply` knows where pictures and files lie that the payload only names.
export function discord(payload, reply) {
  const files = Object.fromEntries((payload.attachments ?? []).map((one) => [`attachment://${one.filename}`, one]));
  const draw = (one) => component(one, { files, reply, draw });
  return el("div", { class: "d-page" },
    el("div", { class: "d-face" }, "S"),
    el("div", { class: "d-message" }, el("div", { class: "d-who" }, el("strong", {}, "Stepwise"), el("span", { class: "d-app" }, "APP")),
      payload.components.map(draw),
      payload.flags & PRIVATE ? el("p", { class: "d-only" }, "Only you can see this • ", el("span", { class: "d-blue" }, "Dismiss message")) : ""));
}

function component(one, at) {
  switch (one.type) {
    case BOX: return withColour(el("div", { class: "d-box" }, one.components.map(at.draw)), one.accent_color);
    case TEXT: return discordText(one.content);
    case LINE: return el("hr", { class: "d-line" });
    case ROW: return el("div", { class: "d-row" }, one.components.map(at.draw));
    case BUTTON: return el("span", { class: `d-button ${STYLES[one.style] ?? ""}` }, one.label, one.style === 5 ? " ↗" : "");
    case SELECT: return select(one);
    case MEDIA: return el("div", { class: "d-media" }, one.items.map((item) => at.reply?.image ? el("img", { src: at.reply.image.url, alt: item.description ?? "" }) : el("p", {}, item.description)));
    case FILE: return file(one, at);
    default: return el("p", { class: "d-only" }, `A component of type ${one.type}.`);
  }
}

function withColour(box, colour) {
  if (Number.isInteger(colour)) box.style.borderInlineStartColor = `#${colour.toString(16).padStart(6, "0")}`;
  return box;
}

function select(one) {
  const chosen = one.options.find((option) => option.default);
  return el("div", { class: "d-select" }, el("span", { class: chosen ? "" : "d-soft" }, chosen?.label ?? one.placeholder ?? "Make a selection"), el("span", {}, "▾"));
}

function file(one, at) {
  const name = at.files[one.file.url]?.filename ?? one.file.url;
  const known = at.reply?.files.find((other) => name.endsWith(other.name) || other.name === name);
  return el("div", { class: "d-file" }, known ? el("a", { href: known.url, download: known.name }, name) : name);
}

export function discordForm(modal) {
  return el("div", { class: "d-page d-modal" }, el("h3", {}, modal.title), modal.components.map(field),
    el("div", { class: "d-ends" }, el("span", { class: "d-button" }, "Cancel"), el("span", { class: "d-button d-primary" }, "Submit")));
}

function field(one) {
  if (one.type === TEXT) return discordText(one.content);
  if (one.type !== LABEL) return el("p", {}, `A component of type ${one.type}.`);
  const inner = one.component;
  return el("div", { class: "d-field" }, el("strong", {}, one.label, inner.required === false ? "" : el("span", { class: "d-star" }, " *")),
    one.description ? el("p", { class: "d-soft" }, one.description) : "", control(inner));
}

function control(one) {
  if (one.type === INPUT) return el("div", { class: one.style === 2 ? "d-input d-tall" : "d-input" }, one.value ?? el("span", { class: "d-soft" }, one.placeholder ?? ""));
  if (one.type === SELECT) return select(one);
  if (one.type === UPLOAD) return el("div", { class: "d-file" }, "Drop a file here, or choose one");
  return el("div", { class: "d-select" }, el("span", { class: "d-soft" }, one.placeholder ?? PICKERS[one.type] ?? "Choose"), el("span", {}, "▾"));
}

