// The views that are drawings in the document: who stands with whom, and what was said when.
const ACTOR_LIMIT = 60; // more names than a reader takes in at once; the most active are shown
const ROW_HEIGHT = 34; // pixels
const HEAD = 50; // above a group, with room for its name

// Each actor's claims in view, and which way they lean: 1 for, -1 against.
function activeActors(selection) {
  const found = new Map();
  for (const claim of CLAIMS.values()) {
    if (!selection.match.has(claim.id)) continue;
    for (const id of claim.actors) {
      if (!found.has(id)) found.set(id, { id, claims: [], lean: 0 });
      found.get(id).claims.push(claim);
    }
  }
  const chosen = filters.chosen.actor;
  // Those who write the articles take no side by reporting: only those who are cited stand here.
  const actors = [...found.values()].filter(({ id }) => ACTORS.has(id) && ACTORS.get(id).kind !== "author");
  for (const actor of actors) {
    const count = (side) => actor.claims.filter((claim) => claim.stance === side).length;
    [actor.for, actor.against, actor.neutral] = [count("for"), count("against"), count("neutral")];
    actor.group = actor.for > actor.against ? "for" : actor.against > actor.for ? "against" : "neutral";
    actor.chosen = chosen.has(actor.id);
  }
  return actors.sort((a, b) => b.claims.length - a.claims.length || actorName(a.id).localeCompare(actorName(b.id)));
}

// Pairs of actors: what they share (the same point, or one backs the other) and where they are opposed.
function actorTies(actors) {
  const by = new Map(actors.map((actor) => [actor.id, actor]));
  const ties = new Map();
  const tie = (a, b, kind) => {
    if (a === b || !by.has(a) || !by.has(b)) return;
    const key = JSON.stringify([a, b].sort());
    if (!ties.has(key)) ties.set(key, { ends: [a, b].sort(), support: 0, attack: 0 });
    ties.get(key)[kind] += 1;
  };
  const points = new Map();
  for (const actor of actors) {
    for (const claim of actor.claims) {
      if (!points.has(claim.concept)) points.set(claim.concept, []);
      points.get(claim.concept).push([actor.id, claim.polarity]);
    }
  }
  for (const made of points.values()) {
    made.forEach(([a, p], i) => made.slice(i + 1).forEach(([b, q]) => tie(a, b, p === q ? "support" : "attack")));
  }
  for (const relation of RELATIONS) {
    const [from, to] = [CLAIMS.get(relation.origin), CLAIMS.get(relation.target)];
    if (from.concept && from.concept === to.concept) continue; // counted with the point
    if (relation.confidence < DATA.about.lowConfidence) continue; // too doubtful to say who stands with whom
    for (const a of from.actors) for (const b of to.actors) if (by.get(a)?.claims.includes(from) && by.get(b)?.claims.includes(to)) tie(a, b, relation.kind);
  }
  return [...ties.values()];
}

function drawActors(selection) {
  const all = activeActors(selection);
  const actors = all.slice(0, ACTOR_LIMIT);
  if (!actors.length) {
    replace($("actors"), h("p", { class: "empty" }, t("nothing")));
    return;
  }
  const groups = ["for", "neutral", "against"].map((side) => actors.filter((actor) => actor.group === side));
  const columns = { for: 330, neutral: 480, against: 630 };
  const width = columns.against + 330;
  // Those in between stand below, out of the way of the lines between the sides.
  const rows = Math.max(groups[0].length, groups[2].length);
  const tops = { for: HEAD, against: HEAD, neutral: rows ? HEAD + rows * ROW_HEIGHT + HEAD : HEAD };
  const height = groups[1].length ? tops.neutral + groups[1].length * ROW_HEIGHT * 1.25 + 20 : HEAD + rows * ROW_HEIGHT + 20;
  const place = new Map();
  for (const group of groups) {
    group.forEach((actor, i) => place.set(actor.id, {
      x: columns[actor.group], y: tops[actor.group] + (i + 0.5) * ROW_HEIGHT * (actor.group === "neutral" ? 1.25 : 1), actor }));
  }
  const ties = actorTies(actors);
  const focus = state.actor && place.has(state.actor) ? state.actor : null;
  const lines = ties.flatMap((link) => ["attack", "support"].filter((kind) => link[kind]).map((kind) => tieLine(place.get(link.ends[0]), place.get(link.ends[1]), kind, link[kind], focus)));
  const heads = ["for", "neutral", "against"].map((side, i) => groups[i].length > 0 && s("text", {
    x: columns[side], y: tops[side] - 22, "text-anchor": { for: "end", neutral: "middle", against: "start" }[side], "font-size": 15, "font-weight": 650, fill: `var(--${side}-text)`,
  }, t(`actors.${side}`)));
  const near = new Set(focus ? [focus, ...ties.filter((link) => link.ends.includes(focus)).flatMap((link) => link.ends)] : []);
  replace($("actors"), h("h2", null, t("actors.title")),
    h("p", { class: "prose" }, t("actors.explain"), all.length > actors.length && ` ${t("actors.limit", { n: actors.length, all: all.length })}`),
    scrolling(t("actors.title"), s("svg", { class: "drawing", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": t("actors.title") },
      lines, heads, actors.map((actor) => actorMark(place.get(actor.id), focus && !near.has(actor.id))))),
    h("h3", null, t("actors.list")),
    h("ul", { class: "bars" }, actors.map((actor) => h("li", null, button([words(actorName(actor.id)), ` · ${t("claims", { n: actor.claims.length })}`,
      ` (${SIDES.filter((side) => actor[side]).map((side) => `${sideName(side)} ${actor[side]}`).join(", ")})`], () => selectActor(actor.id), { class: "link", "data-actor": actor.id })))));
}

// A drawing that is wider than a narrow screen scrolls in its own frame.
const scrolling = (label, drawing) => h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, drawing);

function tieLine(a, b, kind, n, focus) {
  const sameColumn = a.x === b.x;
  const bend = sameColumn ? (a.actor.group === "against" ? -1 : 1) * (24 + Math.abs(a.y - b.y) / 4) : 0;
  const middle = (a.x + b.x) / 2;
  const shift = kind === "attack" ? 2 : -2;
  const d = sameColumn
    ? `M${a.x} ${a.y + shift} C${a.x + bend} ${a.y + shift} ${b.x + bend} ${b.y + shift} ${b.x} ${b.y + shift}`
    : `M${a.x} ${a.y + shift} C${middle} ${a.y + shift} ${middle} ${b.y + shift} ${b.x} ${b.y + shift}`;
  const near = focus && (a.actor.id === focus || b.actor.id === focus);
  return s("path", { d, fill: "none", stroke: `var(--${kind})`, "stroke-width": Math.min(1.2 + 1.1 * (n - 1), 7), "stroke-dasharray": kind === "attack" ? "6 4" : null,
    opacity: focus ? (near ? 1 : 0.06) : 0.45 });
}

const NAME_LENGTH = 34; // characters that a name may take beside its dot

function actorMark({ x, y, actor }, faint) {
  const full = actorName(actor.id);
  const name = full.length > NAME_LENGTH ? `${full.slice(0, NAME_LENGTH - 1)}…` : full;
  const anchor = { for: "end", neutral: "middle", against: "start" }[actor.group];
  const radius = Math.min(4 + 2 * Math.sqrt(actor.claims.length), 13);
  const offset = { for: -radius - 8, neutral: 0, against: radius + 8 }[actor.group];
  const drop = actor.group === "neutral" ? radius + 10 : 5;
  const activate = () => selectActor(actor.id);
  return s("g", { tabindex: 0, role: "button", "aria-label": `${name}, ${t("claims", { n: actor.claims.length })}`, opacity: faint ? 0.35 : null, "data-actor": actor.id,
    onclick: activate, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); activate(); } } },
  s("circle", { cx: x, cy: y - (actor.group === "neutral" ? 6 : 0), r: radius, fill: `var(--${actor.group})`, stroke: "var(--paper)", "stroke-width": 2 }),
  s("text", { x: x + offset, y: y + drop, "text-anchor": anchor, "font-size": 13.5, "font-weight": state.actor === actor.id ? 700 : 400, class: "halo" },
    name, name === full ? null : s("title", null, full)));
}

function selectActor(id) {
  state.actor = state.actor === id ? null : id;
  state.selected = null;
  update();
  drawDetails();
}

// The panel's content for an actor: what he or it claims, and with whom that agrees or clashes.
function actorDetails(id) {
  const actor = ACTORS.get(id);
  const claims = inOrder([...CLAIMS.values()].filter((claim) => claim.actors.includes(id) && (!claim.hidden || filters.all)));
  const everyone = activeActors({ match: new Set([...CLAIMS.values()].filter((claim) => !claim.hidden || filters.all).map((claim) => claim.id)) });
  const ties = actorTies(everyone).filter((link) => link.ends.includes(id));
  const others = (kind) => ties.filter((link) => link[kind]).map((link) => [link.ends.find((end) => end !== id), link[kind]]).sort((a, b) => b[1] - a[1]);
  const list = (kind) => others(kind).length > 0 && [h("h3", null, t(`actors.${kind}`)), h("ul", { class: "bars" },
    others(kind).map(([other, n]) => h("li", null, button([words(actorName(other)), ` (${n})`], () => { state.actor = null; selectActor(other); }, { class: "link" }))))];
  return [
    button("×", () => { state.actor = null; update(); drawDetails(); }, { class: "close", "aria-label": t("close") }),
    h("p", { class: "tags" }, h("span", { class: "tag" }, t(`kind.${actor.kind}`)), actor.affiliation && words(actor.affiliation)),
    h("h2", { dir: "auto" }, actor.name),
    h("p", null, button(t("actors.only"), () => { filters.chosen.actor.clear(); filters.chosen.actor.add(id); show("map"); })),
    SIDES.map((side) => {
      const made = claims.filter((claim) => claim.stance === side);
      return made.length > 0 && [h("h3", null, `${sideName(side)} (${made.length})`), h("ul", { class: "replies" }, made.map((claim) => h("li", null, claimItem(claim, { match: new Set(), context: new Set() }))))];
    }),
    list("support"), list("attack"),
  ];
}

// What was said when: a bar per month and side, and the articles in order with their claims.
function drawTimeline(selection) {
  const made = DATA.statements.map((statement) => ({ statement, claim: CLAIMS.get(claimOf.get(statement.id)), date: ARTICLES.get(statement.article).date || "" }))
    .filter(({ claim }) => claim && selection.match.has(claim.id));
  const months = new Map();
  for (const item of made) {
    const month = /^\d{4}-\d\d/.test(item.date) ? item.date.slice(0, 7) : "";
    if (!months.has(month)) months.set(month, []);
    months.get(month).push(item);
  }
  const keys = [...months.keys()].sort((a, b) => (a === "") - (b === "") || (a < b ? -1 : 1));
  if (!keys.length) {
    replace($("timeline"), h("p", { class: "empty" }, t("nothing")));
    return;
  }
  replace($("timeline"), h("h2", null, t("timeline.title")), h("p", { class: "prose" }, t("timeline.explain")), monthChart(keys.filter(Boolean), months),
    keys.map((key) => [h("h3", { id: `month-${key}` }, key ? monthName(key) : t("timeline.undated")), articlesOf(months.get(key), selection)]));
}

function articlesOf(items, selection) {
  const byArticle = new Map();
  for (const item of items) byArticle.set(item.statement.article, [...(byArticle.get(item.statement.article) || []), item]);
  const ordered = [...byArticle].sort(([a], [b]) => earlier(ARTICLES.get(a), ARTICLES.get(b)));
  return ordered.map(([id, list]) => h("section", { class: "article" },
    h("h4", null, [longDate(ARTICLES.get(id).date), ARTICLES.get(id).outlet].filter(Boolean).map((text, i) => [i ? " · " : "", words(text)]), " · ", sourceLink(ARTICLES.get(id))),
    h("ul", { class: "replies" }, [...new Set(list.map(({ claim }) => claim))].map((claim) => h("li", null, claimItem(claim, { match: new Set(), context: selection.context }))))));
}

function monthName(key) {
  return new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${key}-15T00:00:00Z`));
}

// Every month from the first to the last, so that silence shows as a gap.
function everyMonth(first, last) {
  const list = [];
  for (let [year, month] = first.split("-").map(Number); list.length < 1200; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const key = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    list.push(key);
    if (key >= last) break;
  }
  return list;
}

function monthChart(keys, months) {
  if (!keys.length) return null;
  const all = everyMonth(keys[0], keys[keys.length - 1]);
  const counts = all.map((key) => SIDES.map((side) => (months.get(key) || []).filter(({ claim }) => claim.stance === side).length));
  const most = Math.max(...counts.map((row) => Math.max(...row)));
  const width = 920;
  const step = (width - 40) / all.length;
  const bar = Math.min(18, step / 4);
  const height = 150;
  const base = height - 28;
  const every = Math.ceil(all.length / 12);
  const label = t("timeline.chart", { from: monthName(all[0]), to: monthName(all[all.length - 1]) });
  return scrolling(label, s("svg", { class: "drawing", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    s("path", { d: `M20 ${base + 0.5} H${width - 20}`, stroke: "var(--edge)" }),
    all.map((key, i) => {
      const x = 20 + (i + 0.5) * step;
      return [SIDES.map((side, k) => counts[i][k] > 0 && [
        s("rect", { x: x + (k - 1.5) * (bar + 1), y: base - (counts[i][k] / most) * (base - 22), width: bar, height: (counts[i][k] / most) * (base - 22), fill: `var(--${side}-card)`,
          stroke: `var(--${side})`, "stroke-width": 1.5, "stroke-dasharray": { for: null, neutral: "1.5 3", against: "5 3" }[side] }, s("title", null, `${monthName(key)}: ${sideName(side)} ${counts[i][k]}`)),
        bar >= 9 && s("text", { x: x + (k - 1.5) * (bar + 1) + bar / 2, y: base - (counts[i][k] / most) * (base - 22) - 5, "text-anchor": "middle", "font-size": 11.5, fill: `var(--${side}-text)` }, String(counts[i][k]))]),
      i % every === 0 && s("text", { x, y: height - 8, "text-anchor": "middle", "font-size": 12 }, key)];
    })));
}
