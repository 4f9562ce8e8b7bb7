// The views that are text: outline, table, sources. They carry everything the canvas shows.
function claimItem(claim, selection, tag = "button") {
  const tie = claim.tie && selectionHas(selection, claim.parent.id) ? claim.tie : null;
  return h(tag, { type: "button", class: `item ${claim.stance}${selection.context.has(claim.id) ? " context" : ""}`, "data-claim": claim.id,
    "aria-current": claim.id === state.selected ? "true" : null, onclick: () => select(claim.id) },
    tie && [h("span", { class: `rel ${tie.kind}` }, tie.kind === "attack" ? `− ${t("attacks.verb")}` : `+ ${t("supports.verb")}`), " "],
    words(claim.text, { lang: claim.language }),
    h("span", { class: "by" }, words(speakersOfClaim(claim).join(", ")), ` · ${sideName(claim.stance)} · `, words(outletsOf(claim)),
      claim.confidence < DATA.about.lowConfidence && ` · ? ${t("doubtful")}`));
}

const OUTLETS_SHOWN = 3;

function outletsOf(claim) {
  const outlets = [...new Set(claim.articles.map((id) => ARTICLES.get(id).outlet || ARTICLES.get(id).title || id))];
  return outlets.slice(0, OUTLETS_SHOWN).join(", ") + (outlets.length > OUTLETS_SHOWN ? ` +${outlets.length - OUTLETS_SHOWN}` : "");
}

const selectionHas = (selection, id) => selection.match.has(id) || selection.context.has(id);

function drawOutline(selection) {
  const sheet = $("outline");
  const lanes = LAYOUT.lanes.map((head) => {
    const rows = ROWS.filter((row) => row.lane === head.side);
    const topics = rows.filter((row) => row.kind === "topic").map((topic) => {
      const roots = rows.filter((row) => row.kind === "claim" && row.topic === topic.topic && selectionHas(selection, row.id) && !CLAIMS.get(row.id).parent);
      return roots.length ? [h("h3", null, topicName(topic.topic)), h("ul", { class: "tree" }, roots.map((row) => branch(CLAIMS.get(row.id), selection)))] : null;
    }).filter(Boolean);
    if (!topics.length && head.side === "neutral") return null;
    return [h("h2", null, laneTitle(head)), topics.length ? topics : h("p", { class: "empty" }, t("nothing"))];
  });
  replace(sheet, lanes);
}

const laneTitle = (head) => local(DATA.sides[head.side]) || t(head.side === "neutral" ? "lane.neutral" : `side.${head.side}`);

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
    claim: claim.text, side: sideName(claim.stance), topic: topicName(claim.topic), speakers: speakersOfClaim(claim).join(", "),
    outlets: [...new Set(claim.articles.map((id) => ARTICLES.get(id).outlet || id))].join(", "), first: claim.dates[0] || "",
    supported: claim.replies.filter((r) => r.kind === "support").length, attacked: claim.replies.filter((r) => r.kind === "attack").length,
    confidence: percent(claim.confidence),
  };
}

function drawTable(selection) {
  const { sort } = state;
  const claims = [...CLAIMS.values()].filter((claim) => selection.match.has(claim.id));
  const rows = claims.map((claim) => [claim, tableRow(claim)]);
  const order = (value) => (typeof value === "number" ? value : /^\d+%$/.test(value) ? parseInt(value, 10) : value);
  rows.sort(([, a], [, b]) => {
    const [x, y] = [order(a[sort.by]), order(b[sort.by])];
    return (typeof x === "number" ? x - y : x.localeCompare(y, language)) * (sort.down ? -1 : 1);
  });
  const numeric = new Set(["supported", "attacked", "confidence"]);
  replace($("table"), h("div", { class: "wide", tabindex: 0, role: "region", "aria-label": t("view.table") }, h("table", null,
    h("caption", null, t("table.caption", { n: rows.length })),
    h("thead", null, h("tr", null, TABLE.map((column) => h("th", { scope: "col", "aria-sort": sort.by === column ? (sort.down ? "descending" : "ascending") : null },
      button([t(`column.${column}`), sort.by === column ? (sort.down ? " ↓" : " ↑") : ""], () => {
        state.sort = { by: column, down: sort.by === column ? !sort.down : numeric.has(column) };
        update();
      }, { class: "link" }))))),
    h("tbody", null, rows.map(([claim, row]) => h("tr", null, TABLE.map((column) => (column === "claim"
      ? h("th", { scope: "row" }, button(words(row.claim, { lang: claim.language }), () => select(claim.id), { class: "link", "data-claim": claim.id }))
      : h("td", { class: numeric.has(column) ? "num" : null }, ["topic", "speakers", "outlets"].includes(column) ? h("div", null, words(row[column])) : String(row[column]))))))))));
}

// Every article that has a claim in view, with its statements marked where they stand.
function drawSources(selection) {
  const articles = DATA.articles.map((article) => ({
    article,
    made: DATA.statements.filter((statement) => statement.article === article.id && selection.match.has(claimOf.get(statement.id))),
  })).filter(({ made }) => made.length).sort((a, b) => earlier(a.article, b.article));
  replace($("sources"), h("h2", null, t("sources.title", { n: articles.length })), articles.map(({ article, made }) => h("article", { class: "article" },
    h("h3", null, sourceLink(article)),
    h("p", { class: "where" }, [article.outlet, article.author, longDate(article.date), languageName(article.language)].filter(Boolean).map((text, i) => [i ? " · " : "", words(text)])),
    h("div", { class: "text", lang: article.language }, article.pieces.map((text, piece) => {
      const marks = made.flatMap((statement) => statement.content.filter((place) => place[0] === piece).map((place) => {
        const claim = CLAIMS.get(claimOf.get(statement.id));
        return { place, tag: "mark", class: claim.stance, tabindex: 0, role: "button", title: `${sideName(claim.stance)} · ${speakersOf(statement).join(", ")}`,
          onclick: () => select(claim.id), onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); select(claim.id); } } };
      }));
      return marks.length ? h("p", { dir: "auto" }, cut(article, piece, 0), marked(text, marks), cut(article, piece, 1)) : null;
    })))), !articles.length && h("p", { class: "empty" }, t("nothing")));
}

const claimOf = new Map([...CLAIMS.values()].flatMap((claim) => claim.statements.map((id) => [id, claim.id])));
