// Which rows are shown comes in, where they stand goes out: the rule of layout.py, so that hidden rows leave no gaps.
const G = LAYOUT.geometry;
// Topics that the reader folded or unfolded; the others are folded while there are more claims than one scrolls through.
const turned = new Map();

const isFolded = (topic, n) => (turned.has(topic) ? turned.get(topic) : n >= ABOUT.overview);

const LANES = LAYOUT.lanes.map((head) => ({ head, rows: ROWS.filter((row) => row.lane === head.side) }));

const EMPTY_LINES = 4; // a lane without trees says why

// Boxes by id: {row or head, x, y, width, height}, the lanes, and the size of the whole.
function flow(shown, counted = shown) {
  const boxes = new Map();
  const lanes = LANES;
  const used = lanes.filter(({ head, rows }) => head.side !== "neutral" || rows.some((row) => row.kind === "claim" && shown.has(row.id)));
  const total = used.reduce((sum, { head }) => sum + head.lane_width + G.lane_gap, -G.lane_gap);
  const motion = LAYOUT.motion;
  boxes.set(motion.id, { head: motion, x: (total - motion.width) / 2, y: motion.y, width: motion.width, height: motion.height });
  let left = 0;
  let bottom = 0;
  const columns = [];
  for (const { head, rows } of used) {
    boxes.set(head.id, { head, x: left, y: head.y, width: head.width, height: head.height });
    let y = head.y + head.height;
    let topic = null;
    const open = new Map();
    for (const row of rows) {
      if (row.kind === "topic") {
        topic = row;
        continue;
      }
      if (!shown.has(row.id)) continue;
      const closed = isFolded(topic.id, counted.size);
      if (!open.has(topic.id)) {
        const height = closed ? topic.folded : topic.height;
        y += topic.gap;
        boxes.set(topic.id, { row: topic, x: left + topic.x - head.x, y, width: topic.width, height, folded: closed, n: 0 });
        open.set(topic.id, boxes.get(topic.id));
        y += height;
      }
      open.get(topic.id).n += counted.has(row.id) ? 1 : 0;
      if (closed) continue;
      y += row.gap;
      boxes.set(row.id, { row, x: left + row.x - head.x, y, width: row.width, height: row.height });
      y += row.height;
    }
    bottom = Math.max(bottom, y + (open.size ? 0 : EMPTY_LINES * G.line));
    columns.push({ side: head.side, x: left, y: head.y, width: head.lane_width, head: head.height, empty: !open.size });
    left += head.lane_width + G.lane_gap;
  }
  for (const [id, [dx, dy]] of Object.entries(TWEAKS.moved)) {
    const box = boxes.get(id);
    if (box) Object.assign(box, { x: box.x + dx, y: box.y + dy });
  }
  return { boxes, columns, width: total, height: bottom + 2 * G.lane_pad };
}

// The connector between a reply and what it answers: down the left of the reply's card, attacks outside supports.
function treePath(reply, target, kind) {
  const x = target.x + (kind === "attack" ? 6 : 14);
  const y = reply.y + Math.min(reply.height / 2, G.pad_y + G.line / 2);
  return { x, top: target.y + target.height, bottom: y, right: reply.x };
}

// A curve between two cards of different trees: it leaves and enters at the sides that face each other.
function freePath(from, to) {
  const a = { y: from.y + from.height / 2 };
  const b = { y: to.y + to.height / 2 };
  const facing = from.x + from.width <= to.x ? 1 : to.x + to.width <= from.x ? -1 : 0;
  if (facing) {
    a.x = facing > 0 ? from.x + from.width : from.x;
    b.x = facing > 0 ? to.x : to.x + to.width;
    const reach = Math.max(40, Math.abs(b.x - a.x) / 2) * facing;
    return [a.x, a.y, a.x + reach, a.y, b.x - reach, b.y, b.x, b.y];
  }
  a.x = from.x + from.width;
  b.x = to.x + to.width;
  const bulge = Math.min(42, 24 + Math.abs(b.y - a.y) / 12); // stays on the page beside the last lane
  const edge = Math.max(a.x, b.x) + bulge;
  return [a.x, a.y, edge, a.y, edge, b.y, b.x, b.y];
}
