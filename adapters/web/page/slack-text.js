// Slack's own kind of Markdown.

import { el, link } from "./dom.js";
import { scan } from "./scan.js";

const CHARACTERS = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

export const unescaped = (text) => text.replace(/&(?:amp|lt|gt);/g, (found) => CHARACTERS[found]);

const INLINE = [
  [/^&(?:amp|lt|gt);/, (found) => CHARACTERS[found[0]]],
  [/^`([^`\n]+)`/, (found) => el("code", {}, unescaped(found[1]))],
  [/^<((?:https?:\/\/|mailto:)[^|>]+)(?:\|([^>]*))?>/, (found) => link(unescaped(found[1]), unescaped(found[2] || found[1]))],
  [/^<@([A-Z0-9]+)[^>]*>/, (found) => el("span", { class: "s-mention" }, `@${found[1]}`)],
  [/^<#([A-Z0-9]+)[^>]*>/, (found) => el("span", { class: "s-mention" }, `#${found[1]}`)],
  [/^<!([a-z]+)[^>]*>/, (found) => el("span", { class: "s-mention" }, `@${found[1]}`)],
  [/^\*([^*\n]+)\*/, (found, draw) => el("strong", {}, ...draw(found[1]))],
  [/^_([^_\n]+)_(?![A-Za-z0-9])/, (found, draw) => el("em", {}, ...draw(found[1]))],
  [/^~([^~\n]+)~/, (found, draw) => el("s", {}, ...draw(found[1]))],
];

const inline = (text) => scan(text, INLINE);

export function slackText(content) {
  const box = el("div", { class: "s-text" });
  content.split(/```\n?([\s\S]*?)```/).forEach((piece, number) => {
    if (number % 2) box.append(el("pre", { tabindex: "0" }, unescaped(piece.replace(/\n$/, ""))));
    else if (piece) for (const line of piece.replace(/^\n|\n$/g, "").split("\n")) box.append(drawLine(line));
  });
  return box;
}

function drawLine(line) {
  const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
  if (quoted) return el("blockquote", {}, ...inline(quoted[1]));
  return el("div", { class: line.trim() ? "" : "s-gap" }, ...inline(line));
}
