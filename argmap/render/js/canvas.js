// The map view: vis-network holds the boxes and the window on them, paint.js draws, and here is what pointer and keys do.
const canvas = { network: null, nodes: null, view: null, hover: null, cursor: null, scale: 1 };
const MARGIN = 22; // pixels of the page around the map at fit-width
const MAX_SCALE = 1.25; // a small map is not blown up beyond this
const TOO_SMALL = 0.7; // text below 9 pixels
const READABLE = 0.9;
const STILL = 5; // pixels that a click may move before it is a drag
const STEP = 1.25; // one press of a zoom button

function startCanvas() {
  const container = $("canvas");
  const renderer = ({ ctx, id }) => ({
    drawNode: () => {
      const box = canvas.view.boxes.get(id);
      if (box) drawBox(ctx, canvas.view, box, { selected: id === (state.selected || canvas.cursor), hover: id === canvas.hover });
    },
  });
  canvas.renderer = renderer;
  canvas.nodes = new vis.DataSet(nodesOf(canvas.view));
  canvas.network = new vis.Network(container, { nodes: canvas.nodes, edges: [] }, {
    autoResize: false, physics: { enabled: false }, layout: { improvedLayout: false },
    nodes: { chosen: false, fixed: true }, interaction: { dragNodes: false, hover: false, keyboard: false, selectable: false },
  });
  const { network } = canvas;
  for (const inner of container.querySelectorAll("[tabindex]")) inner.removeAttribute("tabindex"); // Tab enters once
  network.on("beforeDrawing", (ctx) => {
    const view = canvas.view;
    const focus = view.focus;
    view.top = network.DOMtoCanvas({ x: 0, y: -60 }).y;
    view.bottom = network.DOMtoCanvas({ x: 0, y: container.clientHeight + 60 }).y;
    keepMotionInSight(view, network.DOMtoCanvas({ x: MARGIN / 2, y: 0 }).x, network.DOMtoCanvas({ x: container.clientWidth - MARGIN / 2, y: 0 }).x);
    drawColumns(ctx, view);
    drawTrunks(ctx, view);
    drawTree(ctx, view, focus);
    drawFree(ctx, view, focus, false);
  });
  network.on("afterDrawing", (ctx) => {
    if (canvas.view.focus) drawFree(ctx, canvas.view, canvas.view.focus, true);
    drawStickyHeads(ctx, canvas.view, network.DOMtoCanvas({ x: 0, y: 0 }).y);
  });
  network.once("afterDrawing", () => dispatchEvent(new Event("argmap-drawn"))); // for who embeds or measures the page
  const under = (event) => {
    const frame = container.getBoundingClientRect();
    return boxAt(network.DOMtoCanvas({ x: event.clientX - frame.left, y: event.clientY - frame.top }));
  };
  // Clicks are the browser's own: vis-network reports the second of two quick ones as something else.
  let pressed = null;
  container.addEventListener("pointerdown", (event) => { pressed = event; }, { capture: true });
  container.addEventListener("click", (event) => {
    const dragged = pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > STILL;
    if (!dragged) pick(under(event));
  });
  container.addEventListener("pointermove", (event) => hover(event.pointerType === "touch" ? null : under(event)));
  container.addEventListener("pointerleave", () => hover(null));
  container.addEventListener("wheel", onWheel, { capture: true, passive: false });
  container.addEventListener("keydown", onKey);
  container.tabIndex = 0;
  container.setAttribute("role", "application");
  new ResizeObserver(() => resizeCanvas()).observe(container);
}

// How much of the window's top the lanes' heads cover once the map is scrolled below them, in pixels of the map.
function headsHeight() {
  const head = canvas.view.boxes.get(LAYOUT.lanes[0].id);
  return head.y < canvas.network.DOMtoCanvas({ x: 0, y: 0 }).y ? head.height : 0;
}

// Where the window shows only some of the lanes, the motion stands above those.
function keepMotionInSight(view, left, right) {
  const box = view.boxes.get(LAYOUT.motion.id);
  const home = (view.home ??= { x: box.x, width: box.width });
  Object.assign(box, home);
  if (box.x >= left && box.x + box.width <= right) return;
  box.width = Math.min(home.width, right - left);
  box.x = Math.min(Math.max(left, Math.min(home.x, right - box.width), 0), view.width - box.width);
}

// The card or topic at a point of the map.
function boxAt({ x, y }) {
  if (y < canvas.network.DOMtoCanvas({ x: 0, y: 0 }).y + headsHeight()) return null;
  for (const [id, box] of canvas.view.boxes) {
    if (box.row && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return id;
  }
  return null;
}

function hover(id) {
  if (id === canvas.hover) return;
  canvas.hover = id;
  $("canvas").style.cursor = id ? "pointer" : "default";
  focusOn();
}

// What is in focus: the claim under the pointer, else the selected one; with it go those it is tied to.
function focusOn() {
  const { view } = canvas;
  const id = CLAIMS.has(canvas.hover) && canvas.hover !== state.selected ? canvas.hover : state.selected;
  view.focus = id && view.boxes.has(id) ? id : null;
  if (view.focus) {
    const claim = CLAIMS.get(id);
    view.near = new Set([id, ...claim.replies.map((r) => r.origin), ...claim.answers.map((r) => r.target)]);
  } else view.near = null;
  canvas.network.redraw();
}

function pick(id) {
  canvas.cursor = null;
  if (id === null || CLAIMS.has(id)) select(id);
  else toggleTopic(id);
}

function toggleTopic(id) {
  turned.set(id, !canvas.view.boxes.get(id).folded);
  update();
}

function toggleAll() {
  turnAll(!anyFolded());
  fitWidth();
}

function turnAll(close) {
  for (const { id } of LAYOUT.topics) turned.set(id, close);
  update();
}

const anyFolded = () => [...canvas.view.boxes.values()].some((box) => box.folded);

// Where all that is selected stands.
function viewOf(selection) {
  const shown = selection.context.size ? new Set([...selection.match, ...selection.context]) : selection.match;
  const view = flow(shown, selection.match);
  view.context = selection.context;
  view.shown = shown;
  view.inside = new Map(LAYOUT.topics.map(({ id }) => [id, { supports: 0, attacks: 0 }]));
  for (const relation of RELATIONS) {
    const answered = relation.to;
    if (shown.has(answered.id)) view.inside.get(answered.row.under.id)[relation.kind === "attack" ? "attacks" : "supports"] += 1;
  }
  return view;
}

// New boxes after a filter, a fold or a selection: vis-network gets their middles.
function showCanvas(selection) {
  const view = viewOf(selection);
  canvas.view = view;
  if (canvas.network) {
    const gone = canvas.nodes.getIds().filter((id) => !view.boxes.has(id));
    if (gone.length) canvas.nodes.remove(gone);
    canvas.nodes.update(nodesOf(view));
  } else startCanvas();
  $("fold").textContent = t(anyFolded() ? "unfold" : "fold");
  focusOn();
}

// vis-network holds only what is shown. It takes a box for a square of twice this size when it asks whether it is in the window.
const nodesOf = (view) => [...view.boxes].map(([id, box]) => ({
  id, shape: "custom", ctxRenderer: canvas.renderer, x: box.x + box.width / 2, y: box.y + box.height / 2, size: Math.max(box.width, box.height) / 2 }));

// Fit to the width, with the motion at the top: a map is read downwards. Where that would be too small to read, as on a
// telephone, show the first lane and let the reader move.
function fitWidth() {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  if (!width) return;
  const scale = fitScale();
  const fits = canvas.view.width * scale <= width;
  look(fits ? canvas.view.width / 2 : (width / 2 - MARGIN / 2) / scale, -MARGIN / scale + height / 2 / scale, scale);
}

function fitWhole() {
  if (state.view !== "map") return;
  fitWidth();
  canvas.fitted = true;
}

function fitScale() {
  const fit = Math.min(MAX_SCALE, ($("canvas").clientWidth - 2 * MARGIN) / canvas.view.width);
  return fit < TOO_SMALL ? READABLE : fit;
}

function look(x, y, scale) {
  canvas.network.moveTo({ position: { x, y }, scale, animation: false });
}

function resizeCanvas() {
  const { network } = canvas;
  const container = $("canvas");
  if (!container.clientWidth) return;
  const first = !canvas.sized;
  if (!first && canvas.sized.width === container.clientWidth && canvas.sized.height === container.clientHeight) return;
  const before = first ? null : { at: network.DOMtoCanvas({ x: canvas.sized.width / 2, y: 0 }), scale: network.getScale() };
  network.setSize(`${container.clientWidth}px`, `${container.clientHeight}px`);
  network.redraw();
  if (first) fitWidth();
  else {
    const scale = canvas.fitted ? fitScale() : before.scale;
    const centred = canvas.fitted && canvas.view.width * scale <= container.clientWidth;
    look(centred ? canvas.view.width / 2 : before.at.x, before.at.y + container.clientHeight / 2 / scale, scale);
  }
  canvas.fitted = first || canvas.fitted;
  canvas.sized = { width: container.clientWidth, height: container.clientHeight };
  if (state.selected && covered()) reveal(state.selected);
}

// The wheel scrolls, as on any page; with Ctrl or ⌘ it zooms at the pointer.
function onWheel(event) {
  event.preventDefault();
  event.stopPropagation();
  const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? $("canvas").clientHeight : 1;
  if (event.ctrlKey || event.metaKey) {
    const frame = $("canvas").getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * unit / 400), { x: event.clientX - frame.left, y: event.clientY - frame.top });
    return;
  }
  const dx = event.shiftKey ? event.deltaY : event.deltaX;
  scroll(dx * unit, event.shiftKey ? 0 : event.deltaY * unit);
}

function scroll(dx, dy) {
  const scale = canvas.network.getScale();
  const { x, y } = canvas.network.getViewPosition();
  const { clientWidth, clientHeight } = $("canvas");
  const hold = (value, low, high) => (low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high));
  const half = { x: clientWidth / 2 / scale, y: clientHeight / 2 / scale };
  const margin = MARGIN / scale;
  look(hold(x + dx / scale, half.x - margin, canvas.view.width + margin - half.x),
    Math.min(Math.max(y + dy / scale, half.y - margin), Math.max(half.y - margin, canvas.view.height + margin - half.y)), scale);
}

function zoom(factor, at) {
  const { network } = canvas;
  const { clientWidth, clientHeight } = $("canvas");
  const point = at || { x: clientWidth / 2, y: clientHeight / 2 };
  const before = network.DOMtoCanvas(point);
  const scale = Math.min(3, Math.max(0.1, network.getScale() * factor));
  look(before.x - (point.x - clientWidth / 2) / scale, before.y - (point.y - clientHeight / 2) / scale, scale);
  canvas.fitted = false;
}

// How much of the map's right the panel lies over, in pixels.
function covered() {
  const panel = $("details");
  return panel.classList.contains("over") && getComputedStyle(panel).position === "absolute" ? panel.clientWidth : 0;
}

// Bring a card into the window, moving no more than needed.
function reveal(id) {
  const box = canvas.view.boxes.get(id);
  const { clientWidth, clientHeight } = $("canvas");
  if (!box || !clientWidth) return;
  const { network } = canvas;
  const scale = network.getScale();
  const corner = network.canvasToDOM({ x: box.x, y: box.y });
  const far = network.canvasToDOM({ x: box.x + box.width, y: box.y + box.height });
  const shift = (low, high, size, first) => (low < first ? low - first : high > size - MARGIN ? Math.min(high - size + MARGIN, low - first) : 0);
  const { x, y } = network.getViewPosition();
  const free = clientWidth - covered();
  const below = MARGIN + canvas.view.boxes.get(LAYOUT.lanes[0].id).height * scale;
  look(x + shift(corner.x, far.x, free, MARGIN) / scale, y + shift(corner.y, far.y, clientHeight, below) / scale, scale);
}

// What the arrows lead to: from a claim to those around it in the trees, above these to their topic, below a folded topic into it.
function stepFrom(id, key) {
  const { boxes } = canvas.view;
  const shown = [...boxes].filter(([, box]) => box.row);
  if (!boxes.get(id)?.row) return key === "ArrowUp" ? null : shown.find(([, box]) => box.row.kind === "claim" || box.folded)?.[0];
  const inside = (topic) => shown.map(([, box]) => box.row).filter((row) => row.under === topic && !boxes.has(row.claim.parent?.id)).map((row) => row.id);
  const { row } = boxes.get(id);
  const parent = row.claim?.parent;
  if (key === "ArrowUp") return boxes.has(parent?.id) ? parent.id : row.under?.id;
  if (key === "ArrowDown") return row.claim ? inOrder(row.claim.children).find((claim) => boxes.has(claim.id))?.id : inside(row)[0];
  const kin = !row.claim ? shown.filter(([, box]) => !box.row.claim).map(([name]) => name)
    : boxes.has(parent?.id) ? inOrder(parent.children).map((claim) => claim.id).filter((name) => boxes.has(name))
      : shown.map(([, box]) => box.row).filter((other) => other.claim && !boxes.has(other.claim.parent?.id)).map((other) => other.id);
  return kin[(kin.indexOf(id) + (key === "ArrowLeft" ? -1 : 1) + kin.length) % kin.length];
}

// A claim is chosen; a topic only has the keyboard's place, for it has no details.
function walkTo(id) {
  canvas.cursor = CLAIMS.has(id) ? null : id;
  if (!canvas.cursor) {
    select(id);
    return;
  }
  select(null);
  reveal(id);
  const { row, folded, n } = canvas.view.boxes.get(id);
  $("live").textContent = `${sideName(row.lane)}: ${topicName(row.topic)}, ${t("claims", { n })}. ${t(folded ? "topic.folded" : "topic.open")}`;
}

// Keys: Tab enters once, arrows walk the trees.
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { boxes } = canvas.view;
  const here = [state.selected, canvas.cursor].find((id) => id && boxes.has(id)) ?? null;
  if (/^Arrow(Up|Down|Left|Right)$/.test(event.key)) {
    if (event.key === "ArrowDown" && boxes.get(here)?.folded) toggleTopic(here);
    const next = stepFrom(here, event.key);
    if (canvas.view.boxes.has(next)) walkTo(next);
  } else if (event.key === "Home") {
    canvas.cursor = null;
    select(null);
    fitWhole();
  } else if (event.key === "Enter" && CLAIMS.has(here)) $("details").focus();
  else if (event.key === "Enter" && here) {
    toggleTopic(here);
    walkTo(here);
  } else if (event.key === "Escape") {
    canvas.cursor = null;
    select(null);
  }
  else if (event.key === "+" || event.key === "=") zoom(STEP);
  else if (event.key === "-") zoom(1 / STEP);
  else if (event.key === "0") fitWhole();
  else return;
  event.preventDefault();
}
