// Build elements from names, attributes and text nodes; there is no other way into the page.

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "value") made.value = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

export const at = (id) => document.getElementById(id);

const ADDRESS = /^(https?:\/\/|mailto:)/i;

export function link(url, ...children) {
  if (!ADDRESS.test(url)) return el("span", {}, ...children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function hex() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
}

export function sized(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

let timer = 0;

// Say something to a screen reader, and only to it.
export function aloud(words) {
  const place = at("said");
  place.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => { place.textContent = words; }, 60);
}
