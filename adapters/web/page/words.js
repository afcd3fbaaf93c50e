// The bot's words: a tree that becomes elements, one kind for each.

import { el, link } from "./dom.js";

const PLAIN = new Set(["p", "blockquote", "ul", "li", "strong", "em"]);

// `known` holds the commands; a text that names one can be pressed.
export function words(tree, known = null, press = null) {
  const draw = (node) => {
    if (PLAIN.has(node.is)) return el(node.is, {}, ...node.of.map(draw));
    switch (node.is) {
      case "ol": return el("ol", { start: node.start }, ...node.of.map(draw));
      case "pre": return el("pre", { tabindex: "0" }, el("code", {}, node.text));
      case "br": return el("br");
      case "a": return link(node.url, ...node.of.map(draw));
      case "code": return code(node.text, known, press);
      default: return document.createTextNode(node.text ?? "");
    }
  };
  return el("div", { class: "text" }, ...tree.map(draw));
}

function code(text, known, press) {
  const command = text.startsWith("/") && known && commandIn(text.slice(1), known);
  if (!command) return el("code", {}, text);
  return el("button", { type: "button", class: "command", onclick: () => press(text) }, text);
}

function commandIn(line, known) {
  const parts = line.split(/\s+/);
  return [3, 2, 1].some((count) => known.has(parts.slice(0, count).join(" ")));
}
