// Who stands with whom: those who are cited, in the coalitions that the analysis of the whole map found, with lines of agreement and
// conflict; and a page for each of them.
const ACTOR_LIMIT = 60; // more names than a reader takes in at once; the most active are shown
const ROW_HEIGHT = 32; // pixels
const HEAD = 46; // above a side, with room for its name
const LABEL = 30; // above a coalition, with room for its name
const BETWEEN = 18; // pixels between coalitions

const leaningSide = (leaning) => (leaning > 0 ? "for" : leaning < 0 ? "against" : "neutral");

// Each actor's claims in view, and the side that it leans to: as the analysis has it, which counts statements in the whole map; an
// actor that is none of its actors, because it takes no side or is a group of people, stands where most of its claims do.
function activeActors(selection) {
  const found = new Map();
  for (const id of selection.match) {
    const claim = CLAIMS.get(id);
    for (const actor of claim.actors) {
      if (!found.has(actor)) found.set(actor, { id: actor, claims: [] });
      found.get(actor).claims.push(claim);
    }
  }
  // Those who write the articles take no side by reporting: only those who are cited stand here.
  const actors = [...found.values()].filter(({ id }) => ACTORS.has(id) && ACTORS.get(id).kind !== "author");
  for (const actor of actors) {
    for (const side of SIDES) actor[side] = actor.claims.filter((claim) => claim.stance === side).length;
    const leaning = sources().coalitions.leanings.get(actor.id);
    actor.side = leaningSide(leaning ?? actor.for - actor.against);
  }
  return actors.sort((a, b) => b.claims.length - a.claims.length || actorName(a.id).localeCompare(actorName(b.id)));
}

// Pairs of actors: what they share (the same point, or one backs the other) and where they are opposed.
function actorTies(actors) {
  const known = new Map(actors.map((actor) => [actor.id, new Set(actor.claims)]));
  const ties = new Map();
  const tie = (a, b, kind) => {
    if (a === b || !known.has(a) || !known.has(b)) return;
    const ends = a < b ? [a, b] : [b, a];
    const key = ends.join("\n");
    if (!ties.has(key)) ties.set(key, { ends, support: 0, attack: 0 });
    ties.get(key)[kind] += 1;
  };
  const points = new Map();
  for (const actor of actors) {
    for (const claim of actor.claims) {
      const point = claim.concept || claim.id;
      if (!points.has(point)) points.set(point, []);
      points.get(point).push([actor.id, claim.polarity]);
    }
  }
  for (const made of points.values()) {
    made.forEach(([a, p], i) => made.slice(i + 1).forEach(([b, q]) => tie(a, b, p === q ? "support" : "attack")));
  }
  for (const relation of RELATIONS) {
    const { from, to } = relation;
    if (from.concept && from.concept === to.concept) continue; // counted with the point
    if (relation.confidence < ABOUT.lowConfidence) continue; // too doubtful to say who stands with whom
    for (const a of from.actors) for (const b of to.actors) if (known.get(a)?.has(from) && known.get(b)?.has(to)) tie(a, b, relation.kind);
  }
  return [...ties.values()];
}

const COLUMN = { for: 352, neutral: 500, against: 648 }; // where the dots of each side stand
const WIDTH = 1000;
const EDGE = 8; // from the drawing's border to a coalition's box

// Places for the actors: coalitions in the column of the side that they lean to, below them those in none; who is in between stands
// below both sides.
function placeActors(actors) {
  const { groups, of } = sources().coalitions;
  const place = new Map();
  const boxes = [];
  const heads = [];
  const column = (side, top) => {
    const bound = groups.filter(({ leaning }) => leaningSide(leaning) === side).map((group) => ({ group, own: actors.filter(({ id }) => of.get(id) === group) })).filter(({ own }) => own.length);
    const alone = actors.filter(({ id, side: own }) => own === side && !of.has(id));
    if (!bound.length && !alone.length) return top;
    heads.push({ side, y: top + 20 });
    let y = top + HEAD;
    for (const { group, own } of [...bound, ...(alone.length ? [{ group: null, own: alone }] : [])]) {
      const label = group ? coalitionName(group, own.length) : bound.length ? t("coalition.alone") : "";
      const box = { side, label, y, bound: Boolean(group) };
      y += label ? LABEL : 0;
      for (const actor of own) {
        place.set(actor.id, { x: COLUMN[side], y: y + ROW_HEIGHT / 2, actor, column: side });
        y += ROW_HEIGHT;
      }
      boxes.push({ ...box, height: y + 6 - box.y });
      y += BETWEEN;
    }
    return y;
  };
  const foot = Math.max(column("for", 0), column("against", 0));
  return { place, boxes, heads, height: column("neutral", foot + 10) + 10 };
}

function coalitionName({ number, members }, shown) {
  return t("coalition", { number, n: members.length }) + (shown < members.length ? ` (${t("coalition.shown", { shown })})` : "");
}

// How the coalitions were found, and how firm they are, for those who ask.
function coalitionWords() {
  const { groups, basis, modularity, stability, seeds } = sources().coalitions;
  if (!groups.length) return h("p", { class: "prose" }, t("coalitions.none"));
  return h("details", { class: "why" }, h("summary", null, t("coalitions.how")),
    h("p", null, t(`coalitions.${basis}`), " ", t("coalitions.found", { modularity, stability, seeds })));
}

function drawActors(selection) {
  const all = activeActors(selection);
  const actors = all.slice(0, ACTOR_LIMIT);
  if (!actors.length) {
    replace($("actors"), h("p", { class: "empty" }, t("nothing")));
    return;
  }
  const ties = actorTies(actors);
  const { place, boxes, heads, height } = placeActors(actors);
  const focus = state.actor && place.has(state.actor) ? state.actor : null;
  const near = new Set(focus ? [focus, ...ties.filter((link) => link.ends.includes(focus)).flatMap((link) => link.ends)] : []);
  const lines = ties.flatMap((link) => ["attack", "support"].filter((kind) => link[kind]).map((kind) => tieLine(place.get(link.ends[0]), place.get(link.ends[1]), kind, link[kind], focus)));
  replace($("actors"), h("h2", null, t("actors.title")),
    h("p", { class: "prose" }, t("actors.explain"), all.length > actors.length && ` ${t("actors.limit", { n: actors.length, all: all.length })}`), coalitionWords(),
    scrolling(t("actors.title"), s("svg", { class: "drawing", viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, role: "group", "aria-label": t("actors.title") },
      boxes.map(coalitionBox), lines, heads.map(({ side, y }) => s("text", { x: COLUMN[side], y, "text-anchor": ANCHOR[side], "font-size": 16, "font-weight": 650, fill: `var(--${side}-text)`, class: "halo" }, t(`actors.${side}`))),
      actors.map((actor) => actorMark(place.get(actor.id), focus && !near.has(actor.id))))),
    h("h3", null, t("actors.list")), inWords(all));
}

// The same in words, of all: those who are not drawn come when asked for.
function inWords(all) {
  const item = (actor) => h("li", null, button([words(actorName(actor.id)), ` · ${t("claims", { n: actor.claims.length })}`,
    ` (${SIDES.filter((side) => actor[side]).map((side) => `${sideName(side)} ${actor[side]}`).join(", ")})`], () => selectActor(actor.id), { class: "link", "data-actor": actor.id }));
  const list = h("ul", { class: "bars" });
  return inBatches("actors", list, all.map((actor) => () => item(actor)));
}

// A drawing that is wider than a narrow screen scrolls in its own frame.
const scrolling = (label, drawing) => h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, drawing);
const ANCHOR = { for: "end", neutral: "start", against: "start" };

function coalitionBox({ side, label, y, height, bound }) {
  const left = { for: EDGE, neutral: COLUMN.neutral - 148, against: COLUMN.against - 26 }[side];
  const wide = { for: COLUMN.for + 26 - EDGE, neutral: 460, against: WIDTH - EDGE - COLUMN.against + 26 }[side];
  const x = { for: COLUMN.for + 12, neutral: left + 14, against: COLUMN.against - 12 }[side];
  return [bound && s("rect", { x: left, y, width: wide, height, rx: 10, fill: `var(--${side}-card)`, stroke: `var(--${side})`, "stroke-width": 1.2, "stroke-dasharray": DRAWN_DASH[side] }),
    label && s("text", { x, y: y + 20, "text-anchor": ANCHOR[side], "font-size": 12.5, "font-weight": 600, fill: bound ? `var(--${side}-text)` : "var(--soft)", class: bound ? null : "halo" }, label)];
}

const DRAWN_DASH = { for: null, neutral: "1.5 3.5", against: "6 4" };

function tieLine(a, b, kind, n, focus) {
  const sameColumn = a.x === b.x;
  const bend = sameColumn ? (a.column === "against" ? -1 : 1) * Math.min(120, 24 + Math.abs(a.y - b.y) / 4) : 0;
  const middle = (a.x + b.x) / 2;
  const shift = kind === "attack" ? 2 : -2;
  const d = sameColumn
    ? `M${a.x} ${a.y + shift} C${a.x + bend} ${a.y + shift} ${b.x + bend} ${b.y + shift} ${b.x} ${b.y + shift}`
    : `M${a.x} ${a.y + shift} C${middle} ${a.y + shift} ${middle} ${b.y + shift} ${b.x} ${b.y + shift}`;
  const near = focus && (a.actor.id === focus || b.actor.id === focus);
  const wide = Math.min(1.2 + 1.1 * (n - 1), 5);
  return s("path", { d, fill: "none", stroke: `var(--${kind})`, "stroke-width": wide, "stroke-dasharray": kind === "attack" ? `${Math.max(6, 3 * wide)} ${Math.max(4, 1.6 * wide)}` : null,
    opacity: focus ? (near ? 1 : 0.06) : 0.5 });
}

const NAME_LENGTH = 36; // characters that a name may take beside its dot

function actorMark({ x, y, actor, column }, faint) {
  const full = actorName(actor.id);
  const name = full.length > NAME_LENGTH ? `${full.slice(0, NAME_LENGTH - 1)}…` : full;
  const radius = Math.min(4 + 2 * Math.sqrt(actor.claims.length), 13);
  const activate = () => selectActor(actor.id);
  return s("g", { tabindex: 0, role: "button", "aria-label": `${name}, ${t("claims", { n: actor.claims.length })}`, opacity: faint ? 0.35 : null, "data-actor": actor.id,
    onclick: activate, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); activate(); } } },
  sideMark(actor.side, x, y, radius, full),
  s("text", { x: x + { for: -radius - 8, neutral: radius + 8, against: radius + 8 }[column], y: y + 5, "text-anchor": ANCHOR[column], "font-size": 13.5, "font-weight": state.actor === actor.id ? 700 : 400, class: "halo" }, name));
}

function selectActor(id) {
  state.actor = state.actor === id ? null : id;
  state.selected = null;
  update();
  drawDetails();
}

// An actor's page: where it stands and when, all that it says in its words, and with whom that agrees or clashes.
function actorDetails(id) {
  const actor = ACTORS.get(id);
  const coalition = sources().coalitions.of.get(id);
  const shown = claimList.filter((claim) => !claim.hidden || filters.all);
  const said = sources().statements.filter((statement) => statement.actors.includes(id) && (!statement.claim.hidden || filters.all))
    .sort((a, b) => earlier(a.article, b.article));
  const ties = actorTies(activeActors({ match: new Set(shown.map((claim) => claim.id)) })).filter((link) => link.ends.includes(id));
  const others = (kind) => ties.filter((link) => link[kind]).map((link) => [link.ends.find((end) => end !== id), link[kind]]).sort((a, b) => b[1] - a[1]);
  const list = (kind) => others(kind).length > 0 && [h("h3", null, t(`actors.${kind}`)), h("ul", { class: "bars" },
    others(kind).map(([other, n]) => h("li", null, button([words(actorName(other)), ` (${n})`], () => { state.actor = null; selectActor(other); }, { class: "link" }))))];
  const counts = SIDES.map((side) => [side, said.filter((statement) => statement.claim.stance === side).length]).filter(([, n]) => n);
  return [
    button("×", () => { state.actor = null; update(); drawDetails(); }, { class: "close", "aria-label": t("close") }),
    h("p", { class: "tags" }, h("span", { class: "tag" }, t(`kind.${actor.kind}`)), actor.affiliation && words(actor.affiliation), coalition && h("span", null, t("coalition.member", { number: coalition.number }))),
    h("h2", { dir: "auto" }, actor.name),
    h("p", { class: "tags" }, counts.map(([side, n]) => h("span", { class: `tag side-${side}` }, `${sideName(side)} ${n}`))),
    correctable("actors", actor),
    h("p", null, button(t("actors.only"), () => { filters.chosen.actor.clear(); filters.chosen.actor.add(id); show("map"); })),
    said.length > 0 && [h("h3", null, t("actors.when")), stanceChart(said)],
    list("support"), list("attack"),
    said.length > 0 && h("h3", null, t("actors.said", { n: said.length })), listed(said, saidBy, h("div")),
  ];
}

// One statement on an actor's page: when and where, the claim, the words.
function saidBy(statement) {
  const { article, claim } = statement;
  return h("div", { class: "said" },
    h("p", { class: "where" }, article.date && [h("time", { datetime: article.date }, longDate(article.date)), " · "], article.outlet && [words(article.outlet), ", "], sourceLink(article)),
    claimItem(claim, { match: new Set(), context: new Set() }), quotation(statement, article));
}

// Stance over time: a mark for each statement, in a row per side, at its date.
function stanceChart(said) {
  const dated = said.filter((statement) => /^\d{4}-\d\d-\d\d/.test(statement.article.date));
  const days = dated.map((statement) => Date.parse(statement.article.date.slice(0, 10)));
  if (!days.length) return h("p", { class: "how" }, t("timeline.undated"));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const [left, right, wide] = [78, 284, 296];
  const at = (day) => (last === first ? (left + right) / 2 : left + ((day - first) / (last - first)) * (right - left));
  const used = SIDES.filter((side) => dated.some((statement) => statement.claim.stance === side));
  const high = used.length * 26 + 26;
  const stacks = new Map();
  const marks = dated.map((statement, i) => {
    const side = statement.claim.stance;
    const key = `${side} ${Math.round(at(days[i]) / 8)}`;
    stacks.set(key, (stacks.get(key) || 0) + 1);
    return { side, x: at(days[i]), n: stacks.get(key), key };
  });
  const label = t("actors.chart", { from: longDate(dated[0].article.date), to: longDate(dated[dated.length - 1].article.date) });
  return s("svg", { class: "drawing small", viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": label },
    used.map((side, i) => [s("text", { x: 0, y: i * 26 + 17, "font-size": 12, fill: `var(--${side}-text)` }, sideName(side)), s("path", { d: `M${left - 8} ${i * 26 + 13} H${right + 8}`, stroke: "var(--line)" })]),
    marks.filter(({ n, key }) => n === stacks.get(key)).map(({ side, x, n }) => sideMark(side, x, used.indexOf(side) * 26 + 13, Math.min(3.5 + 1.5 * Math.sqrt(n), 10), `${sideName(side)}: ${n}`)),
    s("text", { x: left - 8, y: high - 5, "font-size": 11.5 }, monthName(dated[0].article.date.slice(0, 7), "short")),
    last > first && s("text", { x: right + 10, y: high - 5, "text-anchor": "end", "font-size": 11.5 }, monthName(dated[dated.length - 1].article.date.slice(0, 7), "short")));
}

// A side's mark, told by its form as well as by its colour: a full disc for, an empty square against, a dotted ring in between.
function sideMark(side, x, y, r, title) {
  const look = { fill: side === "for" ? "var(--for)" : `var(--${side}-card)`, stroke: `var(--${side})`, "stroke-width": 1.8, "stroke-dasharray": side === "neutral" ? "1.5 2.5" : null };
  return side === "against" ? s("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, rx: 1, ...look }, s("title", null, title))
    : s("circle", { cx: x, cy: y, r, ...look }, s("title", null, title));
}
