// Elements: a tag, its properties and its children come in, an element goes out. Text is always set as text, never as markup.
const $ = (id) => document.getElementById(id);
const SVG_NS = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "lang" && !/^[a-z]{2,3}$/i.test(value)) continue; // the corpus's word, not ours
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.setAttribute("class", value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

const h = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
const s = (tag, properties, ...children) => fill(document.createElementNS(SVG_NS, tag), properties, children);
// Text of others: kept apart from its surroundings, whatever its direction.
const words = (text, properties) => h("bdi", properties, text);
const button = (label, onclick, properties) => h("button", { type: "button", onclick, ...properties }, label);

// New children; the keyboard's place stays on the element that takes over from the one that had it.
function replace(element, ...children) {
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  element.replaceChildren();
  fill(element, null, children);
  if (!active || active === element) return element;
  const key = ["id", "data-claim", "data-actor", "data-view"].find((name) => active.getAttribute(name));
  const heir = key && [...element.querySelectorAll(`[${key}]`)].find((other) => other.getAttribute(key) === active.getAttribute(key));
  (heir || element).focus({ preventScroll: true });
  return element;
}

// A link to a source: http and https only, whatever the article's data say.
function sourceLink(article) {
  const label = words(article.title || article.id);
  let url;
  try {
    url = new URL(article.url);
  } catch {
    return label;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return label;
  return h("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, label);
}

// Storage and history throw in a sandboxed frame; the map works without them.
function guarded(action, fallback = null) {
  try {
    return action();
  } catch {
    return fallback;
  }
}

function download(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 30000);
}
