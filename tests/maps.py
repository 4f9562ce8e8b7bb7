"""Hand-made debate maps for the tests of the graph and of the page: invented outlets, persons and organisations, spans that hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from argmap.model import (
    AUTHOR,
    Actor,
    Article,
    Attribution,
    Claim,
    Concept,
    Debate,
    DebateMap,
    Evidence,
    Mention,
    Motion,
    Relation,
    RelationKind,
    Side,
    Span,
    Stance,
    Statement,
    Topic,
    unique,
)

__all__ = ["HOSTILE", "hostile", "large", "sample"]

#: ``{id:words}`` marks a span of an article; spans do not nest.
MARK = re.compile(r"\{([a-z0-9.]+):([^{}]*)\}")

ARTICLES = [
    (Article("en-ledger-01", "", "Who should hold the keys to frontier models?", "Paula Brandt", "The Northern Ledger", "2025-03-04",
             "https://example.org/ledger/keys", "en"),
     """The argument over open models reached parliament on Tuesday, and nobody left the room convinced.

{s1.src:Nadia Roth}, who runs the Alder Institute, {s1.cue:told} the committee that "{s1:anyone can inspect an open model and find \
what its maker missed}". She added that {s2:three serious flaws were reported by outsiders within a month of the last open release}.

{s3.src:Jonas Wedel} of Meridian Labs {s3.cue:disagreed}. "{s3:Once the weights are out, no one can take them back}," he said, \
because {s4:safety training can be stripped from a published model for a few hundred dollars}.

Security officials are split. {s5.src:The Federal Office for Network Security} {s5.cue:warned} last year that {s5:open weights give \
attackers the same tools as defenders}, but {s6:attackers already rent closed models through stolen accounts}, \
{s6.src:Roth} {s6.cue:replied}."""),
    (Article("en-courier-02", "", "Small labs fear a licence for every model", "Ruth Okafor", "Harbour Courier", "2025-04-18",
             "https://example.org/courier/licence", "en"),
     """A licence for large models would be the end of small laboratories, according to their association.

{s7.src:The Small Labs Union} {s7.cue:says} {s7:open models let start-ups compete without paying rent to three companies}. \
Its survey found that {s8:four in five members built their product on an open model}.

{s9.src:Meridian Labs} {s9.cue:argues} that {s9:frontier research only pays if the company can keep its model to itself}. \
{s10.src:Ilse Brandner}, an economist, {s10.cue:called} this "{s10:an old story: every monopoly has said that it pays for progress}".

{s11:Open and closed models will exist side by side for years}, and the rules should say what each of them owes the public."""),
    (Article("it-gazzetta-01", "", "Modelli aperti, la scuola si divide", "Marta Silvestri", "Gazzetta del Lago", "2025-05-09",
             "https://example.org/gazzetta/scuola", "it"),
     """Nelle università il dibattito è acceso da mesi.

«{s12:Con un modello aperto chiunque può controllare come funziona e trovare gli errori}», {s12.cue:sostiene} {s12.src:Chiara Valenti}, \
che dirige il Consorzio Aperto. Secondo {s13.src:Valenti} {s13:la ricerca pubblica si ferma se dipende dalle interfacce di un'azienda}.

Di parere opposto {s14.src:Davide Morosini}, di Meridian Labs Italia: {s14:pubblicare i pesi significa consegnare un'arma a chi vuole \
usarla}. «{s15:Chi chiude un modello può correggerlo il giorno stesso}», {s15.cue:aggiunge}.

{s16.src:Valenti} {s16.cue:ribatte} che {s16:le correzioni delle aziende arrivano senza che nessuno possa verificarle}."""),
    (Article("it-osservatore-02", "", "Sovranità digitale: la carta dei modelli aperti", "", "Osservatore del Porto", "2025-06-21",
             "https://example.org/osservatore/sovranita", "it"),
     """Il governo prepara la legge e le imprese si preparano alla battaglia.

{s17.src:Il ministero dell'Innovazione} {s17.cue:ritiene} che {s17:i modelli aperti liberano l'Europa dalla dipendenza da fornitori \
stranieri}. Un rapporto del Consorzio Aperto {s18.cue:mostra} che {s18:il settanta per cento della spesa pubblica per l'intelligenza \
artificiale va a tre aziende}.

{s19.src:L'Associazione Imprese Digitali} {s19.cue:obietta} che {s19:i modelli aperti più usati nascono comunque nei laboratori delle \
grandi aziende}.

{s20:Il costo di addestrare un modello resta fuori dalla portata di una università}, aperto o chiuso che sia."""),
    (Article("en-ledger-03", "", "The middle way on open models", "Paula Brandt", "The Northern Ledger", "2025-09-02",
             "https://example.org/ledger/middle", "en"),
     """Between publishing everything and publishing nothing there is a long shelf of options.

{s21.src:The Commission's draft} {s21.cue:proposes} that {s21:models above a threshold of compute be released in stages, after an audit}. \
{s22.src:Jonas Wedel} {s22.cue:welcomed} it: "{s22:A published model cannot be recalled, so the audit must come first}."

{s23.src:Roth} {s23.cue:fears} that {s23:a threshold written today will cover ordinary research tomorrow}. \
{s24.src:The Federal Office for Network Security} {s24.cue:reported} that {s24:no attack on record needed the weights of a model}.

On another floor, organisers {s25.cue:said} that {s25:the concert moves to Sunday}."""),
]

ACTORS = (
    Actor("nadia-roth", "Nadia Roth", "person", "Alder Institute", ("Roth",)),
    Actor("jonas-wedel", "Jonas Wedel", "person", "Meridian Labs", ("Wedel",)),
    Actor("meridian-labs", "Meridian Labs", "organisation"),
    Actor("network-security", "Federal Office for Network Security", "government"),
    Actor("small-labs-union", "Small Labs Union", "organisation"),
    Actor("ilse-brandner", "Ilse Brandner", "person"),
    Actor("chiara-valenti", "Chiara Valenti", "person", "Consorzio Aperto", ("Valenti",)),
    Actor("consorzio-aperto", "Consorzio Aperto", "organisation"),
    Actor("davide-morosini", "Davide Morosini", "person", "Meridian Labs Italia"),
    Actor("ministero-innovazione", "Ministero dell'Innovazione", "government"),
    Actor("imprese-digitali", "Associazione Imprese Digitali", "organisation"),
    Actor("draft", "Commission's draft", "policy", "Commission"),
)

#: statement: (actors, stance, relevance, confidence)
STATEMENTS: dict[str, tuple[tuple[str, ...], Stance, float, float]] = {
    "s1": (("nadia-roth",), "for", 0.9, 0.93), "s2": (("nadia-roth",), "for", 0.7, 0.86),
    "s3": (("jonas-wedel",), "against", 0.9, 0.9), "s4": (("jonas-wedel",), "against", 0.8, 0.72),
    "s5": (("network-security",), "against", 0.8, 0.84), "s6": (("nadia-roth",), "for", 0.6, 0.7),
    "s7": (("small-labs-union",), "for", 0.9, 0.9), "s8": (("small-labs-union",), "for", 0.5, 0.81),
    "s9": (("meridian-labs",), "against", 0.8, 0.88), "s10": (("ilse-brandner",), "for", 0.4, 0.61),
    "s11": ((AUTHOR,), "neutral", 0.8, 0.5), "s12": (("chiara-valenti",), "for", 0.9, 0.95),
    "s13": (("chiara-valenti",), "for", 0.8, 0.9), "s14": (("davide-morosini",), "against", 0.9, 0.8),
    "s15": (("davide-morosini",), "against", 0.7, 0.84), "s16": (("chiara-valenti",), "for", 0.7, 0.8),
    "s17": (("ministero-innovazione",), "for", 0.9, 0.9), "s18": (("consorzio-aperto",), "for", 0.5, 0.77),
    "s19": (("imprese-digitali",), "against", 0.6, 0.82), "s20": ((AUTHOR,), "neutral", 0.5, 0.55),
    "s21": (("draft",), "neutral", 0.8, 0.85), "s22": (("jonas-wedel",), "against", 0.8, 0.8),
    "s23": (("nadia-roth",), "for", 0.6, 0.75), "s24": (("network-security",), "for", 0.7, 0.79),
    "s25": ((), "neutral", 0.02, 0.4),
}

#: claim: (stance, topic, concept, polarity, statements)
CLAIMS: dict[str, tuple[Stance, str, str, int, tuple[str, ...]]] = {
    "c01": ("for", "transparency", "k01", 1, ("s1", "s12")), "c02": ("for", "transparency", "k02", 1, ("s2",)),
    "c03": ("against", "safety", "k03", 1, ("s3", "s22")), "c04": ("against", "safety", "k04", 1, ("s4",)),
    "c05": ("against", "safety", "k05", 1, ("s5", "s14")), "c06": ("for", "safety", "k06", 1, ("s6",)),
    "c07": ("for", "competition", "k07", 1, ("s7",)), "c08": ("for", "competition", "k08", 1, ("s8",)),
    "c09": ("against", "competition", "k09", 1, ("s9",)), "c10": ("for", "competition", "k09", -1, ("s10",)),
    "c11": ("neutral", "regulation", "k11", 1, ("s11",)), "c13": ("for", "transparency", "k13", 1, ("s13",)),
    "c15": ("against", "safety", "k15", 1, ("s15",)), "c16": ("for", "transparency", "k16", 1, ("s16",)),
    "c17": ("for", "sovereignty", "k17", 1, ("s17",)), "c18": ("for", "sovereignty", "k18", 1, ("s18",)),
    "c19": ("against", "sovereignty", "k19", 1, ("s19",)), "c20": ("neutral", "competition", "k20", 1, ("s20",)),
    "c21": ("neutral", "regulation", "k21", 1, ("s21",)), "c23": ("for", "regulation", "k23", 1, ("s23",)),
    "c24": ("for", "safety", "k05", -1, ("s24",)), "c25": ("neutral", "", "k25", 1, ("s25",)),
}

#: origin claim, target claim, kind, rule, confidence, origin statement, target statement, signal words
RELATIONS: tuple[tuple[str, str, RelationKind, str, float, str, str, str], ...] = (
    ("c02", "c01", "support", "elaboration", 0.74, "s2", "s1", "added"),
    ("c04", "c03", "support", "connective", 0.91, "s4", "s3", "because"),
    ("c06", "c05", "attack", "concession", 0.83, "s6", "s5", "but"),
    ("c24", "c05", "attack", "opposed concept", 0.66, "s24", "s5", ""),
    ("c08", "c07", "support", "same speaker", 0.52, "s8", "s7", ""),
    ("c10", "c09", "attack", "reporting verb", 0.71, "s10", "s9", "called"),
    ("c09", "c07", "attack", "opposed sides", 0.21, "s9", "s7", ""),
    ("c13", "c01", "support", "same speaker", 0.28, "s13", "s12", ""),
    ("c16", "c15", "attack", "reporting verb", 0.88, "s16", "s15", "ribatte"),
    ("c15", "c05", "support", "same speaker", 0.55, "s15", "s14", ""),
    ("c18", "c17", "support", "evidence verb", 0.69, "s18", "s17", "mostra"),
    ("c19", "c17", "attack", "reporting verb", 0.86, "s19", "s17", "obietta"),
    ("c23", "c21", "attack", "reporting verb", 0.58, "s23", "s21", "fears"),
    ("c03", "c01", "attack", "reporting verb", 0.57, "s3", "s1", "disagreed"),
    ("c01", "c15", "attack", "opposed sides", 0.18, "s12", "s15", ""),
    ("c03", "c21", "support", "reporting verb", 0.2, "s22", "s21", "welcomed"),
)

DEBATE = Debate(
    "open-models", Motion({"en": "Powerful AI models should be open", "it": "I modelli di IA più potenti devono essere aperti"}),
    (Side("for", {"en": "For open models", "it": "Per i modelli aperti"}, {"en": ("Models should be open.",)}, {"en": ("open",)}),
     Side("against", {"en": "For closed models", "it": "Per i modelli chiusi"}, {"en": ("Close them.",)}, {"en": ("closed",)})),
    tuple(Topic(name, {"en": english, "it": italian}, {}) for name, english, italian in (
        ("transparency", "Transparency and research", "Trasparenza e ricerca"), ("safety", "Safety and misuse", "Sicurezza e abusi"),
        ("competition", "Competition", "Concorrenza"), ("sovereignty", "Sovereignty", "Sovranità"), ("regulation", "Rules", "Regole"))),
)


@dataclass(frozen=True)
class _Marked:
    article: Article
    spans: dict[str, Span]


def _marked(article: Article, markup: str) -> _Marked:
    """The article with the markup taken out of its text, and the spans that the markup named."""
    text, spans, last = "", {}, 0
    for match in MARK.finditer(markup):
        text += markup[last:match.start()]
        spans[match[1]] = Span(len(text), len(text) + len(match[2]), match[2])
        text += match[2]
        last = match.end()
    return _Marked(replace(article, text=text + markup[last:]), spans)


def sample() -> DebateMap:
    """Twenty-two claims about open and closed models, in Italian and English; one lies below the relevance threshold."""
    statements, attributions, mentions, articles = {}, [], [], []
    claim_of = {statement: claim for claim, values in CLAIMS.items() for statement in values[-1]}
    for article, markup in ARTICLES:
        marked = _marked(article, markup)
        articles.append(marked.article)
        for name in (key for key in marked.spans if "." not in key):
            actors, stance, relevance, confidence = STATEMENTS[name]
            source, cue, content = marked.spans.get(f"{name}.src"), marked.spans.get(f"{name}.cue"), marked.spans[name]
            attributed = actors != (AUTHOR,)
            quoted = marked.article.text[content.start - 1] in '"«'
            if attributed:
                attributions.append(Attribution(f"a-{name}", article.id, "direct" if quoted else "indirect", source, cue, (content,),
                                                actors, confidence=confidence))
            statements[name] = Statement(
                name, article.id, "attributed" if attributed else "author",
                ("direct" if quoted else "indirect") if attributed else "author", (content,), f"a-{name}" if attributed else None,
                source, cue, actors, claim_of[name], stance, relevance, confidence)
            if source is not None:
                mentions.extend(Mention(article.id, actor, source) for actor in actors)
    texts = {article.id: article for article in articles}
    about = texts["it-osservatore-02"]
    start = about.text.index("Consorzio Aperto")
    mentions.append(Mention(about.id, "consorzio-aperto", about.span(start, start + len("Consorzio Aperto"))))
    claims = tuple(
        Claim(name, _sentence(statements[made[0]].text), texts[statements[made[0]].article].language, stance, topic, concept,
              1 if polarity > 0 else -1, made)
        for name, (stance, topic, concept, polarity, made) in CLAIMS.items())
    relations = []
    for origin, target, kind, rule, confidence, first, second, word in RELATIONS:
        origin = claim_of[first]
        article = texts[statements[first].article]
        signal = None
        if word:
            nearest = min((m.start() for m in re.finditer(re.escape(word), article.text)),
                          key=lambda at, s=statements[first]: abs(at - s.content[0].start))
            signal = article.span(nearest, nearest + len(word))
        relations.append(Relation(origin, target, kind, rule, confidence, (Evidence(article.id, first, second, signal),)))
    concepts = tuple(
        Concept(name, next(c.text for c in claims if c.concept == name), tuple(c.id for c in claims if c.concept == name))
        for name in unique(c.concept for c in claims))
    return DebateMap(DEBATE, tuple(articles), ACTORS, tuple(attributions), tuple(statements.values()), claims, concepts, tuple(relations),
                     tuple(mentions), version="0.1.0")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


#: Texts that break pages that are built by pasting strings together.
HOSTILE = (
    "<script>window.pwned = 1</script>", "</script><script>window.pwned = 1</script>", "<img src=x onerror='window.pwned = 1'>",
    "<!-- <script> --> ]]> {{ 7 * 7 }} {% raw %}", "\"'`&amp;\\u003c\u2028\u2029",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "nul\x00 bell\x07 escape\x1b", "x" * 10_000, "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 flags \U0001f1ee\U0001f1f9",
    "javascript:window.pwned = 1", "\ud800 lone surrogate", "",
)


def hostile() -> DebateMap:
    """The sample with hostile text wherever a corpus can put text."""
    plain = sample()
    articles, spans = [], {}
    for i, article in enumerate(plain.articles):
        bad = HOSTILE[i % len(HOSTILE)]
        head = f"{HOSTILE[(i * 2) % len(HOSTILE)]} "
        articles.append(replace(article, title=bad, outlet=HOSTILE[(i + 3) % len(HOSTILE)], author=HOSTILE[(i + 5) % len(HOSTILE)],
                                url=HOSTILE[9] if i % 2 else f"https://example.org/{bad[:9]}", date="<b>", text=head + article.text))
        spans[article.id] = len(head)

    def shift(span: Span | None, article: str) -> Span | None:
        return None if span is None else Span(span.start + spans[article], span.end + spans[article], span.text)

    statements = tuple(
        replace(s, content=tuple(shift(c, s.article) for c in s.content), source=shift(s.source, s.article), cue=shift(s.cue, s.article))
        for s in plain.statements)
    claims = tuple(replace(c, text=HOSTILE[i % len(HOSTILE)], language=HOSTILE[(i + 1) % 3], topic=c.topic if i % 3 else HOSTILE[0])
                   for i, c in enumerate(plain.claims))
    actors = tuple(replace(a, name=HOSTILE[i % len(HOSTILE)], affiliation=HOSTILE[(i + 2) % len(HOSTILE)])
                   for i, a in enumerate(plain.actors))
    relations = tuple(replace(r, rule=HOSTILE[i % len(HOSTILE)], evidence=tuple(
        replace(e, signal=shift(e.signal, e.article)) for e in r.evidence)) for i, r in enumerate(plain.relations))
    debate = replace(plain.debate, motion=Motion({"en": HOSTILE[1], "it": HOSTILE[0]}),
                     sides=tuple(replace(s, label={"en": HOSTILE[2], "it": HOSTILE[4]}) for s in plain.debate.sides),
                     topics=tuple(replace(t, label={"en": HOSTILE[i]}) for i, t in enumerate(plain.debate.topics)))
    return replace(plain, debate=debate, articles=tuple(articles), statements=statements, claims=claims, actors=actors,
                   relations=relations, attributions=(), mentions=())


def large(claims: int, *, statements: int = 0) -> DebateMap:
    """The sample repeated until it has so many claims, each copy with its own ids and words of its own to tell it by.

    Args:
        claims: at least so many.
        statements: where given, each claim is made so often that there are about as many statements.
    """
    plain = sample()
    copies = -(-claims // len(plain.claims))
    times = max(1, round(statements / (copies * len(plain.statements))))
    made: list[Claim] = []
    said: list[Statement] = []
    relations: list[Relation] = []
    for copy in range(copies):
        def name(old: str, n: int = copy) -> str:
            return f"{old}-{n}"

        def names(old: str, n: int = copy) -> tuple[str, ...]:
            return tuple(f"{old}-{n}" if k == 0 else f"{old}-{n}-{k}" for k in range(times))

        made += [replace(c, id=name(c.id), text=f"{c.text} ({copy})", statements=tuple(s for old in c.statements for s in names(old)))
                 for c in plain.claims]
        said += [replace(s, id=new, claim=name(s.claim)) for s in plain.statements for new in names(s.id)]
        relations += [replace(r, origin=name(r.origin), target=name(r.target), evidence=tuple(
            replace(e, origin_statement=name(e.origin_statement), target_statement=name(e.target_statement)) for e in r.evidence))
            for r in plain.relations]
    return replace(plain, claims=tuple(made), statements=tuple(said), relations=tuple(relations))
