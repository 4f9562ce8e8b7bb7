// The page's data, indexed: claims, what ties them, who says them.
const DATA = read("page-data");
const GRAPH = read("graph-data");
const LAYOUT = DATA.layout;
const SIDES = ["for", "neutral", "against"];
const by = (list) => new Map(list.map((item) => [item.id, item]));

const ARTICLES = by(DATA.articles);
const ACTORS = by(DATA.actors);
const STATEMENTS = by(DATA.statements);
const CLAIMS = by(DATA.claims);
const TOPICS = by(DATA.topics);
const ROWS = LAYOUT.rows.map((row) => ({ lines: [], byline: "", hidden: false, relation: -1, size: 0, folded: 0, digest: null, ...row }));
const ROW = by(ROWS);

DATA.relations.forEach((relation, index) => { relation.index = index; });
const RELATIONS = DATA.relations.filter((relation) => CLAIMS.has(relation.origin) && CLAIMS.has(relation.target));
const FREE = new Set(LAYOUT.free);

// Order by date; what has none comes last.
function earlier(a, b) {
  const [x, y] = [a.date || "~", b.date || "~"];
  return x < y ? -1 : x > y ? 1 : 0;
}

for (const claim of CLAIMS.values()) {
  claim.row = ROW.get(claim.id);
  claim.hidden = claim.row.hidden;
  claim.replies = [];
  claim.answers = [];
  claim.children = [];
  claim.parent = null;
  claim.made = claim.statements.map((id) => STATEMENTS.get(id)).filter(Boolean);
  claim.made.sort((a, b) => earlier(ARTICLES.get(a.article), ARTICLES.get(b.article)));
  claim.articles = [...new Set(claim.made.map((statement) => statement.article))];
  claim.actors = [...new Set(claim.made.flatMap((statement) => statement.actors))];
  claim.dates = claim.articles.map((id) => ARTICLES.get(id).date).filter(Boolean).sort();
  claim.named = claim.named.filter((id) => ACTORS.has(id));
  claim.own = claim.made.length > 0 && claim.made.every((statement) => statement.voice === "author");
  claim.text = claim.text || "…";
}
for (const relation of RELATIONS) {
  CLAIMS.get(relation.origin).answers.push(relation);
  CLAIMS.get(relation.target).replies.push(relation);
}
for (const row of ROWS) {
  if (row.kind !== "claim") continue;
  const claim = CLAIMS.get(row.id);
  claim.tie = row.relation >= 0 ? DATA.relations[row.relation] : null;
  if (claim.tie) {
    claim.parent = CLAIMS.get(claim.tie.target);
    claim.parent.children.push(claim);
  }
}
const weakest = (a, b) => b.confidence - a.confidence || a.index - b.index;
for (const claim of CLAIMS.values()) {
  claim.replies.sort(weakest);
  claim.answers.sort(weakest);
}

const topicName = (id) => (TOPICS.has(id) ? local(TOPICS.get(id).label) : t("topic.none"));
const sideName = (side) => t(`side.${side}`);
const actorName = (id) => (ACTORS.has(id) ? ACTORS.get(id).name : id);

// Who makes a statement: actors, else the words that cite them.
function speakersOf(statement) {
  if (statement.actors.length) return statement.actors.map(actorName);
  if (statement.source) return [spanText(statement.article, statement.source)];
  return [t("speaker.none")];
}

function spanText(article, place) {
  return ARTICLES.get(article).pieces[place[0]].slice(place[1], place[2]);
}

function speakersOfClaim(claim) {
  return [...new Set(claim.made.flatMap(speakersOf))];
}

function ruleName(rule) {
  const key = `rule.${rule}`;
  const name = t(key);
  return name === key ? rule.replace(/[_-]+/g, " ") : name;
}
