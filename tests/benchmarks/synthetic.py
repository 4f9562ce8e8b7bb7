"""A number in; out, so many made-up articles about open and closed AI, in English and Italian, about 350 words each.

    python tests/benchmarks/synthetic.py 10000 FOLDER

Sentences come from templates whose fillers vary, names from syllables, so that few sentences are the same twice. They are good
for measuring time and memory and for nothing else: nobody writes like that.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

#: Words of an article; the last sentence may go beyond.
WORDS = 350
#: Share of sentences that tell what happened and claim nothing, and of articles in Italian.
NARRATIVE, ITALIAN = 0.6, 0.4

SYLLABLES = ["ba", "be", "bo", "da", "del", "dor", "fa", "fen", "ga", "gil", "ha", "hel", "ka", "kor", "la", "lem", "lo", "ma", "mar", "mi", "mon", "na", "nel", "no", "pa", "pel", "ra", "ren", "ri", "ro", "sa", "sel", "so", "ta", "tor", "va", "ven", "vi", "zo"]

FILLERS = {
    "en": {
        "thing": "open models|open weights|published weights|closed models|proprietary systems|public code|licensed models|hosted models|"
                 "shared checkpoints|small open models|large closed models|downloadable models",
        "who": "small firms|universities|hospitals|schools|rural councils|public libraries|translators|farmers|clinics|startups|archives|"
               "newsrooms|courts|regulators|insurers|charities|museums|city offices",
        "good": "help|protect|speed up|strengthen|support|improve|widen|advance", "bad": "harm|threaten|slow|weaken|endanger|undermine|delay|distort",
        "what": "research on crops|the work of auditors|medical trials|local services|competition|the safety of patients|teaching in villages|"
                "fraud detection|the study of old texts|weather forecasts|public trust|independent checks|the market for chips|privacy|"
                "the repair of machines|flood warnings|traffic planning|job training",
        "should": "should|must|ought to", "act": "publish|withhold|license|audit|restrict|register|certify|fund",
        "why": "nobody else can check the results|costs have fallen|misuse is easy to copy|the rules lag behind|few can afford the servers|"
               "errors stay hidden|safeguards can be stripped|suppliers change their prices|the data never leaves the building",
        "say": "said|warned|argued|claimed|insisted|told reporters|noted|replied",
        "body": "Institute|Council|Foundation|Union|Agency|Laboratory|Association|Chamber",
        "place": "the town hall|a conference centre|the harbour|the old mill|a school gym|the market square|the station|the university",
        "deed": "opened a reading room|signed a lease|moved two desks|printed the programme|repaired the roof|counted the visitors|"
                "changed the timetable|welcomed a delegation|served coffee|closed early|painted the doors|hired three clerks",
        "month": "January|February|March|April|May|June|July|August|September|October|November|December",
    },
    "it": {
        "thing": "i modelli aperti|i pesi aperti|i pesi pubblicati|i modelli chiusi|i sistemi proprietari|i codici pubblici|i modelli con licenza",
        "who": "le piccole imprese|le università|gli ospedali|le scuole|i comuni rurali|le biblioteche|i traduttori|le cliniche|gli archivi|"
               "le redazioni|i tribunali|le assicurazioni|i musei",
        "good": "aiutano|proteggono|accelerano|rafforzano|sostengono|migliorano", "bad": "danneggiano|minacciano|rallentano|indeboliscono|ostacolano",
        "what": "la ricerca sulle colture|il lavoro dei revisori|gli studi clinici|i servizi locali|la concorrenza|la sicurezza dei pazienti|"
                "l'insegnamento nei paesi|la lotta alle frodi|lo studio dei testi antichi|le previsioni del tempo|la fiducia pubblica|"
                "i controlli indipendenti|il mercato dei chip",
        "should": "devono|dovrebbero", "act": "pubblicare|trattenere|concedere|controllare|limitare|registrare|finanziare",
        "why": "nessun altro può verificare i risultati|i costi sono scesi|l'abuso è facile da copiare|le regole sono in ritardo|"
               "pochi possono pagare i server|gli errori restano nascosti|le protezioni si possono togliere|i fornitori cambiano i prezzi",
        "say": "ha detto|ha avvertito|ha sostenuto|ha spiegato|ha ribadito|ha risposto",
        "body": "Istituto|Consiglio|Fondazione|Unione|Agenzia|Laboratorio|Associazione|Camera",
        "place": "in municipio|al centro congressi|al porto|al vecchio mulino|in una palestra|in piazza|alla stazione|all'università",
        "deed": "ha aperto una sala|ha firmato un contratto|ha stampato il programma|ha riparato il tetto|ha contato i visitatori|"
                "ha cambiato gli orari|ha accolto una delegazione|ha chiuso presto|ha dipinto le porte|ha assunto tre impiegati",
        "month": "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    },
}
CLAIMS = {
    "en": ('"{Thing} {good} {what} in {town}," {say} {name} of the {town} {body}.',
           '{name} {say} that {thing} {bad} {what}, because {why}.',
           'According to {name}, {who} in {town} {should} {act} {thing} within {n} months.',
           'The {town} {body} {say} that {who} {good} {what} with {thing}.',
           '"{Who} {should} not depend on {thing}: {why}," {say} {name}.',
           'However, {thing} {bad} {what} in {town}, since {why}.'),
    "it": ('«{Thing} {good} {what} a {town}», {say} {name}, che dirige il {body} di {town}.',
           '{name} {say} che {thing} {bad} {what}, perché {why}.',
           'Secondo {name}, {who} di {town} {should} {act} {thing} entro {n} mesi.',
           '«{Who} non {should} dipendere da {thing}: {why}», {say} {name}.',
           'Tuttavia {thing} {bad} {what} a {town}, perché {why}.'),
}
EVENTS = {
    "en": ('On {n} {month}, the {body} of {town} {deed} near {place}.',
           '{name}, who came from {town} with {n} others, {deed} at {place}.',
           'About {n} people walked from {place} to {town} that morning.',
           'The train to {town} was {n} minutes late, and {name} {deed}.',
           'In {month} the {town} {body} {deed}, as it had done {n} years before.'),
    "it": ('Il {n} {month} il {body} di {town} {deed} {place}.',
           '{name}, arrivato da {town} con altre {n} persone, {deed} {place}.',
           'Circa {n} persone hanno camminato da {town} quella mattina di {month}.',
           'Il treno per {town} aveva {n} minuti di ritardo e {name} {deed}.',
           'A {month} il {body} di {town} {deed}, come {n} anni prima.'),
}


def name(chance: random.Random, parts: int) -> str:
    """A name of so many syllables."""
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def sentence(chance: random.Random, language: str, people: list[str], towns: list[str]) -> str:
    """One sentence, a claim or an event."""
    template = chance.choice((EVENTS if chance.random() < NARRATIVE else CLAIMS)[language])
    words = {key: chance.choice(values.split("|")) for key, values in FILLERS[language].items()}
    words |= {"name": chance.choice(people), "town": chance.choice(towns), "n": str(chance.randrange(2, 999))}
    words |= {"Thing": words["thing"].capitalize(), "Who": words["who"].capitalize()}
    return template.format(**words)


def article(number: int) -> tuple[str, str]:
    """The file's name and the text of an article; the same number gives the same one."""
    chance = random.Random(number)
    language = "it" if chance.random() < ITALIAN else "en"
    people = [f"{name(chance, 2)} {name(chance, 3)}" for _ in range(4)]
    towns = [name(chance, 3) for _ in range(3)]
    paragraphs, words = list[str](), 0
    while words < WORDS:
        some = " ".join(sentence(chance, language, people, towns) for _ in range(chance.randrange(2, 5)))
        paragraphs.append(some)
        words += len(some.split())
    head = f"---\ntitle: {towns[0]} {number}\noutlet: {name(chance, 2)}\ndate: 2025-{1 + number % 12:02}-{1 + number % 28:02}\nlanguage: {language}\n---\n"
    return f"{language}-{number:07}.md", head + "\n\n".join(paragraphs) + "\n"


def write(folder: Path, number: int, *, first: int = 0) -> None:
    """Write so many articles into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in range(first, first + number):
        file, text = article(each)
        (folder / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    write(args.folder, args.number)
