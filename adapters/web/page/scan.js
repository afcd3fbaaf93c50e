// Go through a text once; at each place the first rule that fits draws what it found, and all else stays words.

export function scan(text, rules) {
  const drawn = [];
  let words = "";
  const draw = (inner) => scan(inner, rules);
  const flush = () => { if (words) drawn.push(document.createTextNode(words)); words = ""; };
  for (let place = 0; place < text.length;) {
    const rest = text.slice(place);
    const hit = first(rest, rules);
    if (!hit) { words += text[place++]; continue; }
    const [found, make] = hit;
    const made = make(found, draw);
    if (typeof made === "string") words += made;
    else { flush(); drawn.push(made); }
    place += found[0].length;
  }
  flush();
  return drawn;
}

function first(rest, rules) {
  for (const [pattern, make] of rules) {
    const found = pattern.exec(rest);
    if (found && found[0]) return [found, make];
  }
  return null;
}
