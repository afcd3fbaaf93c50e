// Draw one message: who asked, the bot's answer, what can be pressed, and how it looks elsewhere.

import { el, link, sized } from "./dom.js";
import { discord } from "./discord.js";
import { slack } from "./slack.js";
import { words } from "./words.js";

const DRAWERS = { Discord: discord, Slack: slack };
const STYLES = { primary: "primary", danger: "danger", normal: "" };

export function moment(iso) {
  const at = new Date(iso);
  const today = new Date().toDateString() === at.toDateString();
  const text = at.toLocaleString([], today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return el("time", { datetime: iso }, text);
}

// `app` knows the commands, presses what is pressed, and asks for previews.
export function drawEntry(entry, app) {
  const item = el("div", { id: `e-${entry.id}`, class: "entry appear" });
  if (!entry.reply) {
    item.append(el("div", { class: "asked" }, el("strong", {}, entry.by), moment(entry.at)), el("div", { class: "said" }, entry.asked), menus(entry, app));
    return item;
  }
  item.append(...head(entry));
  const box = el("div", { class: "drawn" }, chat(entry, app));
  item.append(box, tools(entry, box, app));
  return item;
}

function head(entry) {
  const lines = [];
  if (entry.by && entry.asked) {
    const typed = entry.asked.startsWith("/");
    const said = el("span", { class: typed ? "words" : "" }, typed ? entry.asked : `“${entry.asked}”`);
    lines.push(el("div", { class: "asked" }, el("strong", {}, entry.by), said));
  }
  const who = el("div", { class: "from" }, el("img", { src: "/page/icon.svg", width: 20, height: 20, alt: "" }), el("strong", {}, "Stepwise"));
  if (entry.note) who.append(el("span", { class: "badge" }, "A word for you"));
  if (entry.organisers) who.append(el("span", { class: "badge" }, "Only organisers see this"));
  else if (entry.private && entry.room !== "direct" && entry.room !== "home") who.append(el("span", { class: "badge" }, "Only you see this"));
  who.append(moment(entry.at));
  lines.push(who);
  return lines;
}

export function chat(entry, app) {
  const reply = entry.reply;
  const box = el("article", { class: `message ${reply.tone}` });
  if (reply.title) box.append(el(app.heading ?? "h2", { class: "title" }, reply.title));
  const draw = (tree) => words(tree, app.commands, app.write);
  if (reply.text.length) box.append(draw(reply.text));
  if (reply.fields.length) box.append(el("dl", { class: "fields" }, reply.fields.map((one) => el("div", {}, el("dt", {}, one.name), el("dd", {}, draw(one.value))))));
  if (reply.progress.length) box.append(el("div", { class: "bars" }, reply.progress.map(bar)));
  if (reply.image) box.append(picture(reply.image));
  if (reply.files.length) box.append(el("ul", { class: "attached" }, reply.files.map(file)));
  if (reply.rows.length) box.append(el("div", { class: "rows" }, reply.rows.map((row) => drawRow(row, entry, app))));
  if (reply.footer.length) box.append(el("div", { class: "footer" }, draw(reply.footer)));
  return box;
}

function bar(one) {
  const said = `${one.done} of ${one.total}`;
  return el("div", { class: "bar" }, el("span", {}, one.label), el("span", {}, said),
    el("progress", { value: Math.min(one.done, one.total), max: one.total || 1, "aria-label": `${one.label}: ${said}` }));
}

function picture(image) {
  return el("div", { class: "picture" }, el("a", { href: image.url, target: "_blank", rel: "noopener" }, el("img", { src: image.url, alt: image.alt })),
    el("details", {}, el("summary", {}, "The picture in words"), el("p", { class: "small" }, image.alt)));
}

function file(one) {
  return el("li", {}, el("a", { class: "button", href: one.url, download: one.name }, `${one.name} (${sized(one.size)})`));
}

function drawRow(row, entry, app) {
  if (row.select) return el("div", { class: "row" }, select(row.select, entry, app));
  return el("div", { class: "row" }, row.buttons.map((one) => one.url
    ? el("span", {}, withClass(link(one.url, one.label), "button"))
    : el("button", { type: "button", class: STYLES[one.style], "data-token": one.token, onclick: () => app.press(entry, one.token, []) }, one.label)));
}

function withClass(made, name) {
  made.classList.add(name);
  return made;
}

function select(one, entry, app) {
  const chosen = one.options.find((option) => option.chosen);
  const box = el("select", { "aria-label": one.placeholder });
  if (!chosen) box.append(el("option", { value: "" }, one.placeholder));
  for (const option of one.options) {
    const said = option.description ? `${option.label} – ${option.description}` : option.label;
    box.append(el("option", { value: option.value, selected: option.chosen }, said));
  }
  // With the keyboard one goes past options before one chooses, so a button says when it is meant.
  const go = el("button", { type: "button", onclick: () => box.value && app.press(entry, one.token, [box.value]) }, "Choose");
  return el("div", { class: "row" }, box, go);
}

function menus(entry, app) {
  if (!app.menus.length) return "";
  return el("div", { class: "tools" }, app.menus.map((label) => el("button", { type: "button", onclick: () => app.menu(entry, label) }, label)));
}

function tools(entry, box, app) {
  const bar = el("div", { class: "tools", role: "group", "aria-label": "How this looks elsewhere" });
  if (!app.previews.length) return "";
  const choose = async (name) => {
    for (const one of bar.querySelectorAll("button[aria-pressed]")) one.setAttribute("aria-pressed", String(one.dataset.view === name));
    if (name === "Chat") box.replaceChildren(chat(entry, app));
    else box.replaceChildren(await elsewhere(entry, name, app));
  };
  for (const name of ["Chat", ...app.previews]) {
    bar.append(el("button", { type: "button", "data-view": name, "aria-pressed": String(name === "Chat"), onclick: () => choose(name) }, name));
  }
  return bar;
}

async function elsewhere(entry, name, app) {
  const frame = await app.preview(entry.id, name);
  if (!frame) return el("p", { class: "small" }, "Not connected just now. Try again in a moment.");
  if (!frame.payload) return el("p", { class: "small" }, "This message is not kept any more, so I cannot draw it again.");
  const drawn = DRAWERS[name] ? DRAWERS[name](frame.payload, frame.reply) : el("p", {}, "There is no drawing for this platform.");
  const raw = el("button", { type: "button", class: "raw", onclick: () => app.showJson(name, frame.payload) }, "JSON");
  return el("div", { class: "preview" }, el("p", { class: "small" }, `As the payload for ${name} says it; buttons do nothing here. `, raw), drawn);
}
