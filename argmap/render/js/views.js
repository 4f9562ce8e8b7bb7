// The views that are text: outline, table, sources. They carry everything the canvas shows.
function claimItem(claim, selection, { tie = claim.tie && selectionHas(selection, claim.parent.id) ? claim.tie : null, before = null } = {}) {
  return h("button", { type: "button", class: `item ${claim.stance}${selection.context.has(claim.id) ? " context" : ""}`, "data-claim": claim.id,
    "aria-current": claim.id === state.selected ? "true" : null, onclick: () => select(claim.id) },
    before, tie && [h("span", { class: `rel ${tie.kind}` }, tie.kind === "attack" ? `− ${t("attacks.verb")}` : `+ ${t("supports.verb")}`), " "],
    words(claim.text, { lang: claim.language }),
    h("span", { class: "by" }, words(shortened(claim.speakers)), ` · ${sideName(claim.stance)} · `, words(outletsOf(claim)),
      MARKS.count > 0 && isCorrected(claim) && ` · ✓ ${t("corrected")}`, claim.confidence < ABOUT.lowConfidence && ` · ? ${t("doubtful")}`));
}

const OUTLETS_SHOWN = 3;

const outletsOf = (claim) => shortened(new Set(claim.articles.map((article) => article.outlet || article.title || article.id)), OUTLETS_SHOWN);

const selectionHas = (selection, id) => selection.match.has(id) || selection.context.has(id);

// Sides, topics, reply trees. Topics that are folded on the map are folded here; on paper all are open.
function drawOutline(selection, { paper = false } = {}) {
  let folded = false;
  const lanes = LAYOUT.lanes.map((head) => {
    const rows = ROWS.filter((row) => row.lane === head.side);
    const topics = rows.filter((row) => row.kind === "topic").map((topic) => {
      const shown = rows.filter((row) => row.kind === "claim" && row.topic === topic.topic && selectionHas(selection, row.id));
      if (!shown.length) return null;
      const closed = !paper && isFolded(topic.id, selection.match.size);
      folded ||= closed;
      const toggle = button([h("span", { class: "fold", "aria-hidden": "true" }, closed ? "▸" : "▾"), topicName(topic.topic), h("span", { class: "n" }, t("claims", { n: shown.length }))],
        () => { turned.set(topic.id, !closed); update(); }, { class: "topic", "aria-expanded": String(!closed), id: `outline-${topic.id}` });
      const roots = shown.map((row) => CLAIMS.get(row.id)).filter((claim) => !claim.parent);
      if (closed) return [h("h3", null, toggle), digestOf(topic, selection)];
      return [h("h3", null, toggle), h("ul", { class: "tree" }, roots.map((claim) => branch(claim, selection)))];
    }).filter(Boolean);
    if (!topics.length && head.side === "neutral") return null;
    return [h("h2", null, laneTitle(head)), topics.length ? topics : h("p", { class: "empty" }, emptyLane(head.side, (id) => selectionHas(selection, id)))];
  });
  if (!selection.match.size && claimList.length) {
    replace($("outline"), h("p", { class: "empty" }, t("nothing")));
    return;
  }
  const fold = !paper && selection.match.size > 0 && h("p", null, button(t(folded ? "unfold" : "fold"), () => turnAll(!folded), { id: "outline-fold" }));
  replace($("outline"), fold, lanes, paper && h("p", { class: "prose cite" }, citation()));
}

// A folded topic in brief, as on the map: its most contested claim and what attacks that.
function digestOf({ digest }, selection) {
  if (!digest) return null;
  const attack = digest.attack && CLAIMS.get(digest.attack);
  const sign = h("span", { class: "rel attack" }, `− ${t("attackedBy.first")} `);
  return h("ul", { class: "tree digest" }, h("li", null, claimItem(CLAIMS.get(digest.claim), selection, { tie: false }),
    attack && h("ul", null, h("li", null, claimItem(attack, selection, { tie: false, before: sign })))));
}

const laneTitle = (head) => local(packed.sides[head.side]) || t(head.side === "neutral" ? "lane.neutral" : `side.${head.side}`);

const DEEPEST = 12; // steps of indent; longer chains go on below one another, for no window is wide enough

// A claim with its replies; a loop instead of recursion, for chains may be long.
function branch(claim, selection) {
  const top = h("li", null, claimItem(claim, selection));
  const stack = [[claim, top, 0]];
  while (stack.length) {
    const [above, element, depth] = stack.pop();
    const replies = inOrder(above.children).filter((reply) => selectionHas(selection, reply.id));
    if (!replies.length) continue;
    const items = replies.map((reply) => h("li", null, claimItem(reply, selection)));
    if (depth < DEEPEST) element.append(h("ul", null, items));
    else element.after(...items);
    replies.forEach((reply, i) => stack.push([reply, items[i], depth + 1]));
  }
  for (const element of top.querySelectorAll(".item")) {
    const cross = CLAIMS.get(element.dataset.claim).answers.filter((r) => FREE.has(r.index));
    if (cross.length) element.append(h("span", { class: "by" }, cross.map((r, i) => [i ? "; " : "", `${t(r.kind === "attack" ? "alsoAttacks" : "alsoSupports")} “`, words(CLAIMS.get(r.target).text), "”"])));
  }
  return top;
}

const TABLE = ["claim", "side", "topic", "speakers", "outlets", "first", "supported", "attacked", "confidence"];

function tableRow(claim) {
  return {
    claim: claim.text, side: sideName(claim.stance), topic: topicName(claim.topic), speakers: shortened(claim.speakers),
    outlets: shortened(new Set(claim.articles.map((article) => article.outlet || article.id))), first: claim.dates[0] || "",
    supported: countReplies(claim, "support"), attacked: countReplies(claim, "attack"),
    confidence: percent(claim.confidence),
  };
}

const NUMERIC = new Set(["supported", "attacked", "confidence"]);

function sortedClaims(selection) {
  const { sort } = state;
  const rows = claimList.filter((claim) => selection.match.has(claim.id)).map((claim) => [claim, tableRow(claim)]);
  const order = (value) => (typeof value === "number" ? value : /^\d+%$/.test(value) ? parseInt(value, 10) : value);
  const { compare } = new Intl.Collator(language);
  return rows.sort(([, a], [, b]) => {
    const [x, y] = [order(a[sort.by]), order(b[sort.by])];
    return (typeof x === "number" ? x - y : compare(x, y)) * (sort.down ? -1 : 1);
  });
}

function drawTable(selection) {
  const { sort } = state;
  const rows = sortedClaims(selection);
  const heading = (column) => h("th", { scope: "col", class: NUMERIC.has(column) ? "num" : null, "aria-sort": sort.by === column ? (sort.down ? "descending" : "ascending") : null },
    button([t(`column.${column}`), sort.by === column ? (sort.down ? " ↓" : " ↑") : ""], () => {
      state.sort = { by: column, down: sort.by === column ? !sort.down : NUMERIC.has(column) };
      update();
    }, { class: "link", id: `sort-${column}` }));
  const cell = (claim, row, column) => (column === "claim"
    ? h("th", { scope: "row" }, button(words(row.claim, { lang: claim.language }), () => select(claim.id), { class: "link", "data-claim": claim.id, "aria-current": claim.id === state.selected ? "true" : null }), MARKS.count > 0 && isCorrected(claim) && h("span", { class: "by" }, ` ✓ ${t("corrected")}`))
    : h("td", { class: NUMERIC.has(column) ? "num" : null }, ["topic", "speakers", "outlets"].includes(column) ? h("div", null, words(row[column])) : String(row[column])));
  const lines = rows.map(([claim, row]) => () => h("tr", null, TABLE.map((column) => cell(claim, row, column))));
  const [body, more] = inBatches("table", h("tbody"), lines);
  replace($("table"), h("p", null, button(t("export.csv"), EXPORTS.csv, { id: "table-csv" })),
    h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": t("view.table") }, h("table", null,
      h("caption", null, t("table.caption", { n: rows.length })), h("thead", null, h("tr", null, TABLE.map(heading))), body)),
    more);
}

// How much of a long list is drawn at once; more when asked for, and what was asked for is drawn again after a choice.
const BATCH = { table: 300, sources: 40, timeline: 60, actors: 60 };
const drawn = { ...BATCH };

// The items of a list, as far as they are drawn, and a button for the rest.
function inBatches(view, list, makers) {
  list.append(...makers.slice(0, drawn[view]).map((make) => make()));
  return [list, moreButton(list, makers.slice(drawn[view]), BATCH[view], (n) => { drawn[view] += n; })];
}

// A button that adds so many of what is left to a list, and goes when nothing is.
function moreButton(list, left, batch = left.length, tell = () => {}) {
  if (!left.length) return null;
  const rest = [...left];
  const more = button(t("more", { n: rest.length }), () => {
    const items = rest.splice(0, batch).map((make) => make());
    tell(items.length);
    list.append(...items);
    items[0].querySelector("button, [tabindex]")?.focus();
    if (rest.length) more.textContent = t("more", { n: rest.length });
    else more.remove();
  }, { class: "link more" });
  return more;
}

// Claims as items; more than a few are drawn when asked for.
function claimItems(claims, selection, limit = Infinity) {
  const list = h("ul", { class: "replies" }, claims.slice(0, limit).map((claim) => h("li", null, claimItem(claim, selection))));
  return [list, moreButton(list, claims.slice(limit).map((claim) => () => h("li", null, claimItem(claim, selection))))];
}

// Every article that has a claim in view, with its statements marked where they stand.
function drawSources(selection) {
  const made = new Map(sources().articles.map((article) => [article, []]));
  for (const statement of sources().statements) if (selection.match.has(statement.claim.id) && statementFits(statement)) made.get(statement.article).push(statement);
  const inOrderOfDate = [...made].filter(([, list]) => list.length).sort(([a], [b]) => earlier(a, b));
  // Those of the chosen claim come first where they would not be drawn yet.
  const chosen = new Set(CLAIMS.has(state.selected) ? CLAIMS.get(state.selected).articles : []);
  const first = inOrderOfDate.slice(drawn.sources).filter(([article]) => chosen.has(article));
  const articles = [...first, ...inOrderOfDate.filter((entry) => !first.includes(entry))];
  replace($("sources"), h("h2", null, t("sources.title", { n: articles.length })), h("p", { class: "prose" }, t("sources.explain")),
    inBatches("sources", h("div"), articles.map(([article, list]) => () => h("article", { class: "article" },
      h("h3", null, sourceLink(article)),
      h("p", { class: "where" }, [article.outlet, article.author, longDate(article.date), languageName(article.language)].filter(Boolean).map((text, i) => [i ? " · " : "", words(text)])),
      h("div", { class: "text", lang: article.language }, article.pieces.map((text, piece) => {
        const marks = list.flatMap((statement) => statement.content.filter((place) => place[0] === piece).map((place) => statementMark(statement, place)));
        return marks.length ? h("p", { dir: "auto" }, cut(article, piece, 0), marked(text, marks), cut(article, piece, 1)) : null;
      })), correctable("articles", article)))), !articles.length && h("p", { class: "empty" }, t("nothing")));
}

function statementMark(statement, place) {
  const { claim } = statement;
  const act = () => select(claim.id);
  return { place, tag: "mark", class: claim.stance, tabindex: 0, role: "button", title: `${sideName(claim.stance)} · ${speakersOf(statement).join(", ")}`,
    "data-claim": claim.id, "data-statement": statement.id, "aria-current": claim.id === state.selected ? "true" : null, onclick: act,
    onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } } };
}
