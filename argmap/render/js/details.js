// The panel on the right: the selected claim with the words of its sources, or the legend when nothing is selected.
function drawDetails() {
  const panel = $("details");
  const claim = CLAIMS.get(state.selected);
  const actor = !claim && ACTORS.has(state.actor) ? state.actor : null;
  panel.classList.toggle("over", Boolean(claim || actor || state.legend));
  panel.setAttribute("aria-label", t("details"));
  panel.scrollTop = 0;
  if (!claim) {
    replace(panel, actor ? actorDetails(actor) : legend());
    return;
  }
  replace(panel,
    button("×", () => select(null), { class: "close", "aria-label": t("close") }),
    h("p", { class: "tags" }, h("span", { class: `tag side-${claim.stance}` }, sideName(claim.stance)),
      h("span", null, topicName(claim.topic)), claim.language && h("span", null, languageName(claim.language))),
    h("h2", { dir: "auto", lang: claim.language }, claim.text),
    wayButtons(claim),
    correctable("claims", claim),
    h("p", { class: "how" }, confidenceWords(claim.confidence), claim.hidden && ` · ${t("hardlyRelevant")}`),
    h("h3", null, t("saidBy", { n: claim.sources })),
    listed(claim.made, said, h("div")),
    claim.named.length > 0 && [h("h3", null, t("named")), h("p", { class: "how" }, claim.named.map((id, i) => [i ? ", " : "", actorLink(id)]))],
    relationList("supportedBy", claim.replies.filter((r) => r.kind === "support"), "origin"),
    relationList("attackedBy", claim.replies.filter((r) => r.kind === "attack"), "origin"),
    relationList("supportsWhat", claim.answers.filter((r) => r.kind === "support"), "target"),
    relationList("attacksWhat", claim.answers.filter((r) => r.kind === "attack"), "target"));
}

// Confidence as a number and as a word: below the map's own limit it is doubtful.
const HIGH = 0.8;
const confidenceWord = (confidence) => (confidence < ABOUT.lowConfidence ? `?, ${t("doubtful")}` : t(confidence < HIGH ? "confidence.fair" : "confidence.high"));
const confidenceWords = (confidence) => `${t("confidence")}: ${percent(confidence)} (${confidenceWord(confidence)})`;

// One statement: who, where, when, and the words marked in their paragraph.
function said(statement) {
  const article = statement.article;
  const who = statement.actors.length ? statement.actors : [null];
  return h("div", { class: "said" },
    h("p", { class: "who" }, statement.actors.length
      ? who.map((id, i) => [i ? ", " : "", actorLink(id), affiliation(id)])
      : words(speakersOf(statement)[0])),
    h("p", { class: "where" }, article.outlet && [words(article.outlet), ", "], article.date && [h("time", { datetime: article.date }, longDate(article.date)), " · "],
      sourceLink(article)),
    quotation(statement, article),
    h("p", { class: "how" }, button(t("inSource"), () => openSource(statement), { class: "link" }), " · ", [t(`type.${statement.type}`), statement.cue && t("cue", { word: placeText(statement.article, statement.cue) }),
      statement.repeats && t("repeats", { where: statement.repeats.article.outlet || statement.repeats.article.title || statement.repeats.article.id }),
      `${t("confidence")} ${percent(statement.confidence)}`].filter(Boolean).join(" · ")),
    correctable("statements", statement));
}

const actorLink = (id) => (ACTORS.has(id) ? button(words(actorName(id)), () => { state.actor = null; selectActor(id); }, { class: "link name" }) : words(actorName(id)));

// From a claim to those around it in the reply trees, and to a map of nothing else.
function wayButtons(claim) {
  const kin = siblingsOf(claim);
  const at = kin.indexOf(claim);
  const way = (word, other, id) => other && other !== claim && button(t(word), () => select(other.id, { reveal: true }), { id, title: other.text });
  const alone = !claim.replies.length && !claim.answers.length;
  // The words of the sources come first and may be many: a way down to those who answer.
  const down = (kind, list) => countReplies(claim, kind) > 0 && button(`${kind === "attack" ? "−" : "+"} ${t(`${kind}s`, { n: countReplies(claim, kind) })}`, () => {
    $(`list-${list}`).scrollIntoView({ block: "start" });
    $(`list-${list}`).nextElementSibling.querySelector("button").focus({ preventScroll: true });
  }, { id: `way-${kind}` });
  return h("p", { class: "ways" }, down("support", "supportedBy"), down("attack", "attackedBy"), way("way.parent", claim.parent, "way-parent"), way("way.back", at > 0 && kin[at - 1], "way-back"), way("way.next", kin[at + 1], "way-next"),
    !alone && filters.around !== claim.id && button(t("around"), () => { filters.around = claim.id; update(); drawDetails(); fitWhole(); }, { id: "around" }),
    filters.around === claim.id && button(t("around.end"), () => { filters.around = null; update(); drawDetails(); bringIntoSight(claim.id); }, { id: "around-end" }));
}

// Those that answer the same claim, or stand under the same topic, as far as they are shown.
function siblingsOf(claim) {
  const { match, context } = selectClaims();
  const kin = claim.parent ? inOrder(claim.parent.children)
    : inOrder(claimList.filter((other) => !other.parent && other.row.lane === claim.row.lane && other.row.topic === claim.row.topic));
  return kin.filter((other) => other === claim || match.has(other.id) || context.has(other.id));
}

// The article with the statement in sight.
function openSource(statement) {
  show("sources");
  const mark = document.querySelector(`#sources [data-statement="${CSS.escape(statement.id)}"]`);
  if (mark) {
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }
}
const affiliation = (id) => (id && ACTORS.has(id) && ACTORS.get(id).affiliation ? [" (", words(ACTORS.get(id).affiliation), ")"] : null);

// The statement marked in its paragraph; of a long paragraph first what stands around it.
function quotation(statement, article) {
  const marks = [...statement.content.map((place) => ({ place, tag: "mark" })),
    ...[statement.cue].filter(Boolean).map((place) => ({ place, tag: "span", class: "cue", title: t("cueTitle") }))];
  return passage(article, marks, statement.content);
}

// Pieces of an article with what is marked in them; `about` says what the passage is about: it is cut around these places.
function passage(article, marks, about, whole = false) {
  const pieces = [...new Set(about.map(([piece]) => piece))].sort((a, b) => a - b);
  return pieces.map((piece) => {
    const text = article.pieces[piece];
    const here = marks.filter((mark) => mark.place[0] === piece);
    const inside = about.filter((place) => place[0] === piece);
    const from = whole ? 0 : wordStart(text, Math.min(...inside.map((place) => place[1])) - AROUND);
    const to = whole ? text.length : wordEnd(text, Math.max(...inside.map((place) => place[2])) + AROUND);
    const block = h("blockquote", { lang: article.language, dir: "auto" }, from > 0 || article.cut[2 * piece] ? "… " : null, marked(text, here, from, to),
      to < text.length || article.cut[2 * piece + 1] ? " …" : null);
    return [block, (from > 0 || to < text.length) && button(t("paragraph"), (event) => {
      event.target.remove();
      block.replaceWith(...passage(article, here, inside, true).flat().filter(Boolean));
    }, { class: "link more-text" })];
  });
}

const AROUND = 180; // characters shown on each side of a statement before the reader asks for the whole paragraph

function wordStart(text, at) {
  if (at <= 0) return 0;
  const space = text.indexOf(" ", at);
  return space >= 0 && space < at + 40 ? space + 1 : at;
}

function wordEnd(text, at) {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(" ", at);
  return space > at - 40 ? space : at;
}

const cut = (article, piece, end) => (article.cut[2 * piece + end] ? "…" : null);

// A text with stretches of it wrapped in elements; a stretch that overlaps an earlier one begins where that one ends.
function marked(text, marks, from = 0, to = text.length) {
  const parts = [];
  let at = from;
  for (const { place, tag, ...properties } of [...marks].sort((a, b) => a.place[1] - b.place[1] || b.place[2] - a.place[2])) {
    const start = Math.max(place[1], at);
    const end = Math.min(place[2], to);
    if (end <= start) continue;
    parts.push(text.slice(at, start), h(tag, properties, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at, to)];
}

function relationList(title, relations, end) {
  if (!relations.length) return null;
  return [h("h3", { id: `list-${title}` }, t(title, { n: relations.length })), listed(relations, (relation) => {
    const other = CLAIMS.get(relation[end]);
    return h("li", null, replyButton(other, relation), why(relation), correctable("relations", relation, `${relation.origin} ${relation.target}`));
  }, h("ul", { class: "replies" }))];
}

// Entries of a list, so many at once: in a large map thousands may make a claim or answer it.
const LISTED = 60;

function listed(entries, make, list) {
  list.append(...entries.slice(0, LISTED).map(make));
  return [list, moreButton(list, entries.slice(LISTED).map((entry) => () => make(entry)), LISTED)];
}

function replyButton(claim, relation) {
  return h("button", { type: "button", class: `reply ${claim.stance}`, onclick: () => select(claim.id, { reveal: true }) },
    h("span", { class: `sign ${relation.kind}`, "aria-hidden": "true" }, relation.kind === "attack" ? "−" : "+"), words(claim.text, { lang: claim.language }),
    h("span", { class: "more" }, words(shortened(claim.speakers))));
}

// Why the program believes in a relation: the rule, the signal word and the confidence; opened, the words themselves.
function why(relation) {
  const evidence = evidenceOf(relation);
  const signal = evidence.map((e) => e.signal && placeText(e.article, e.signal)).find(Boolean);
  const words = [t("rule", { rule: ruleName(relation.rule) }), signal && t("signal", { word: signal }), confidenceWords(relation.confidence)].filter(Boolean).join(" · ");
  if (!evidence.length) return h("p", { class: "why" }, words);
  const fold = h("details", { class: "why", ontoggle: () => { if (fold.open && fold.children.length === 1) fill(fold, null, evidence.map(evidenceText)); } }, h("summary", null, words));
  return fold;
}

const EVIDENCE_SPAN = 600; // characters within which reason, signal and target are shown in one passage

// The passage that a relation was read from: reason, target and signal word, each marked in its own way.
function evidenceText({ article, origin, target, signal }) {
  const marks = [
    ...(origin?.article === article ? origin.content.map((place) => ({ place, tag: "mark", class: "origin" })) : []),
    ...(target?.article === article ? target.content.map((place) => ({ place, tag: "mark", class: "target" })) : []),
    ...(signal ? [{ place: signal, tag: "b", class: "signal", title: t("signalTitle") }] : []),
  ];
  const near = marks.map((mark) => mark.place).filter((place) => !signal || (place[0] === signal[0] && Math.abs(place[1] - signal[1]) < EVIDENCE_SPAN));
  const elsewhere = [origin, target].filter((statement) => statement && statement.article !== article);
  return [near.length > 0 && [h("p", { class: "where" }, sourceLink(article)), passage(article, marks, near)],
    elsewhere.map((statement) => [h("p", { class: "where" }, sourceLink(statement.article)), quotation(statement, statement.article)])];
}

function legend() {
  const sample = (draw) => s("svg", { width: 62, height: 26, viewBox: "0 0 62 26", "aria-hidden": "true" }, draw);
  const dash = { for: null, against: "6 4", neutral: "1.5 3.5" };
  const side = (name) => sample(s("rect", { x: 3, y: 3, width: 56, height: 20, rx: 5, fill: `var(--${name}-card)`, stroke: `var(--${name})`, "stroke-width": 2,
    "stroke-dasharray": dash[name], "stroke-linecap": name === "neutral" ? "round" : null }));
  const relation = (kind) => sample([
    s("path", { d: "M20 13 H52", stroke: `var(--${kind})`, "stroke-width": 2, "stroke-dasharray": kind === "attack" ? "6 4" : null }),
    kind === "support" ? s("path", { d: "M60 13 l-10 -5.5 v11 z", fill: "var(--support)" }) : s("path", { d: "M57 6 v14", stroke: "var(--attack)", "stroke-width": 3 }),
    kind === "support" ? s("circle", { cx: 11, cy: 13, r: 8, fill: "var(--support)" }) : s("rect", { x: 3, y: 5, width: 16, height: 16, rx: 3, fill: "var(--attack-badge)" }),
    s("path", { d: kind === "support" ? "M7 13 h8 M11 9 v8" : "M7 13 h8", stroke: "var(--badge-ink)", "stroke-width": 2 })]);
  const thick = sample([s("rect", { x: 3, y: 4, width: 25, height: 18, rx: 4, fill: "none", stroke: "var(--edge)", "stroke-width": 1.5 }),
    s("rect", { x: 34, y: 4, width: 25, height: 18, rx: 4, fill: "none", stroke: "var(--edge)", "stroke-width": 4 })]);
  const names = sample([s("text", { x: 4, y: 12, fill: "var(--for-text)", "font-size": 12, "font-weight": 600 }, t("legend.someone")),
    s("text", { x: 4, y: 25, fill: "var(--soft)", "font-size": 12 }, t("legend.author"))]);
  const mark = (text) => sample(s("text", { x: 31, y: 19, "text-anchor": "middle", fill: "var(--soft)", "font-size": 17, "font-weight": 700 }, text));
  const keys = [["↑", "key.up"], ["↓", "key.down"], ["← →", "key.side"], ["Home", "key.home"], ["Enter", "key.enter"], ["Esc", "key.escape"], ["/", "key.search"], ["n N", "key.step"], ["+ − 0", "key.zoom"], ["?", "key.help"]];
  return [
    button("×", () => { state.legend = false; drawDetails(); $("main").focus(); }, { class: "close legend-close", "aria-label": t("close") }),
    h("h2", null, t("legend.title")),
    h("p", { class: "prose" }, t("legend.intro")),
    h("h3", null, t("legend.sides")),
    h("ul", { class: "legend" }, SIDES.map((name) => h("li", null, side(name), h("span", null, t(`legend.${name}`))))),
    h("h3", null, t("legend.relations")),
    h("ul", { class: "legend" }, ["support", "attack"].map((kind) => h("li", null, relation(kind), h("span", null, t(`legend.${kind}`)))),
      h("li", null, names, h("span", null, t("legend.names"))),
      h("li", null, thick, h("span", null, t("legend.sources"))), h("li", null, mark("?"), h("span", null, t("legend.doubt", { n: percent(ABOUT.lowConfidence) }))),
      MARKS.count > 0 && h("li", null, mark("✓"), h("span", null, t("corrected")))),
    h("p", null, button(t(root.dataset.scheme === "classic" ? "scheme.safe" : "scheme.classic"), switchScheme, { class: "link scheme", id: "scheme" })),
    h("h3", null, t("legend.how")),
    h("div", { class: "prose" }, ABOUT.origin.file ? h("p", null, t("legend.imported", { version: ABOUT.version || "", ...ABOUT.origin }))
      : [h("p", null, t("legend.made", { n: ABOUT.articles, version: ABOUT.version || "" }), " ", t(MARKS.count ? "legend.corrected" : "legend.uncorrected", { n: MARKS.count })), h("p", null, t("legend.confidence", { high: percent(HIGH), low: percent(ABOUT.lowConfidence) }))], hiddenCount() > 0 && h("p", null, t("legend.hidden", { n: hiddenCount() })),
      ABOUT.skipped > 0 && h("p", null, t("legend.skipped", { n: ABOUT.skipped })),
      Object.keys(ABOUT.models).length > 0 && h("p", null, t("legend.models", { models: Object.entries(ABOUT.models).map(([key, value]) => `${key}: ${value}`).join("; ") })),
      ABOUT.contact && h("p", null, t("legend.contact"), " ", contactLink(ABOUT.contact)),
      h("p", null, citation())),
    h("h3", null, t("legend.keys")),
    h("dl", { class: "keys" }, keys.map(([key, name]) => [h("dt", null, key.split(" ").map((k) => [h("kbd", null, k), " "])), h("dd", null, t(name))])),
  ];
}

const hiddenCount = () => [...CLAIMS.values()].filter((claim) => claim.hidden).length;
const citation = () => t("legend.cite", { title: $("title").textContent.replace(/\.$/, ""), version: ABOUT.version || "", date: ABOUT.date ? `, ${longDate(ABOUT.date)}` : "" });

// Where corrections go: a mail or web address becomes a link, all else stays words.
function contactLink(contact) {
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(contact)) return h("a", { href: `mailto:${contact}` }, words(contact));
  return sourceLink({ url: contact, title: contact });
}
