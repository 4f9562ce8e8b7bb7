// Boxes come in, strokes go out: to a canvas, or to the SVG recorder that has the same methods.
let COLOR = {};

function readColors() {
  const style = getComputedStyle(root);
  COLOR = new Proxy({}, { get: (cache, name) => (cache[name] ??= style.getPropertyValue(`--${name}`).trim()) });
  COLOR.font = style.getPropertyValue("--font").trim();
}

const DASH = { for: [], against: [6, 4], neutral: [1.5, 3.5] };
const EDGE_DASH = { support: [], attack: [6, 4] };
const font = (size, weight = 400) => `${weight} ${size}px ${COLOR.font}`;

function roundBox(ctx, x, y, width, height, radius) {
  ctx.beginPath();
  ctx.moveTo(x + radius, y);
  ctx.lineTo(x + width - radius, y);
  ctx.quadraticCurveTo(x + width, y, x + width, y + radius);
  ctx.lineTo(x + width, y + height - radius);
  ctx.quadraticCurveTo(x + width, y + height, x + width - radius, y + height);
  ctx.lineTo(x + radius, y + height);
  ctx.quadraticCurveTo(x, y + height, x, y + height - radius);
  ctx.lineTo(x, y + radius);
  ctx.quadraticCurveTo(x, y, x + radius, y);
  ctx.closePath();
}

// Text is condensed rather than clipped where a reader's font is wider than the measured ones.
function line(ctx, text, x, y, room, { size, weight = 400, color, align = "left" }) {
  ctx.font = font(size, weight);
  ctx.fillStyle = color;
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y, room);
}

function drawColumns(ctx, view) {
  for (const column of view.columns) {
    ctx.fillStyle = COLOR[`${column.side}-lane`];
    roundBox(ctx, column.x, column.y, column.width, view.height - column.y, 10);
    ctx.fill();
    if (column.empty) drawEmptyLane(ctx, view, column);
  }
}

// A lane without trees of its own says where its side is.
function drawEmptyLane(ctx, view, column) {
  const room = column.width - 2 * (G.lane_pad + G.pad_x);
  wrapped(emptyLane(column.side, (id) => view.shown.has(id)), font(G.text), room).forEach((text, i) => line(ctx, text, column.x + column.width / 2, column.y + column.head + 2 * G.lane_pad + i * G.line, room,
    { size: G.text, color: COLOR.soft, align: "center" }));
}

function emptyLane(side, shown) {
  const n = claimList.filter((claim) => claim.stance === side && shown(claim.id)).length;
  return n ? t("lane.elsewhere", { n }) : t("lane.none");
}

function wrapped(text, inFont, room) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (measure(longer, inFont) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// From each lane's head to the motion: for backs it, against attacks it, neutral does neither.
function drawTrunks(ctx, view) {
  const motion = view.boxes.get(LAYOUT.motion.id);
  const foot = motion.y + motion.height;
  view.columns.forEach((column) => {
    const kind = { for: "support", against: "attack" }[column.side];
    const x = column.x + column.width / 2;
    const end = Math.min(Math.max(x, motion.x + 60), motion.x + motion.width - 60);
    const middle = (foot + column.y) / 2;
    stroke(ctx, kind ? COLOR[kind] : COLOR.edge, 2, kind ? EDGE_DASH[kind] : DASH.neutral, () => {
      ctx.moveTo(x, column.y);
      if (Math.abs(end - x) < 1) ctx.lineTo(end, foot + (kind ? 9 : 4));
      else {
        ctx.lineTo(x, middle + 4);
        ctx.quadraticCurveTo(x, middle, x + Math.sign(end - x) * 6, middle);
        ctx.lineTo(end - Math.sign(end - x) * 6, middle);
        ctx.quadraticCurveTo(end, middle, end, middle - 6);
        ctx.lineTo(end, foot + (kind ? 9 : 4));
      }
    });
    if (kind) drawEnd(ctx, end, foot + 2, 0, -1, kind, 1.2);
  });
}

function stroke(ctx, color, width, dash, path) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  path();
  ctx.stroke();
  ctx.setLineDash([]);
}

// The end of a relation at what it answers: a filled arrow for support, a bar for attack. (dx, dy) points at the target.
function drawEnd(ctx, x, y, dx, dy, kind, scale = 1) {
  if (kind === "support") {
    ctx.fillStyle = COLOR.support;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - dx * 9 * scale - dy * 5 * scale, y - dy * 9 * scale + dx * 5 * scale);
    ctx.lineTo(x - dx * 9 * scale + dy * 5 * scale, y - dy * 9 * scale - dx * 5 * scale);
    ctx.closePath();
    ctx.fill();
    return;
  }
  stroke(ctx, COLOR.attack, 3, [], () => {
    ctx.moveTo(x - dx * 2 - dy * 6 * scale, y - dy * 2 + dx * 6 * scale);
    ctx.lineTo(x - dx * 2 + dy * 6 * scale, y - dy * 2 - dx * 6 * scale);
  });
}

// The connectors of the reply trees: for each claim one trunk per kind, and a branch to each reply.
function drawTree(ctx, view, focus) {
  const trunks = new Map();
  for (const [id, box] of view.boxes) {
    const claim = box.row && CLAIMS.get(id);
    const target = claim && claim.parent && view.boxes.get(claim.parent.id);
    if (!target) continue;
    const { kind } = claim.tie;
    const path = treePath(box, target, kind);
    if (path.bottom < view.top || path.top > view.bottom) continue;
    const key = `${kind} ${claim.parent.id}`;
    if (!trunks.has(key)) trunks.set(key, { kind, paths: [], parent: claim.parent.id });
    const near = focus !== null && (focus === id || focus === claim.parent.id);
    trunks.get(key).paths.push({ ...path, near, alpha: fade(view, id, focus, near) });
  }
  for (const { kind, paths } of trunks.values()) {
    const { x, top } = paths[0];
    const start = top + (kind === "support" ? 8 : 3);
    for (const near of [false, true]) {
      const some = paths.filter((path) => path.near === near);
      if (!some.length) continue;
      const width = near ? 3 : 1.8;
      ctx.globalAlpha = Math.max(...some.map((path) => path.alpha));
      stroke(ctx, COLOR[kind], width, EDGE_DASH[kind], () => {
        ctx.moveTo(x, start);
        ctx.lineTo(x, Math.max(...some.map((path) => path.bottom)) - 5);
      });
      for (const path of some) {
        ctx.globalAlpha = path.alpha;
        stroke(ctx, COLOR[kind], width, EDGE_DASH[kind], () => {
          ctx.moveTo(path.right, path.bottom);
          ctx.lineTo(path.x + 5, path.bottom);
          ctx.quadraticCurveTo(path.x, path.bottom, path.x, path.bottom - 5);
        });
      }
    }
    ctx.globalAlpha = Math.max(...paths.map((path) => path.alpha));
    drawEnd(ctx, x, top + 1, 0, -1, kind, 0.85);
  }
  ctx.globalAlpha = 1;
}

// Relations between trees: those between topics faintly, all of them in full when one of their ends is selected or under the pointer.
function drawFree(ctx, view, focus, nearOnly) {
  for (const number of FREE) {
    const relation = RELATIONS[number];
    const from = view.boxes.get(relation.origin);
    const to = view.boxes.get(relation.target);
    if (!from || !to || from === to) continue;
    const near = focus === relation.origin || focus === relation.target;
    if (near !== nearOnly || (!near && from.row.topic === to.row.topic && from.row.lane === to.row.lane)) continue;
    const p = freePath(from, to);
    ctx.globalAlpha = near ? 1 : focus ? 0.12 : 0.3;
    stroke(ctx, COLOR[relation.kind], near ? 2.6 : 1.5, EDGE_DASH[relation.kind], () => {
      ctx.moveTo(p[0], p[1]);
      ctx.bezierCurveTo(p[2], p[3], p[4], p[5], p[6] - Math.sign(p[6] - p[4]) * 7, p[7]);
    });
    drawEnd(ctx, p[6], p[7], Math.sign(p[6] - p[4]), 0, relation.kind);
  }
  ctx.globalAlpha = 1;
}

// How strongly something is drawn: faint where it only stands above a match, or where something else is in focus.
function fade(view, id, focus, near) {
  if (view.context.has(id)) return 0.5;
  return focus && !near && view.near && !view.near.has(id) ? 0.6 : 1;
}

function drawHead(ctx, box) {
  const { head, x, y, width, height } = box;
  const isMotion = !head.side;
  let lines = head.lines[language] || head.lines.en || Object.values(head.lines)[0] || [head.side ? sideName(head.side) : ""];
  ctx.fillStyle = isMotion ? COLOR.motion : COLOR[`${head.side}-head`];
  roundBox(ctx, x, y, width, height, 10);
  ctx.fill();
  let size = isMotion ? G.motion_text : G.byline + 2;
  let step = isMotion ? G.motion_line : G.line;
  if (isMotion && width < head.width) { // made narrow to stay in sight: smaller letters, on more lines
    const text = lines.join(" ");
    const wrap = () => { lines = wrapped(text, font(size, 600), width - 2 * G.pad_x); };
    for (wrap(); lines.length * step > height - 2 * G.pad_y && size > G.byline; wrap()) {
      size -= 1;
      step = size * 1.3;
    }
  }
  const color = isMotion ? COLOR["motion-ink"] : COLOR[`${head.side}-head-ink`];
  lines.forEach((text, i) => line(ctx, text, x + width / 2, y + height / 2 + (i - (lines.length - 1) / 2) * step, width - 2 * G.pad_x,
    { size, weight: 600, color, align: "center" }));
}

// The lanes' heads stay in sight when the map is scrolled below them.
function drawStickyHeads(ctx, view, top) {
  for (const column of view.columns) {
    if (column.y >= top) continue;
    const box = view.boxes.get(`lane:${column.side}`);
    ctx.fillStyle = COLOR.wash;
    ctx.fillRect(box.x - 1, top - 1, box.width + 2, box.height + 5);
    drawHead(ctx, { ...box, y: top });
  }
}

function drawTopic(ctx, view, box, state) {
  const { row, x, y, width, height } = box;
  if (state.selected) drawRing(ctx, box);
  const color = COLOR[`${row.lane}-text`];
  const count = t("claims", { n: box.n });
  const name = { size: G.text + 1, weight: 600, color };
  if (!box.folded) {
    const middle = y + height / 2;
    line(ctx, count, x + width, middle, 76, { size: G.byline, color: COLOR.soft, align: "right" });
    line(ctx, topicName(row.topic), x + 17, middle, width - 17 - 82, name);
    triangle(ctx, x + 5, middle, false, color);
    stroke(ctx, COLOR[row.lane], state.hover ? 2 : 1, DASH[row.lane], () => { ctx.moveTo(x, y + height); ctx.lineTo(x + width, y + height); });
    return;
  }
  ctx.fillStyle = COLOR[`${row.lane}-card`];
  roundBox(ctx, x, y, width, height, 8);
  ctx.fill();
  outline(ctx, box, row.lane, state.hover ? 2.6 : 1.8);
  const room = width - 2 * G.pad_x;
  let at = y + G.header / 2 + 4;
  triangle(ctx, x + G.pad_x + 4, at, true, color);
  line(ctx, topicName(row.topic), x + G.pad_x + 16, at, room - 16, name);
  at += G.header / 2 + G.byline_line / 2 - 2;
  const inside = view.inside.get(row.id);
  const counts = ["support", "attack"].filter((kind) => inside[`${kind}s`]).map((kind) => `${kind === "attack" ? "−" : "+"} ${t(`${kind}s`, { n: inside[`${kind}s`] })}`);
  line(ctx, [count, ...counts].join("   "), x + G.pad_x, at, room, { size: G.byline, color: COLOR.soft });
  at += G.byline_line / 2 + G.line / 2 + 2;
  const { digest } = row;
  const quote = (lines, byline, id, left, wide) => {
    for (const text of lines) {
      line(ctx, text, x + left, at, wide, { size: G.text, color: COLOR.ink });
      at += G.line;
    }
    line(ctx, byline || t("speaker.none"), x + left, at, wide, bylineStyle(CLAIMS.get(id)));
    at += G.byline_line;
  };
  quote(digest.lines, digest.byline, digest.claim, G.pad_x, room);
  if (digest.attack) {
    at += G.gap;
    const start = at;
    drawBadge(ctx, x + G.pad_x + 8, at, "attack");
    quote(digest.attack_lines, digest.attack_byline, digest.attack, G.pad_x + G.indent, room - G.indent);
    stroke(ctx, COLOR.attack, 1.8, EDGE_DASH.attack, () => { ctx.moveTo(x + G.pad_x + 8, start - 8); ctx.lineTo(x + G.pad_x + 8, start - G.gap - G.byline_line / 2); });
    drawEnd(ctx, x + G.pad_x + 8, start - G.gap - G.byline_line / 2, 0, -1, "attack", 0.85);
  }
  line(ctx, t("most", { names: digest.most }), x + G.pad_x, at, room, { size: G.byline, color: COLOR.soft });
}

// Who is cited stands out from what an article says itself.
const bylineStyle = (claim) => (claim.own ? { size: G.byline, color: COLOR.soft } : { size: G.byline, weight: 600, color: COLOR[`${claim.stance}-text`] });

function triangle(ctx, x, y, right, color) {
  ctx.fillStyle = color;
  ctx.beginPath();
  if (right) { ctx.moveTo(x - 3, y - 5); ctx.lineTo(x + 4, y); ctx.lineTo(x - 3, y + 5); }
  else { ctx.moveTo(x - 5, y - 3); ctx.lineTo(x + 5, y - 3); ctx.lineTo(x, y + 4); }
  ctx.closePath();
  ctx.fill();
}

function outline(ctx, { x, y, width, height }, side, thick) {
  ctx.strokeStyle = COLOR[side];
  ctx.lineWidth = thick;
  ctx.setLineDash(DASH[side]);
  ctx.lineCap = side === "neutral" ? "round" : "butt";
  roundBox(ctx, x, y, width, height, 8);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

// Around what is chosen, or has the keyboard's place.
function drawRing(ctx, { x, y, width, height }) {
  ctx.strokeStyle = COLOR.focus;
  ctx.lineWidth = 2.5;
  roundBox(ctx, x - 4, y - 4, width + 8, height + 8, 11);
  ctx.stroke();
}

// A border grows with the number of sources, so that what many say stands out.
const borderWidth = (sources) => Math.min(1.5 + 0.9 * (sources - 1), 4.2);

function drawCard(ctx, view, box, state) {
  const { row, x, y, width, height } = box;
  const claim = CLAIMS.get(row.id);
  const room = width - 2 * G.pad_x;
  const lines = linesOf(row);
  ctx.globalAlpha = fade(view, row.id, view.focus, view.focus === row.id);
  if (state.selected) drawRing(ctx, box);
  ctx.fillStyle = COLOR[`${claim.stance}-card`];
  roundBox(ctx, x, y, width, height, 8);
  ctx.fill();
  outline(ctx, box, claim.stance, borderWidth(Math.max(1, claim.sources)) + (state.hover ? 0.8 : 0));
  lines.forEach((text, i) => line(ctx, text, x + G.pad_x, y + G.pad_y + (i + 0.5) * G.line, room, { size: G.text, color: COLOR.ink }));
  const base = y + G.pad_y + lines.length * G.line + G.byline_line / 2 + 1;
  const sources = claim.sources > 1 ? t("sources", { n: claim.sources }) : "";
  const doubtful = claim.confidence < ABOUT.lowConfidence || (claim.tie && claim.tie.confidence < ABOUT.lowConfidence);
  line(ctx, row.byline || t("speaker.none"), x + G.pad_x, base, room * (sources ? 0.68 : 0.92), bylineStyle(claim));
  const right = x + width - G.pad_x;
  const aside = [sources, MARKS.count && isCorrected(claim) && "✓", doubtful && "?"].filter(Boolean).join("  ");
  line(ctx, aside, right, base, room * 0.3, { size: G.byline, color: COLOR.soft, align: "right" });
  if (claim.tie) drawBadge(ctx, x, y + Math.min(height / 2, G.pad_y + G.line / 2), claim.tie.kind);
  ctx.globalAlpha = 1;
}

function drawBadge(ctx, x, y, kind) {
  ctx.fillStyle = kind === "support" ? COLOR.support : COLOR["attack-badge"];
  if (kind === "support") {
    ctx.beginPath();
    ctx.arc(x, y, 8, 0, 2 * Math.PI);
    ctx.fill();
  } else {
    roundBox(ctx, x - 8, y - 8, 16, 16, 3);
    ctx.fill();
  }
  stroke(ctx, COLOR["badge-ink"], 2, [], () => {
    ctx.moveTo(x - 4, y);
    ctx.lineTo(x + 4, y);
    if (kind === "support") { ctx.moveTo(x, y - 4); ctx.lineTo(x, y + 4); }
  });
}

// Everything, in the order of layers: used by the exports; the canvas draws the same layers through vis-network.
function drawAll(ctx, view) {
  drawColumns(ctx, view);
  drawTrunks(ctx, view);
  drawTree(ctx, view, null);
  drawFree(ctx, view, null, false);
  for (const box of view.boxes.values()) drawBox(ctx, view, box, {});
}

function drawBox(ctx, view, box, state) {
  if (box.head) drawHead(ctx, box);
  else if (box.row.kind === "topic") drawTopic(ctx, view, box, state);
  else drawCard(ctx, view, box, state);
}
