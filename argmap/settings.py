"""Every threshold, named, with its unit and the reason for its value."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["DEFAULTS", "RULE_PRECISION", "LikenessWeights", "Settings"]


#: Precision of each rule of attribution, on 150 to 280 articles of PolNeAR's training part where the rule occurs there twenty
#: times or more (``argmap evaluate`` on such a part prints them); for rarer ones set by hand below their likes. Of two
#: rules that claim the same words the surer wins.
RULE_PRECISION = MappingProxyType({
    "quotation": 0.90, "reporting verb, clause": 0.90, "quotation, insertion": 0.90, "speaker label": 0.87, "interview answer": 0.85,
    "quotation, noun": 0.80, "speech tag": 0.80, "speaker, colon": 0.55,
    "reporting verb, colon": 0.80, "reporting verb, aside": 0.78, "naming verb": 0.77, "view noun": 0.75,
    "reporting verb, sentence before": 0.75, "source preposition": 0.73, "thought verb, clause": 0.70, "cue noun": 0.72,
    "source preposition before a person": 0.60, "attitude verb, noun": 0.69, "intention verb, infinitive": 0.66,
    "reporting verb, preposition": 0.66, "quotation alone": 0.53, "aim noun": 0.50, "attitude adjective": 0.43, "light verb": 0.40,
})


@dataclass(frozen=True, slots=True)
class LikenessWeights:
    """What each sign adds to the log-odds that two texts speak to one point (`argmap.likeness`).

    All but the last two were fitted by logistic regression (``python -m argmap.training.points fit``) on the pairs of
    ``argmap/training/pairs`` and those of ``tests/pairs/claims.tsv`` that are marked as fitted. Few of these are of one language,
    and were written to differ by one word, so that shared words seem to say little there. On ArgKP they say much: `shared`
    is two thirds of what serves ArgKP best, and `together` makes up for what it adds to two texts of one point.

    Attributes:
        base: two texts that have nothing in common.
        cosine: times the cosine of the sentence vectors.
        centred: times the same about the debate's centre.
        matched: times the mean cosine of a word to its best match in the other text.
        weakest: times the least of these for the shorter text.
        together: two texts of one language, which chance makes more alike.
        shared: for these, times the cosine of their lexical vectors.
    """

    base: float = -17.7
    cosine: float = 5.0
    centred: float = 4.7
    matched: float = 10.0
    weakest: float = 8.6
    together: float = -4.0
    shared: float = 6.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of all stages; `DEFAULTS` unless a caller passes others.

    Attributes:
        relevance: statements whose relevance lies below this are hidden on the map.
        quote_words: words; shorter quotations without a verb are terms, not speech (most quoted terms have three at most).
        title_length: characters that a text's first line may have to be its title; headlines stay below 120 in print,
            pages' titles run a little longer, and a first paragraph is seldom this short.
        largest_file: bytes; a larger file is no article nor a handy list of them, and is refused before it fills the memory.
        largest_archive: bytes that an archive may unpack to.
        largest_growth: times its own size that an archive may unpack to; texts shrink to a third or a tenth, bombs to a thousandth.
        longest_article: characters; most books have fewer, and who is meant by a pronoun takes time with the square of the length.
        foreign_language: probability from which a text counts as in a language that argmap does not read; below it
            the text is too short or too mixed to tell, and is taken for the likeliest language that argmap reads.
        link_certain, link_likely, link_possible, link_weak: confidence of a relation read from a signal that hardly has
            another reading (a subordinator between two clauses), mostly has this one (a connective opening a sentence),
            has it about every second time (a verb of answering), or seldom (an "also").
        relation: probability from which two statements of an article are related, whichever backs or attacks the other; that
            either is no statement at all is reckoned in. In the texts that the weights were learned from (each read by what the
            others taught) F1 of pairs is highest at .26 with statements as marked, at .14 with argmap's own, and hardly lower at
            .18 with either; what a relation's confidence is, is told apart.
        relation_counted: probability from which a pair below that is counted among those left out; of less likely ones hardly
            one in ten is related.
        relations_per_statement: how many others a statement may back or attack; annotators give few more than two.
        fragment_words: a sentence of at most this many words makes no point of its own and joins the one before it.
        follow_up_words: an answer, or a sentence that opens with "and", joins the one before it up to this many words.
        clause_words: words that each side of a split must have, and that a claim of the author's must have.
        coordinate_words: words that each of two clauses joined by "and" must have to be a point of its own.
        heading_length: characters that a line without a full stop at its end may have to be a heading.
        bearing_full: part of an article's sentences with a core word of the debate from which it is wholly about it. Articles
            of the debate reach 0.3 to 0.8, other news stays below 0.1 (a "closed" door, a "private" matter).
        nearness_full: distinct core words that make a paragraph wholly about the debate; one may be there by chance.
        relevance_step: what is left of irrelevance after each distinct core word of the debate.
        relevance_stray: what a core word counts in an article that has no other.
        relevance_topical: what a word of one of the debate's topics counts, beside a core word, in an article about the debate.
        relevance_context: how much of the irrelevance that is left an article about the debate takes away.
        statement_words: words that a statement of somebody else's must have, and answer_words those of an answer in an interview; fewer are
            seldom marked as one in our texts (about 15 in 100).
        claim: probability from which a proposition in no quotation counts as a claim.
        outspoken: added to the log-odds that a proposition is a claim of the author's: the texts that claims are learned from mark
            fewer of them than annotators of a debate do.
        goes_on: how many times likelier than a claim of the author's a point of the speaker cited before must be, to be given to him.
        off_topic: taken from the log-odds of any claim, times how far the article is from being about the debate.
        near_claims: how much of the mean log-odds of its paragraph's other propositions is added to a proposition's own.
        near_reach: log-odds within which each of those is taken, so that one strong claim does not carry a paragraph.
        lead_in_words: words within which a clause that only introduces another ends ("The truth is that…").
        weak_attribution: confidence up to which an attribution inside a relative clause yields to the sentence around it.
        low_confidence: below this a claim or a relation is marked as doubtful on the map, and no claim moves into the other
            side's lane on the strength of a relation: of relations less sure about three in four are wrong.
        overview_claims: from so many claims on, the map opens with its topics folded: more cards than a reader scrolls through.
        stance_trust: probability that a statement's stance is right, as relations between statements take it; lower than a
            stance's own confidence says, for neighbours are judged together and err together.
        contrast_odds: how many times as often a word of contrast or rebuttal stands between neighbours on opposed sides as between
            neighbours on one: 115 of 332 against 24 of 484 in the texts that the weights of relations were learned from.
        contradiction: confidence that two claims contradict each other that assert and deny one point.
        contradiction_words: words that a claim needs to contradict one of another article; "science" says too little.
        reason_likeness: cosine from which a claimed fact counts as a reason for another article's demand; one point said
            twice averages .77 and claims that only share a topic .14; in argmap's own corpus three of four pairs above this
            are reasons that a reader would accept, and few below.
        reason: confidence in such a reason, by which the cosine is multiplied; the guess is bold, so it is low.
        excerpt_context: characters; of a paragraph that is longer, the map shows so many on each side of its statements:
            about three sentences, enough to judge a quotation, short of reprinting the article.
        subject_weight, object_weight, other_weight: what a mention as subject, object or else adds to its actor's
            salience, as shares of a subject's; the order is Lappin and Leass's (1994).
        speaker_weight: what having spoken adds: in news the one who spoke last is the likeliest "he" of the next cue.
        introduced_weight: what being named for the first time, in the sentence before, adds to a person who may be the next speaker.
        pronoun_weight: factor for mentions by a pronoun, which may itself have been read wrongly.
        quoted_weight: factor for mentions inside a quotation, seen from outside it: they belong to its speaker's talk.
        sentence_fading, paragraph_fading: factors by which salience falls with each sentence and each paragraph between.
        same_noun_weight: what a description's noun adds where the actor was described or named by it before; more than
            any one mention, so that "l'agenzia" finds the agency and not the last organisation named.
        other_kind_weight: factor where an actor fits a description or pronoun, but of another kind ("they" for a firm).
        least_salience: below this nobody is present enough to be meant: about a subject's mention seven sentences back.
        reach: sentences back beyond which a mention is not looked at; its salience is far below `least_salience` by then.
        announced_sentences: sentences within which an office and a name with the same office are taken for one person.
        interview_questions, interview_answers: paragraphs that are questions and quotations without speaker from which an
            article is an interview; one of each also occurs in reports.
        sharpness: per squared distance of sentence vectors of unit length, of the Gaussian that likens a statement to an
            example; at 2 two paraphrases are alike to .36 and two unrelated sentences to .02: the nearest examples count.
        lexical_share: weight of common words beside it.
        pair_share: weight of common pairs of words in one order; what is said of a side's cause shows in them, not in words.
        ridge: how far the examples are smoothed, in units of one example's weight; lower trusts single examples more.
        scale: logits per unit of the regression's score, so that its probabilities are about as often right as they say.
        polarity: logits that a clause adds that speaks well or ill of a side's cause; in news about seven in ten such clauses are
            right.
        inherited: share of that for a clause that names no side's cause itself and follows one that does.
        sentence_share: how much the sentence that a statement stands in counts in the judgement of its stance, beside its own
            words: who says it, with which verb, of what.
        telling_words: words with which a statement tells half of what it could: two or three words decide nothing.
        neutrality: log-odds added to neutral before statements tell each other theirs; a statement that resembles nothing
            would otherwise be neutral in one case of three, and of those that argmap finds fewer are.
        coherence: how much what one statement tells of another's side counts; below 1, for a statement hears the same from
            several.
        keeping: added to the log-odds of keeping to a side: the texts that turns are learned from turn about oftener than
            articles do.
        constancy: how much more than within an article what an actor says in one article counts for the next, shared by the
            statements there.
        sobriety: factor of the log-probabilities of stances after statements of an article have told each other theirs, for
            their confidence; with it they are about as often right as they say, on three sets of texts.
        likeness: cosines to the nearest example from which a statement begins to bear on the debate, and fully does.
        likeness_weights: what makes two texts speak to one point.
        same_point: probability that two statements speak to one point from which they make one claim unless they are opposed.
        searched: cosine of sentence vectors from which pairs are looked at; below, hardly any pair reaches `same_concept`.
        same_concept: probability from which statements belong to one concept; lower, for a concept only says what they are about.
        repeated: part of the runs of words of the shorter of two statements that the longer has, from which it is the same text
            again: syndicated, or a quotation quoted once more.
        repeated_run: words of such a run.
        repeated_words: words that such a text has at least; shorter ones are said alike by chance.
        compared: nearest statements that each is compared with.
        clear_words: fewest and most words of a sentence that states a claim clearly by itself.
        topic: score from which a claim has a topic: one word of its own, or a cosine well above the other claims'.
        topic_words: score of a word that belongs to one topic alone.
        topic_size: claims for each topic that is found where a debate names none; of half of them a topic is still made.
        most_topics: topics that are found at most; a reader keeps about a dozen apart.
        topic_terms: words of a found topic in each language, by which claims are counted to it.
        topic_label: how many of them name it.
        concept_ties: share of actors that common concepts must join into one network for coalitions to be looked for in shared
            concepts; where they join fewer, the network falls into pairs and most actors are left out.
        coalition_seeds: random orders in which Louvain's method is run; their agreement is reported as stability.
        coalition_ties: strongest ties of each actor that are looked at for coalitions, all where there are fewer; among a thousand
            actors nearly all are tied somehow, and the weak ties only cost time.
        page_claims: claims that a page holds, those with the most statements and relations; a browser is slow with more.
        coalition_actors: actors among whom ties are looked for, those who say most; the others of a large corpus speak once or twice.
        betweenness_sample: actors above which betweenness is estimated from so many; exact, it takes minutes for thousands.
        polarization_alpha: how much more a group weighs than its members one by one; Esteban and Ray allow 0 to 1.6.
        window_actors: actors that a window of time needs to tell something about polarization; fewer are an anecdote.
        confidence_change: by how much a relation's confidence has to move between two maps to count as changed; retraining a model
            moves all of them a little.
        report_rows: rows of each table in a report.
        picture_ties: strongest ties of each actor that the picture of a network draws; all of them would be a thicket.
        search_steps: labels tried in one part of the graph of attacks before the search for preferred extensions gives up.
        correction_overlap: share of the characters of a statement and of a correction's quotation, taken together, that both have
            from which the one is the other, where the rules have come to cut the sentence elsewhere.
        correction_likeness: share of the words that a statement and a correction's quotation have in common, in order, from which
            the one is the other, where the article itself was edited; a misprint put right changes less. It is also the overlap
            from which a rejection is taken to mean a statement that is cut elsewhere: to lose another one is worse than to list it.
    """

    relevance: float = 0.15
    quote_words: int = 4
    title_length: int = 160
    largest_file: int = 200_000_000
    largest_archive: int = 2_000_000_000
    largest_growth: int = 200
    longest_article: int = 1_000_000
    foreign_language: float = 0.5
    link_certain: float = 0.85
    link_likely: float = 0.65
    link_possible: float = 0.5
    link_weak: float = 0.25
    relation: float = 0.18
    relation_counted: float = 0.1
    relations_per_statement: int = 2
    fragment_words: int = 3
    follow_up_words: int = 10
    clause_words: int = 3
    coordinate_words: int = 5
    heading_length: int = 120
    bearing_full: float = 0.3
    nearness_full: int = 2
    relevance_step: float = 0.5
    relevance_stray: float = 0.4
    relevance_topical: float = 0.5
    relevance_context: float = 0.5
    statement_words: int = 3
    answer_words: int = 5
    claim: float = 0.5
    outspoken: float = 2.0
    goes_on: float = 1.5
    off_topic: float = 3.5
    near_claims: float = 0.3
    near_reach: float = 2.0
    lead_in_words: int = 7
    weak_attribution: float = 0.72
    low_confidence: float = 0.3
    overview_claims: int = 240
    stance_trust: float = 0.8
    contrast_odds: float = 7.0
    contradiction: float = 0.5
    contradiction_words: int = 4
    reason_likeness: float = 0.48
    reason: float = 0.6
    excerpt_context: int = 400
    subject_weight: float = 1.0
    object_weight: float = 0.5
    other_weight: float = 0.4
    speaker_weight: float = 0.8
    introduced_weight: float = 1.0
    pronoun_weight: float = 0.5
    quoted_weight: float = 0.25
    sentence_fading: float = 0.6
    paragraph_fading: float = 0.6
    same_noun_weight: float = 3.0
    other_kind_weight: float = 0.5
    least_salience: float = 0.02
    reach: int = 25
    announced_sentences: int = 3
    interview_questions: int = 2
    interview_answers: int = 2
    sharpness: float = 2.0
    lexical_share: float = 0.7
    pair_share: float = 0.3
    ridge: float = 0.7
    scale: float = 6.0
    polarity: float = 0.5
    inherited: float = 0.6
    sentence_share: float = 0.4
    telling_words: float = 1.0
    neutrality: float = -0.6
    coherence: float = 0.6
    keeping: float = 0.4
    constancy: float = 2.0
    sobriety: float = 0.55
    likeness: tuple[float, float] = (0.35, 0.65)
    likeness_weights: LikenessWeights = LikenessWeights()
    same_point: float = 0.65
    searched: float = 0.5
    same_concept: float = 0.6
    repeated: float = 0.7
    repeated_run: int = 3
    repeated_words: int = 6
    compared: int = 64
    clear_words: tuple[int, int] = (5, 28)
    topic: float = 0.12
    topic_words: float = 0.2
    topic_size: int = 12
    most_topics: int = 12
    topic_terms: int = 12
    topic_label: int = 3
    concept_ties: float = 0.5
    coalition_seeds: int = 20
    coalition_ties: int = 30
    page_claims: int = 20_000
    coalition_actors: int = 500
    betweenness_sample: int = 100
    polarization_alpha: float = 1.0
    window_actors: int = 5
    confidence_change: float = 0.1
    report_rows: int = 12
    picture_ties: int = 3
    search_steps: int = 200_000
    correction_overlap: float = 0.5
    correction_likeness: float = 0.85


DEFAULTS = Settings()
