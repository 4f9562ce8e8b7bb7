// What the reader takes along: a picture, a drawing, a table, the data.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu; // with "u", halves of characters are meant, not whole ones
const escapeXml = (text) => String(text).replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`).replace(NOT_XML, "");
const PICTURE_LIMIT = 16000; // pixels; browsers draw no larger canvas

// Records the canvas methods that paint.js uses, as SVG.
class SvgRecorder {
  constructor() {
    Object.assign(this, { out: [], path: [], dash: [], globalAlpha: 1, lineCap: "butt", textAlign: "left" });
  }

  beginPath() { this.path = []; }
  closePath() { this.path.push("Z"); }
  moveTo(...p) { this.path.push(`M${this.points(p)}`); }
  lineTo(...p) { this.path.push(`L${this.points(p)}`); }
  quadraticCurveTo(...p) { this.path.push(`Q${this.points(p)}`); }
  bezierCurveTo(...p) { this.path.push(`C${this.points(p)}`); }
  arc(x, y, r) { this.path.push(`M${this.points([x - r, y])}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`); }
  setLineDash(dash) { this.dash = dash; }
  points(p) { return p.map((value) => Math.round(value * 100) / 100).join(" "); }
  alpha() { return this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : ""; }
  fill() { this.out.push(`<path d="${this.path.join("")}" fill="${escapeXml(this.fillStyle)}"${this.alpha()}/>`); }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.out.push(`<path d="${this.path.join("")}" fill="none" stroke="${escapeXml(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linecap="${this.lineCap}"${dash}${this.alpha()}/>`);
  }

  fillText(text, x, y, room) {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(this.font);
    const anchor = { left: "start", right: "end", center: "middle" }[this.textAlign];
    const wide = measure(text, this.font) > room ? ` textLength="${Math.round(room)}" lengthAdjust="spacingAndGlyphs"` : "";
    this.out.push(`<text x="${Math.round(x * 100) / 100}" y="${Math.round((y + 0.36 * size) * 100) / 100}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${escapeXml(this.fillStyle)}"${wide}${this.alpha()}>${escapeXml(text)}</text>`);
  }
}

let ruler = null;
function measure(text, inFont) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = inFont;
  return ruler.measureText(text).width;
}

function exportView() {
  return { ...viewOf(selectClaims()), focus: null, near: null, top: -Infinity, bottom: Infinity };
}

// What a picture shows: the drawing of the view, where it has one of its own, else the map, as filters and folds leave it.
const DRAWN = new Set(["actors", "timeline"]);
const drawingOf = (view) => (DRAWN.has(view) ? $(view).querySelector("svg.drawing") : null);
const pictureName = () => (drawingOf(state.view) ? state.view : "map");

// A drawing of the page as a file of its own: colours and letters are written into it.
function drawingText(drawing) {
  const copy = drawing.cloneNode(true);
  const style = getComputedStyle(root);
  const plain = (value) => value.replace(/var\(--([\w-]+)\)/g, (whole, name) => style.getPropertyValue(`--${name}`).trim());
  const [, , width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
  for (const element of copy.querySelectorAll("*")) {
    for (const name of ["fill", "stroke"]) if (element.hasAttribute(name)) element.setAttribute(name, plain(element.getAttribute(name)));
    if (element.tagName === "text" && !element.hasAttribute("fill")) element.setAttribute("fill", COLOR.ink);
    if (element.classList.contains("halo")) fill(element, { "paint-order": "stroke", stroke: COLOR.paper, "stroke-width": 5, "stroke-linejoin": "round" }, []);
    for (const name of ["class", "tabindex", "role", "aria-label"]) element.removeAttribute(name);
  }
  for (const name of ["class", "role", "aria-label"]) copy.removeAttribute(name);
  const box = { x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  copy.prepend(s("title", null, `${$("title").textContent}: ${t(`view.${state.view}`)}`), s("rect", { ...box, fill: COLOR.paper }));
  fill(copy, { width: box.width, height: box.height, viewBox: Object.values(box).join(" "), "font-family": COLOR.font }, []);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy).replace(NOT_XML, "")}\n`;
}

function svgOfView() {
  const drawing = drawingOf(state.view);
  return drawing ? drawingText(drawing) : svgText();
}

function svgText() {
  const view = exportView();
  const recorder = new SvgRecorder();
  drawAll(recorder, view);
  const [width, height] = [view.width + 2 * MARGIN, view.height + 2 * MARGIN];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" font-family="${escapeXml(COLOR.font)}">\n<title>${escapeXml($("title").textContent)}</title>\n<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${COLOR.wash}"/>\n${recorder.out.join("\n")}\n</svg>\n`;
}

async function pngBlob() {
  const drawing = drawingOf(state.view);
  if (drawing) {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([drawingText(drawing)], { type: "image/svg+xml" }));
    await image.decode();
    URL.revokeObjectURL(image.src);
    return picture(image.naturalWidth, image.naturalHeight, (ctx) => ctx.drawImage(image, 0, 0));
  }
  const view = exportView();
  return picture(view.width + 2 * MARGIN, view.height + 2 * MARGIN, (ctx) => {
    ctx.translate(MARGIN, MARGIN);
    drawAll(ctx, view);
  });
}

// A PNG at twice the size, or as large as browsers can.
function picture(width, height, draw) {
  const scale = Math.min(2, PICTURE_LIMIT / width, PICTURE_LIMIT / height);
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const ctx = sheet.getContext("2d");
  ctx.scale(scale, scale);
  ctx.fillStyle = COLOR.wash;
  ctx.fillRect(0, 0, width, height);
  draw(ctx);
  return new Promise((done) => sheet.toBlob(done, "image/png"));
}

// RFC 4180; a cell that a spreadsheet would run as a formula is made text.
function csvCell(value) {
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
}

function csvText() {
  const rows = sortedClaims(selectClaims()).map(([, row]) => Object.values(row));
  return `\ufeff${[TABLE.map((column) => t(`column.${column}`)), ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

// The page's data, with ids where the page itself has references.
function jsonText() {
  const pick = (item, keys) => Object.fromEntries(keys.map((key) => [key, item[key]]));
  const claims = claimList.map((claim) => ({ ...pick(claim, ["id", "text", "language", "stance", "topic", "concept", "polarity", "relevance", "confidence", "named"]),
    statements: claim.made.map((statement) => statement.id), human: MARKS.claims[claim.id] }));
  const statements = sources().statements.map((statement) => ({ ...statement, claim: statement.claim.id, article: statement.article.id, repeats: statement.repeats?.id, quotation: quotationOf(statement), human: MARKS.statements[statement.id] }));
  const relations = RELATIONS.map((relation) => ({ ...pick(relation, ["origin", "target", "kind", "rule", "confidence"]), human: MARKS.relations[`${relation.origin} ${relation.target}`],
    evidence: evidenceOf(relation).map((e) => ({ article: e.article.id, origin: e.origin?.id, target: e.target?.id, signal: e.signal })) }));
  const { about, motion, sides, topics } = packed;
  const actors = actorList.map((actor) => ({ ...actor, human: MARKS.actors[actor.id] }));
  const coalitions = { ...sources().coalitions, leanings: Object.fromEntries(sources().coalitions.leanings), of: undefined };
  return JSON.stringify({ about, motion, sides, topics, actors, coalitions, articles: sources().articles, statements, claims, relations }, null, 1);
}

// The address of what is shown now; where the browser does not let the page copy it, the reader does.
async function copyLink() {
  const link = location.href.replace(/#.*$/, "") + hashOfState();
  const field = h("input", { id: "link", readonly: true, value: link, "aria-label": t("export.link") });
  $("exports").hidden = false;
  $("export-button").setAttribute("aria-expanded", "true");
  fill($("exports"), null, [field]);
  field.select();
  try {
    await navigator.clipboard.writeText(link);
    $("live").textContent = t("copied");
    fill($("exports"), null, [h("p", { class: "how" }, t("copied"))]);
  } catch { /* the field stands there, selected */ }
}

const EXPORTS = {
  png: async () => download(`${pictureName()}.png`, "image/png", await pngBlob()),
  svg: () => download(`${pictureName()}.svg`, "image/svg+xml", svgOfView()),
  csv: () => download("claims.csv", "text/csv;charset=utf-8", csvText()),
  json: () => download("map-data.json", "application/json", jsonText()),
  link: copyLink,
  print: () => window.print(),
};

function drawExports() {
  replace($("exports"), Object.entries(EXPORTS).map(([name, run]) => button(t(`export.${name}`), () => {
    closeExports();
    run();
  }, { id: `export-${name}` })));
}

function closeExports() {
  $("exports").hidden = true;
  $("export-button").setAttribute("aria-expanded", "false");
  drawExports();
}
