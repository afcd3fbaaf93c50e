// Draw what Slack is sent: blocks, and modals.

import { el } from "./dom.js";
import { slackText, unescaped } from "./slack-text.js";

export function slack(payload, reply) {
  return el("div", { class: "s-page" }, el("div", { class: "s-face" }, "S"), el("div", { class: "s-message" },
    payload.response_type === "ephemeral" ? el("p", { class: "s-only" }, "Only visible to you") : "",
    el("div", {}, el("strong", {}, "Stepwise "), el("span", { class: "s-app" }, "APP")),
    (payload.blocks ?? []).map((one) => block(one, reply)),
    el("details", { class: "s-only" }, el("summary", {}, "What notifications and screen readers say"), el("p", { class: "s-said" }, unescaped(payload.text ?? "")))));
}

function block(one, reply) {
  switch (one.type) {
    case "header": return el("div", { class: "s-header" }, text(one.text));
    case "section": return el("div", { class: "s-section" }, one.text ? text(one.text) : "", one.fields ? el("div", { class: "s-fields" }, one.fields.map((field) => el("div", {}, text(field)))) : "");
    case "context": return el("div", { class: "s-context" }, one.elements.map((part) => part.type === "image" ? "" : text(part)));
    case "divider": return el("hr", { class: "s-line" });
    case "actions": return el("div", { class: "s-row" }, one.elements.map(control));
    case "image": return el("div", { class: "s-image" }, reply?.image ? el("img", { src: reply.image.url, alt: one.alt_text }) : el("p", {}, one.alt_text));
    case "input": return field(one);
    default: return el("p", { class: "s-only" }, `A block of type ${one.type}.`);
  }
}

function text(one) {
  return one.type === "mrkdwn" ? slackText(one.text) : el("div", { class: "s-plain" }, unescaped(one.text));
}

function control(one) {
  const style = { primary: "s-primary", danger: "s-danger" }[one.style] ?? "";
  if (one.type === "button") return el("span", { class: `s-button ${style}` }, unescaped(one.text.text));
  if (one.type === "plain_text_input") return el("div", { class: one.multiline ? "s-input s-tall" : "s-input" }, one.initial_value ?? soft(one.placeholder));
  if (one.type === "number_input" || one.type === "email_text_input") return el("div", { class: "s-input" }, one.initial_value ?? soft(one.placeholder));
  if (one.type === "radio_buttons") return el("div", {}, one.options.map((option) => el("div", {}, option.value === one.initial_option?.value ? "◉ " : "○ ", unescaped(option.text.text))));
  if (one.type === "file_input") return el("div", { class: "s-input" }, "Choose a file");
  const chosen = one.initial_option?.text.text;
  return el("span", { class: "s-select" }, chosen ? unescaped(chosen) : soft(one.placeholder) || "Choose", " ▾");
}

function soft(placeholder) {
  return placeholder ? el("span", { class: "s-soft" }, unescaped(placeholder.text)) : "";
}

export function slackForm(view) {
  return el("div", { class: "s-page s-modal" }, el("h3", {}, unescaped(view.title.text)), view.blocks.map((one) => block(one)),
    el("div", { class: "s-ends" }, view.close ? el("span", { class: "s-button" }, unescaped(view.close.text)) : "", view.submit ? el("span", { class: "s-button s-primary" }, unescaped(view.submit.text)) : ""));
}

function field(one) {
  return el("div", { class: "s-field" }, el("strong", {}, unescaped(one.label.text), one.optional ? el("span", { class: "s-soft" }, " (optional)") : ""), control(one.element),
    one.hint ? el("p", { class: "s-soft" }, unescaped(one.hint.text)) : "");
}
