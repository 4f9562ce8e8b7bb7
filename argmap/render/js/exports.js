// What the reader takes along: a picture, a drawing, a table, the data.
const escapeXml = (text) => String(text).replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/g, "");
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
  return { ...canvas.view, focus: null, near: null, top: -Infinity, bottom: Infinity };
}

function svgText() {
  const view = exportView();
  const recorder = new SvgRecorder();
  drawAll(recorder, view);
  const [width, height] = [view.width + 2 * MARGIN, view.height + 2 * MARGIN];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" font-family="${escapeXml(COLOR.font)}">\n<title>${escapeXml($("title").textContent)}</title>\n<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${COLOR.wash}"/>\n${recorder.out.join("\n")}\n</svg>\n`;
}

function pngBlob() {
  const view = exportView();
  const [width, height] = [view.width + 2 * MARGIN, view.height + 2 * MARGIN];
  const scale = Math.min(2, PICTURE_LIMIT / width, PICTURE_LIMIT / height);
  const picture = document.createElement("canvas");
  Object.assign(picture, { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const ctx = picture.getContext("2d");
  ctx.scale(scale, scale);
  ctx.fillStyle = COLOR.wash;
  ctx.fillRect(0, 0, width, height);
  ctx.translate(MARGIN, MARGIN);
  drawAll(ctx, view);
  return new Promise((done) => picture.toBlob(done, "image/png"));
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
  const field = h("input", { id: "link", readonly: true, value: location.href, "aria-label": t("export.link") });
  $("exports").hidden = false;
  $("export-button").setAttribute("aria-expanded", "true");
  fill($("exports"), null, [field]);
  field.select();
  try {
    await navigator.clipboard.writeText(location.href);
    $("live").textContent = t("copied");
    fill($("exports"), null, [h("p", { class: "how" }, t("copied"))]);
  } catch { /* the field stands there, selected */ }
}

const EXPORTS = {
  png: async () => download("map.png", "image/png", await pngBlob()),
  svg: () => download("map.svg", "image/svg+xml", svgText()),
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
