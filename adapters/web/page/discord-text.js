// Discord's Markdown, as far as messages of bots use it.

import { el, link } from "./dom.js";
import { scan } from "./scan.js";

const INLINE = [
  [/^\\([^A-Za-z0-9\s])/, (found) => found[1]],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2])],
  [/^\[((?:\\.|[^\]\\])+)\]\(<?([^)>\s]+)>?\)/, (found, draw) => link(found[2], ...draw(found[1]))],
  [/^<(https?:\/\/[^>\s]+)>/, (found) => link(found[1], found[1])],
  [/^https?:\/\/[^\s<>)\]]+/, (found) => link(found[0], found[0])],
  [/^<\/([^:>]+):\d+>/, (found) => el("span", { class: "d-mention" }, `/${found[1]}`)],
  [/^<@!?(\d+)>/, () => el("span", { class: "d-mention" }, "@member")],
  [/^<@&(\d+)>/, () => el("span", { class: "d-mention" }, "@role")],
  [/^<#(\d+)>/, () => el("span", { class: "d-mention" }, "#channel")],
  [/^\*\*((?:\\.|[\s\S])+?)\*\*(?!\*)/, (found, draw) => el("strong", {}, ...draw(found[1]))],
  [/^__((?:\\.|[\s\S])+?)__(?!_)/, (found, draw) => el("u", {}, ...draw(found[1]))],
  [/^\*((?:\\.|[^*])+?)\*/, (found, draw) => el("em", {}, ...draw(found[1]))],
  [/^_((?:\\.|[^_])+?)_(?![A-Za-z0-9])/, (found, draw) => el("em", {}, ...draw(found[1]))],
  [/^~~((?:\\.|[\s\S])+?)~~/, (found, draw) => el("s", {}, ...draw(found[1]))],
];

const inline = (text) => scan(text, INLINE);
const LIST = /^(\s*)(?:([-*])|(\d+)\.)\s+(.*)$/;

export function discordText(content) {
  const box = el("div", { class: "d-text" });
  const pieces = content.split(/```(?:[\w+-]*\n)?([\s\S]*?)```/);
  pieces.forEach((piece, number) => {
    if (number % 2) box.append(el("pre", { tabindex: "0" }, piece.replace(/\n$/, "")));
    else lines(piece, box);
  });
  return box;
}

function lines(text, box) {
  for (const line of text.replace(/^\n|\n$/g, "").split("\n")) box.append(drawLine(line));
}

function drawLine(line) {
  const heading = /^(#{1,3})\s+(.*)$/.exec(line);
  if (heading) return el("div", { class: `d-h d-h${heading[1].length}` }, ...inline(heading[2]));
  if (line.startsWith("-# ")) return el("div", { class: "d-soft d-small" }, ...inline(line.slice(3)));
  if (line.startsWith("> ")) return el("blockquote", {}, ...inline(line.slice(2)));
  const item = LIST.exec(line);
  if (item) return indented(el("div", { class: "d-item" }, el("span", {}, item[3] ? `${item[3]}.` : "•"), el("span", {}, ...inline(item[4]))), item[1].length);
  return el("div", { class: line.trim() ? "" : "d-gap" }, ...inline(line));
}

function indented(made, spaces) {
  made.style.marginInlineStart = `${spaces * 0.6}rem`;
  return made;
}
