// The page's data, indexed: claims, what ties them, who says them. The sources, most of the page's bytes, are read when first asked for.
const packed = read("page-data");
const LAYOUT = packed.layout;
const TWEAKS = read("graph-data");
const ABOUT = packed.about;
const SIDES = ["for", "neutral", "against"];
const by = (list) => new Map(list.map((item) => [item.id, item]));

// The rows of a table as objects, each made of an array of the values in the order of the fields.
function unpack({ fields, rows }) {
  return rows.map((values) => {
    const item = {};
    for (let i = 0; i < fields.length; i += 1) item[fields[i]] = values[i];
    return item;
  });
}

// The same for the long tables: their order of fields is known here, and the page is open sooner.
function unpackAs(make, { fields, rows }, known) {
  if (fields.join() !== known) throw new Error(`fields ${fields.join()} are not ${known}`);
  return rows.map(make);
}

// A value that is worked out when it is first asked for.
function lazily(work) {
  let made;
  return () => {
    made ??= work();
    return made;
  };
}

const sources = lazily(() => {
  const data = read("source-data");
  const articles = unpack(data.articles);
  const statements = unpack(data.statements);
  const claims = [...CLAIMS.values()];
  const made = new Map(claims.map((claim) => [claim.id, []]));
  for (const statement of statements) {
    statement.type = data.types[statement.type];
    statement.article = articles[statement.article];
    statement.claim = claims[statement.claim];
    statement.actors = statement.actors.map((actor) => (typeof actor === "number" ? actorList[actor].id : actor));
    statement.repeats = statements[statement.repeats] || null;
    made.get(statement.claim.id).push(statement);
  }
  for (const list of made.values()) list.sort((a, b) => earlier(a.article, b.article));
  const evidence = data.evidence.map((list) => list.map(([article, origin, target, signal]) => (
    { article: articles[article], origin: statements[origin] || null, target: statements[target] || null, signal })));
  return { articles, statements, made, evidence };
});

const NONE = Object.freeze([]);

// A claim; what its statements tell is worked out when first asked for.
class Claim {
  constructor([id, text, spoken, stance, topic, concept, polarity, relevance, confidence, named, sources, own]) {
    this.id = id;
    this.text = text || "…";
    this.language = spoken;
    this.stance = stance;
    this.topic = topic;
    this.concept = concept;
    this.polarity = polarity;
    this.relevance = relevance;
    this.confidence = confidence;
    this.named = named.length ? named.map((i) => actorList[i].id) : NONE;
    this.sources = sources;
    this.own = own;
    this.row = null;
    this.hidden = false;
    this.replies = NONE; // relations that end here, surest first
    this.answers = NONE; // relations that start here
    this.children = NONE; // the claims that stand under it
    this.parent = null;
    this.tie = null; // the relation to its parent
  }

  get made() { return sources().made.get(this.id); }
  get articles() { return this.once("articles", () => [...new Set(this.made.map((statement) => statement.article))]); }
  get actors() { return this.once("actors", () => [...new Set(this.made.flatMap((statement) => statement.actors))]); }
  get dates() { return this.once("dates", () => this.articles.map((article) => article.date).filter(Boolean).sort()); }
  get speakers() { return this.once("speakers", () => [...new Set(this.made.flatMap(speakersOf))]); }

  once(name, work) {
    const value = work();
    Object.defineProperty(this, name, { value });
    return value;
  }
}

const actorList = unpack(packed.actors);
const ACTORS = by(actorList);
const claimList = unpackAs((values) => new Claim(values), packed.claims, "id,text,language,stance,topic,concept,polarity,relevance,confidence,named,sources,own");
const CLAIMS = by(claimList);
const TOPICS = by(packed.topics);
const RELATIONS = unpackAs(([origin, target, kind, rule, confidence], index) => ({ origin: claimList[origin].id, target: claimList[target].id, kind, rule, confidence, index }),
  packed.relations, "origin,target,kind,rule,confidence");
const FREE = new Set(LAYOUT.free);

// Order by date; what has none comes last.
function earlier(a, b) {
  const [x, y] = [a.date || "~", b.date || "~"];
  return x < y ? -1 : x > y ? 1 : 0;
}

const ROWS = [];
for (const topic of LAYOUT.topics) ROWS[topic.at] = { hidden: false, size: 0, folded: 0, digest: null, ...topic };
// Cards stand in order, each under the topic before it.
let place = 0;
let under = null;
const card = ([id, x, width, height, gap, lines, byline, hidden, relation]) => {
  for (; ROWS[place]; place += 1) if (ROWS[place].kind === "topic") under = ROWS[place];
  ROWS[place] = { kind: "claim", id, lane: under.lane, topic: under.topic, under, x, width, height, gap, lines, byline, hidden: hidden > 0, relation };
};
unpackAs(card, LAYOUT.cards, "id,x,width,height,gap,lines,byline,hidden,relation");
const POSITION = new Map(ROWS.map((row, i) => [row.id, i]));

const gone = new Set(TWEAKS.hidden);
const add = (claim, list, item) => {
  if (claim[list] === NONE) claim[list] = [item];
  else claim[list].push(item);
};
for (const relation of RELATIONS) {
  add(CLAIMS.get(relation.origin), "answers", relation);
  add(CLAIMS.get(relation.target), "replies", relation);
}
for (const row of ROWS) {
  if (row.kind !== "claim") continue;
  const claim = CLAIMS.get(row.id);
  claim.row = row;
  claim.hidden = row.hidden || gone.has(row.id);
  if (row.relation < 0) continue;
  claim.tie = RELATIONS[row.relation];
  claim.parent = CLAIMS.get(claim.tie.target);
  add(claim.parent, "children", claim);
}
const weakest = (a, b) => b.confidence - a.confidence || a.index - b.index;
for (const claim of claimList) {
  if (claim.replies.length > 1) claim.replies.sort(weakest);
  if (claim.answers.length > 1) claim.answers.sort(weakest);
}
const inOrder = (claims) => [...claims].sort((a, b) => POSITION.get(a.id) - POSITION.get(b.id));

// A card's lines: places where the claim's text breaks, or the lines themselves.
function linesOf(row) {
  if (typeof row.lines[0] !== "number") return row.lines;
  const { text } = CLAIMS.get(row.id);
  let at = 0;
  row.lines = row.lines.map((length) => {
    const line = text.slice(at, at + length);
    at += length + 1;
    return line;
  });
  return row.lines;
}

const topicName = (id) => (TOPICS.has(id) ? local(TOPICS.get(id).label) : t("topic.none"));
const sideName = (side) => t(`side.${side}`);
const actorName = (id) => (ACTORS.has(id) ? ACTORS.get(id).name : id);
const countReplies = (claim, kind) => claim.replies.filter((relation) => relation.kind === kind).length;

// Who makes a statement: actors, else the words that cite them.
function speakersOf(statement) {
  if (statement.actors.length) return statement.actors.map(actorName);
  if (statement.source) return [placeText(statement.article, statement.source)];
  return [t("speaker.none")];
}

const placeText = (article, place) => article.pieces[place[0]].slice(place[1], place[2]);
const quotationOf = (statement) => statement.content.map((place) => placeText(statement.article, place)).join(" … ");
const evidenceOf = (relation) => sources().evidence[relation.index];

function ruleName(rule) {
  const key = `rule.${rule}`;
  const name = t(key);
  return name === key ? rule.replace(/[_-]+/g, " ") : name;
}
