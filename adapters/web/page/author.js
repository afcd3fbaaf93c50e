// The author's corner: every entry with its problems, as members will see it, fresh whenever a file is saved.

import { aloud, at, el, sized } from "./dom.js";
import { discord } from "./discord.js";
import { chat } from "./message.js";
import { slack } from "./slack.js";

const DRAWERS = { Discord: discord, Slack: slack };
const app = { heading: "h3", commands: new Set(), menus: [], previews: [], write() {}, press() { aloud("Buttons do nothing here. Try them in the chat."); } };
const LISTED = 400;
const LOST = "Not connected. Trying again …";
const state = { listing: { entries: [], problems: [] }, chosen: "", view: "Chat", turn: 1 };

const get = async (path, query = {}) => (await fetch(`/author/${path}?${new URLSearchParams(query)}`)).json();
// Where nothing comes back, the page says so and goes on trying.
const ask = (path, query) => get(path, query).catch(() => { at("state").textContent = LOST; return {}; });
const keyOf = (one) => `${one.kind} ${one.id || one.line}`;

async function load() {
  state.listing = await get("look");
  const { packs, errors, warnings, entries, problems } = state.listing;
  const found = [counted(errors, "error"), counted(warnings, "warning")].filter(Boolean).join(", ");
  at("state").replaceChildren(found ? el("a", { href: "#problems-title" }, found) : "Nothing to mend");
  document.title = `Author’s corner: ${packs.join(", ")}`;
  const kinds = [...new Set(entries.map((one) => one.kind))];
  const before = at("kind").value;
  at("kind").replaceChildren(el("option", { value: "" }, "All kinds"), ...kinds.map((kind) => el("option", { value: kind, selected: kind === before }, kind)));
  at("problems").replaceChildren(problems.length ? el("div", { class: "problems" }, problems.map(problem)) : el("p", { class: "small" }, "Nothing. Well done."));
  list();
  const chosen = entries.find((one) => keyOf(one) === state.chosen);
  if (chosen) await open(chosen, false);
}

const counted = (count, word) => count ? `${count} ${word}${count === 1 ? "" : "s"}` : "";

function problem(one) {
  return el("div", { class: `problem-line ${one.severity}` }, el("strong", {}, one.message), el("span", {}, one.hint),
    el("span", { class: "where" }, `${one.severity} ${one.code} · ${one.file}:${one.line}`));
}

function list() {
  const wanted = at("filter").value.toLowerCase(), kind = at("kind").value, broken = at("broken").checked;
  const shown = state.listing.entries.filter((one) => (!kind || one.kind === kind) && (!broken || one.problems.length)
    && (!wanted || `${one.title} ${one.id}`.toLowerCase().includes(wanted)));
  at("count").textContent = `${shown.length} of ${state.listing.entries.length} entries${shown.length > LISTED ? `; the first ${LISTED} are listed` : ""}`;
  at("entries").replaceChildren(...shown.slice(0, LISTED).map((one) => {
    const errors = one.problems.filter((other) => other.severity === "error").length, rest = one.problems.length - errors;
    return el("li", {}, el("button", { type: "button", "aria-current": keyOf(one) === state.chosen ? "true" : false, onclick: () => open(one, true) },
      el("span", {}, one.title, " ", el("small", {}, one.kind)),
      errors ? el("span", { class: "badge error" }, `${errors} to mend`) : rest ? el("span", { class: "badge warning" }, `${rest} to look at`) : ""));
  }));
}

async function open(one, focus) {
  state.chosen = keyOf(one);
  list();
  const drawn = one.id ? await ask("show", { kind: one.kind, id: one.id }) : {};
  const views = el("div", { class: "views", role: "group", "aria-label": "Where it is seen" });
  const box = el("div");
  const see = (name) => {
    state.view = name;
    for (const button of views.children) button.setAttribute("aria-pressed", String(button.textContent === name));
    if (name === "Chat") box.replaceChildren(chat(drawn.entry, app));
    else if (name === "JSON") box.replaceChildren(el("pre", { tabindex: "0" }, JSON.stringify(drawn.payloads, null, 2)));
    else box.replaceChildren(DRAWERS[name](drawn.payloads[name], drawn.entry.reply));
  };
  if (drawn.entry) {
    for (const name of ["Chat", ...Object.keys(drawn.payloads), "JSON"]) views.append(el("button", { type: "button", onclick: () => see(name) }, name));
    see([...views.children].some((button) => button.textContent === state.view) ? state.view : "Chat");
  } else box.append(el("p", { class: "small" }, "Members see nothing of this yet: it cannot be read, or it is no entry of its own."));
  at("detail-title").textContent = one.title;
  at("shown").replaceChildren(el("p", { class: "where" }, `${one.file}:${one.line}`),
    one.problems.length ? el("div", { class: "problems" }, one.problems.map(problem)) : "",
    drawn.entry && state.listing.errors && one.kind !== "challenge" ? el("p", { class: "small before" }, "While there are errors, this is how it looked before them.") : "",
    views, box, one.kind === "challenge" ? await sample(one.id) : "");
  if (focus) at("detail").focus();
}

async function sample(id) {
  const found = await ask("sample", { id, turn: state.turn });
  if (!found.files) return "";
  const again = el("button", { type: "button", onclick: async () => { state.turn++; box.replaceWith(await sample(id)); } }, "Data of another member");
  const right = Object.entries(found.answers).map(([name, value]) => el("li", {}, el("code", {}, name), ": ", value));
  const box = el("div", { class: "sample" }, el("h3", {}, "Sample data"),
    found.files.map((one) => el("div", {}, el("p", { class: "small" }, `${one.name}, ${one.lines} lines, ${sized(one.size)}`), el("pre", { tabindex: "0" }, one.head))),
    right.length ? el("div", {}, el("h3", {}, "What is right for it"), el("ul", {}, right)) : "", again);
  return box;
}

async function search(event) {
  event.preventDefault();
  aloud("Searching …");
  const found = await ask("search", { q: at("question").value });
  if (!found.hits) return;
  const lead = !found.hits.length ? "Nothing here comes near. Try other words." : found.confident ? "The bot would answer with the first." : "The bot would not be sure, and would say so.";
  at("hits").replaceChildren(el("p", { class: "small" }, found.read_as ? `Read as: ${found.read_as}. ` : "", lead), ...found.hits.map(hit));
}

function hit(one) {
  const entry = state.listing.entries.find((other) => other.id === one.id && other.kind === one.kind);
  return el("div", { class: "hit" },
    el("div", {}, el("button", { type: "button", onclick: () => entry && open(entry, true) }, one.title), ` ${one.kind}, score ${one.score.toFixed(2)}`),
    el("div", { class: "parts" }, one.parts.map((part) => el("span", {}, `${part.name} ${part.value.toFixed(2)} `, el("progress", { value: Math.min(1, Math.max(0, part.value)), max: 1, "aria-label": part.name })))));
}

async function follow() {
  for (;;) {
    try {
      const { version } = await get("changed", { seen: state.listing.version });
      if (version === state.listing.version) continue;
      await load();
      if (state.listing.fresh) aloud("The pack was read again.");
    } catch {
      at("state").textContent = LOST;
      state.listing.version = 0;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

at("ask").addEventListener("submit", search);
for (const id of ["filter", "kind", "broken"]) at(id).addEventListener("input", list);
load().catch(() => {}).then(follow);
