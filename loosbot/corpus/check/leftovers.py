"""What was left in a text and is no part of it: notes to finish it, blanks of a form, remains of
Word, of a spreadsheet or of a chatbot, a number or an address of somebody’s own. Pure.

Each is shown to all readers, which nobody means; none is refused, for a text may be about it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from loosbot import lazy
from loosbot.corpus.check.texts import texts_of
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault, quoted, warning
from loosbot.frozen import dataclass

MOST = 5
"""Of one kind in one text: where there are more, all of it is a form."""
_TO_FINISH = "compl[ée]ter|v[ée]rifier|pr[ée]ciser|remplir|r[ée]diger|revoir|corriger"
_DIRECTION = "en|sur|par|dans|lors|chaque|tous|toutes|au|aux|à|pour"
"""« (à remplir en mairie) » says what is done with a form, and is no note for its writer."""
_BLANKS = (
    "nom|prénom|prenom|date|lieu|adresse|ville|téléphone|telephone|montant|titre|signature|"
    "insérer|insérez|indiquer|indiquez|votre|civilité|civilite"
)
_INSIDE = rf"(?!lieu/)(?:{_BLANKS}|civilit|pr.{{1,3}}nom)".encode()
"""« [lieu/place] » is a list of places."""
_DIGITS = rb"(?<=[03 .)\xa0].)(?:[ .-]?(?:\xc2\xa0|\xe2\x80\xaf)?\d\d){4}"
_BLANK, _CELL, _PHONE, _ERROR = "[|<|{|«", "#", "06|07|+33", "erreur"
_AROUND = {
    # looked for in lower-cased bytes, where É stays É; « {date: » is YAML, and no blank of a form
    _BLANK: [
        (rb"\[", _INSIDE),
        (b"<", _INSIDE),
        (rb"\{", rb"(?!\w+:)" + _INSIDE),
        (b"\xc2", b"\xab.{0,3}?" + _INSIDE),
    ],
    _CELL: [(b"#", b"(?:ref|n/a|div|val|nom|name|null)")],
    _PHONE: [(b"6", _DIGITS), (b"7", _DIGITS)],
    _ERROR: [(b"!", f"(?<=erreur{blank}!)".encode()) for blank in ("", " ", "\u00a0", "\u202f")],
}
"""Of signs that many files have: what stands around each one that counts."""
_COMMON = b"e \nsainturlodpcmv\xc3\xe2g-/012345fbhq."
"""The bytes of our files, the most common first; any other is rarer than these."""
_BEFORE_XXX = (
    *("[Ll]ouis", "[Jj]ean", "[Tt]ome", "[Cc]hapitre", "[Ll]ivre", "[Pp]saume", "n°"),
    *(r"[Cc]hap\.", r"\b[Tt]\.", r"\b[Ll]iv\.", r"\b[Aa]rt\.", r"\bM\.", "Mme", "Mlle"),
)
_ROMAN = "".join(f"(?<!{word} )" for word in _BEFORE_XXX)
"""Before a number of thirty, or the three crosses that hide a name."""
_OFFICE_MAIL = (
    "mairie|(?:commune|ville|asso(?:ciation)?|club|ecole|college|lycee|amicale|comite|contact|ccas"
    "|bibliotheque|mediatheque|centre|collectif|secretariat|accueil|foyer|mjc|ape|syndicat)"
    "(?![a-z])"
)
"""An address that begins so, or holds one of these behind a point, is no one person’s."""
_ASKED_FOR = lazy.pattern(
    r"(?i:\b(?:cases?|champs?|colonnes?|lignes?|mentions?|mots?|rubriques?)|\bet|»,)\Z"
)
"""« la case « NOM » » is about a form."""
_SENDER = r"(?:[^\n]{0,60}: )?\u200e?"
"""Who a line of WhatsApp is by, and the mark that it puts before its own words."""
_PRICE = r" ?\d[\d .,]*(?:€|euros?|h|%)?$"
"""What dots lead to: a page, a price."""
_QUOTES = {"«": "»", "“": "”", '"': '"', "‘": "’"}


_Sign = tuple[bytes, bytes]
"""A byte, and the pattern of what stands around it."""


@dataclass(frozen=True, slots=True)
class _Leftover:
    """A pattern with its message; ``form`` is tried only where the text holds one of ``signs``."""

    signs: tuple[_Sign, ...]
    """A file, in small letters as far as they are ASCII, with none of them has nothing of it."""
    form: re.Pattern[str]
    code: str
    message: str
    hint: str
    in_pages: bool
    """Pages of method are forms themselves, with blanks to fill."""

    def may_be_in(self, lower: bytes) -> bool:
        """Whether a file (its bytes in lower case) may hold a leftover."""
        return re.search(_any_of(self.signs), lower) is not None


def _left(
    code: str, message: str, *forms: tuple[str, str, str], in_pages: bool = True
) -> Iterator[_Leftover]:
    """One leftover in several forms, each with its signs and its hint."""
    for signs, form, hint in forms:
        needles = _AROUND.get(signs) or map(_rarest_first, signs.encode().split(b"|"))
        pattern = lazy.pattern(form, re.MULTILINE)
        yield _Leftover(tuple(needles), pattern, code, message, hint, in_pages)


def _rarest_first(sign: bytes) -> _Sign:
    """The bytes from their rarest one on: a search for it has the fewest candidates."""
    at = max(range(len(sign)), key=lambda at: _COMMON.find(sign[at]) % 256)
    before = b"(?<=%s)" % re.escape(sign) if at else b""
    return re.escape(sign[at : at + 1]), re.escape(sign[at + 1 :]) + before


def _any_of(signs: Iterable[_Sign]) -> bytes:
    """One pattern that matches any of them."""
    around: dict[bytes, list[bytes]] = {}
    for first, rest in signs:
        around.setdefault(first, []).append(rest)
    return b"|".join(first + b"(?:%s)" % b"|".join(rest) for first, rest in around.items())


_UNDONE = "texte-a-finir"
_FINISH = "Écrivez ce qui manque, ou retirez ces mots. Une note pour vous se met au-dessus de la "
_FINISH += "clé, sur une ligne qui commence par « # »."
_OFFICE = "reste-de-logiciel"
_LOOK = "Regardez dans le document d’origine ce qui devait être là, et écrivez-le."
_OWN = "coordonnees-personnelles"
_ASK = "Retirez-le, sauf si cette personne a demandé qu’il paraisse."
_DRAFT_MARK = b"# Brouillon fait de "
_DRAFT_HEAD = lazy.pattern(r"^# Brouillon fait de «.*$", re.MULTILINE)
_KINDS = (
    *_left(
        _UNDONE,
        "{0} se lira sur la page, comme si la fiche n’était pas finie.",
        ("todo|fixme|tbd", r"\b(?:TODO|FIXME|TBD)\b(?![ -]?[Ll]ist)|\b[Tt]odo ?:", _FINISH),
        (
            "lorem ipsum",
            r"(?i:lorem ipsum)(?: dolor sit amet)?",
            "Écrivez le texte à la place de ce latin de remplissage.",
        ),
        (
            "compléter|complÉter|completer|rifier|ciser|remplir|diger|revoir|corriger",
            rf"(?i:[\[(] ?[àa] (?:{_TO_FINISH})\b(?! (?:{_DIRECTION})\b)[^\])\n]{{0,40}}[\])])"
            rf"|(?i:\A\W*[àa] (?:{_TO_FINISH})\W*\Z)"
            r"|\b[ÀA] (?:COMPL[ÉE]TER|V[ÉE]RIFIER|PR[ÉE]CISER|REMPLIR|R[ÉE]DIGER|REVOIR)\b"
            rf"|(?i:: [àa] (?:compl[ée]ter|v[ée]rifier|r[ée]diger|remplir) ?\.?$)",
            _FINISH,
        ),
        (
            "xx",
            rf"{_ROMAN}(?<![A-Za-z])X{{3,}}(?![A-Za-z])|\bx{{3,}}\b|(?i:\bxx/xx(?:/x+)?\b)"
            r"|(?<!p\. )\bxx(?= [a-zà-ÿ€])",
            _FINISH,
        ),
        (
            "??",
            r"[(\[] ?\?{2,} ?[)\]]|: ?\?{2,}$|\A\?{2,}\Z|\?{2,} (?:€|euros|personnes|habitants)\b",
            f"{_FINISH} Ce que personne ne sait s’écrit « inconnu » dans son champ.",
        ),
    ),
    *_left(
        _UNDONE,
        "{0} est le blanc d’un formulaire, que personne n’a rempli.",
        (
            "……|.....|_____",
            r"(?<![^\W\d_…])(?:…[… ]*){3,}|(?:…[… ]*){6,}|(?<![^\W\d_.])\.{6,}+"
            rf"(?!{_PRICE})|\.{{12,}}+(?!{_PRICE})"
            r"|(?<=\S)[ ]?_{5,}",
            _FINISH,
        ),
        in_pages=False,
    ),
    *_left(
        _UNDONE,
        "{0} est le blanc d’un modèle, que personne n’a rempli.",
        (
            _BLANK,
            rf"(?i:«(?:nom|pr[ée]nom|adresse|civilit[ée])»)"
            r"|«[ \u00a0\u202f](?:NOM|PR[ÉE]NOM|ADRESSE|CIVILIT[ÉE])[ \u00a0\u202f]»"
            rf"|(?<![\]\\\w])(?i:\[(?:{_BLANKS})\b[^]\[\n]{{0,40}}\](?![(\[:]))"
            rf"|(?i:<(?:{_BLANKS})\b[^<>\n=/]{{0,40}}>)"
            rf"|(?<!\{{)(?i:\$?\{{(?:{_BLANKS})[a-z_ ]{{0,20}}\}})",
            _FINISH,
        ),
        in_pages=False,
    ),
    *_left(
        _OFFICE,
        "{0} est un message de Word ou d’un tableur, que tous les lecteurs verront.",
        (
            _ERROR,
            r"Erreur[ \u00a0\u202f]?! "
            r"(?:Signet|Source|Référence|Liaison|Utilisez|Nom)[^.\n]{0,60}\.?",
            _LOOK,
        ),
        (_CELL, r"#(?:REF|DIV/0|VALEUR|VALUE|NOMBRE|NOM|NAME|NULL)[!?]|#N/A\b", _LOOK),
        (
            "hyperlink|mergefield|pageref|includepicture",
            r"\{? ?(?:HYPERLINK|PAGEREF|MERGEFIELD|INCLUDEPICTURE) [^}\n]{1,200}(?:\}|$)",
            "Retirez-le. Un lien s’écrit [le texte](https://…), une image se joint sous "
            "« documents ».",
        ),
        (
            "cliquez ici pour|cliquez ou appuyez ici|[tapez ici",
            r"Cliquez (?:ou appuyez )?ici pour (?:entrer|taper|saisir)[^.\n]{0,40}\.?"
            r"|\[Tapez ici\]",
            _FINISH,
        ),
    ),
    *_left(
        _OFFICE,
        "{0} n’existe que sur votre ordinateur ou votre réseau.",
        (
            "file://|:\\|\\\\",
            r"file://[^\s)>\"]{1,300}|\b[A-Z]:\\[^\s)>\"]{1,300}|(?<!\S)\\\\[A-Za-z0-9-]{2,}\\[^\s)>\"]{1,300}",
            "Joignez le fichier à la fiche, sous « documents », ou donnez son adresse sur le web.",
        ),
    ),
    *_left(
        _OFFICE,
        "{0} vient d’un courriel ou d’un téléphone, et sera montré à tous les lecteurs.",
        (
            "cid:|[image: ",
            r"\[cid:[^\]\n]{1,120}\]|\bcid:image\d{1,4}\.\w{2,4}@[\w.]{1,60}"
            r"|\[image: [^\]\n]{1,100}\]",
            "Retirez ces mots ; l’image se joint à la fiche, sous « documents ».",
        ),
        (
            "depuis mon |de mon i|de mon t|de mon m|outlook pour|sent from my|message transf"
            "|forwarded mess|message d|original message|omis>|omitted>",
            r"^Envoyé (?:de|depuis) mon (?:iP(?:hone|ad)|mobile|smartphone|téléphone"
            r"|(?:appareil|Samsung|Huawei)[^\n]{0,40})\.?$|^Obtenir Outlook pour [^\n]{1,60}$"
            r"|^Sent from my [^\n]{1,40}$|<(?:Médias?|Fichiers?) omis>|<Media omitted>"
            r"|^-{2,} ?(?:Message (?:transféré|d[’']origine)|(?:Forwarded|Original) [Mm]essage)"
            r" ?-*$",
            "Retirez ces mots, et gardez ce que la personne a écrit.",
        ),
        (
            "objet :|objet:|objet\u00a0:|sujet :|sujet\u00a0:|subject:|a écrit :|a écrit\u00a0:"
            "|wrote:",
            r"^(?:De|From)[ \u00a0]?: ?[^ \d\n][^\n]+"
            r"(?=\n(?:[^\n]+\n){1,6}?(?:Objet|Sujet|Subject)[ \u00a0]?:)"
            r"|^(?:Le|On) [^\n]{5,60}\d{1,2}[:h]\d\d\b[^\n]{0,100}(?:a écrit|wrote)[ \u00a0]?:$",
            "Retirez cet en-tête, et gardez ce que la personne a écrit.",
        ),
        (
            "supprimé ce mess|message a été supp|message supp|chiffrés de bout|image absent"
            "|image omis|vidéo absent|vidéo omis|audio omis|audio absent|document absent",
            rf"^{_SENDER}(?:Vous avez supprimé ce message|Ce message a été supprimé"
            r"|Message supprimé)\.?$|^[^\n]{0,60}Les messages et (?:les )?appels sont chiffrés de "
            rf"bout en bout[^\n]{{0,200}}$|^{_SENDER}(?:image|vidéo|audio|document) "
            r"(?:absente?|omise?)$",
            "Retirez cette ligne : la messagerie l’a écrite, et personne ne l’a dite.",
        ),
    ),
    *_left(
        _OFFICE,
        "{0} vient d’un autre programme, et sera montré tel quel.",
        (
            "page ",
            r"^Page \d{1,4} ?(?:sur|/) ?\d{1,4}$",
            "Retirez ce pied de page.",
        ),
        (
            "fecture|certifié ex|préfet|id : |télétrans|ministère de l",
            r"^(?:Envoyé|Reçu) en (?:sous-)?préfecture le \d[\d/]{5,9}"
            r"|^ID : \d[\dAB]\w-\d{9}-\d{8}-[\w-]{1,40}$"
            r"|^Accusé (?:de réception (?:en (?:sous-)?préfecture|- Ministère de l[’']Intérieur)"
            r"|certifié exécutoire)$"
            r"|^Date de (?:télétransmission|réception (?:en )?(?:sous-)?préfecture) ?: ?[\d/]{6,10}"
            r"|^Réception par le (?:sous-)?préfet ?: ?[\d/]{6,10}",
            "C’est le tampon de l’envoi à la préfecture : retirez-le. Le jour se dit dans la fiche "
            "de la source.",
        ),
        (
            "###",
            r"^(?! {0,3}#)[^\n#]{0,200} #{4,}(?=[.,;)]|$)",
            "Élargissez la colonne dans le tableur, et recopiez le nombre.",
        ),
        (
            "=som|=sum(|=moy|=nb|=si(|=rech|=arr",
            r"(?<![\w=])=(?:SOMME|SUM|MOYENNE|NB(?:VAL|\.SI)?|SI|RECHERCHEV|ARRONDI)\([^\n)]{0,100}\)",
            "Écrivez le résultat, et non la formule.",
        ),
        (
            "\\n|\\r",
            r"\\r\\n|(?<=[.!?…:,;»])\\n(?=[\s«•A-ZÀ-Þ-]|\\n|$)|(?<![:\\\w])\\n(?=[«•A-ZÀ-Þ-])",
            "C’est une fin de ligne : allez à la ligne à sa place, sous « | », ou retirez-la.",
        ),
    ),
    *_left(
        _OFFICE,
        "{0} vient d’un assistant de rédaction, et sera montré à tous les lecteurs.",
        (
            "oaicite|†|[cite|citeturn|utm_source=",
            r":?contentReference\[[^]\n]{1,60}\](?:\{[^}\n]{1,40}\})?|【[^】\n]{0,80}†[^】\n]{0,80}】"
            r"|\[cite(?:_start|: ?[\d, ]{1,40})\]|\bciteturn\w{1,40}"
            r"|[?&]utm_source=(?:chatgpt\.com|openai|copilot\.com|perplexity)[^\s)>]{0,80}",
            "Retirez-le, et relisez le passage : ce qu’il affirme est à vérifier.",
        ),
    ),
    *_left(
        _OFFICE,
        "{0} est d’une adresse réécrite par une messagerie : elle peut dire qui a reçu le "
        "courriel, et cessera un jour de répondre.",
        (
            "safelinks.p|urldefense.",
            r"https?://[\w.-]{1,60}\.safelinks\.protection\.outlook\.com"
            r"|https?://urldefense(?:\.proofpoint)?\.com",
            "Ouvrez ce lien, puis copiez à sa place l’adresse de la page où il mène.",
        ),
    ),
    *_left(
        _OFFICE,
        "{0} vient de la page où ce texte a été copié.",
        (
            "[modifier|[réf.",
            r"\[modifier(?: ?\| ?modifier le (?:wiki)?code)?\]|\[réf\. (?:nécessaire|souhaitée)\]",
            "Retirez-le. Si le texte vient de Wikipédia, citez la page : son auteur le demande.",
        ),
        (
            "[1]|[2]|[3]|[4]|[5]",
            r"(?<=[\w.,;!?»)])\[\d{1,3}\](?![(:])",
            "Retirez ce renvoi : la note où il mène est restée là-bas.",
        ),
    ),
    *_left(
        _OWN,
        "{0} a l’air d’appartenir à une personne, et tous les lecteurs le verront.",
        (
            _PHONE,
            r"(?<![\w.,/+-])(?:0|\+33[ .\u00a0]?(?:\(0\))?)[67]"
            r"(?:[ .\u00a0\u202f-]?\d\d){4}(?![ .]?\d)",
            _ASK,
        ),
        (
            "@",
            rf"(?<![\w.+-])(?!(?:[\w+-]{{1,40}}[.+-])?(?i:{_OFFICE_MAIL}))"
            r"[\w.+-]{1,60}@(?:gmail|orange|free|wanadoo|hotmail|outlook|yahoo|laposte|sfr|live|icloud"
            r"|me|proton|protonmail|bbox|neuf|numericable|aol)\.(?:com|fr|net|me)\b",
            _ASK,
        ),
    ),
)
_SIGN = re.compile(_any_of(sign for kind in _KINDS for sign in kind.signs))
"""Files with one of them are few: to look for each by itself took a tenth of a first ``check``."""
_NOTES = frozenset(("notes", "questions", "recherches"))
"""Fields that say themselves what is still to find."""


def faults(
    data: Any, body: str, source: bytes, spoiled: Collection[KeyPath], *, is_page: bool = False
) -> Iterator[Fault]:
    """One warning for each leftover in the texts of a document, which ``source`` holds."""
    lower = source.lower()
    if not _SIGN.search(lower):
        return
    kinds = [kind for kind in _KINDS if (kind.in_pages or not is_page) and kind.may_be_in(lower)]
    for path, text in texts_of(data, body, spoiled) if kinds else ():
        for kind in kinds:
            if kind.code == _UNDONE and path[:1] and path[0] in _NOTES:
                continue
            for match in islice(kind.form.finditer(text), MOST):
                if kind.code != _OWN and _is_quoted(text, match):
                    continue
                yield warning(
                    path,
                    kind.code,
                    kind.message.format(quoted(match[0].strip())),
                    kind.hint,
                    needle=match[0].strip(),
                )


def unfinished(source: bytes) -> Iterator[Fault]:
    """The warning on a record that ``import`` began of a document, as long as its questions are
    there: a meeting without a date is no error, and would be published."""
    if _DRAFT_MARK in source and (head := _DRAFT_HEAD.search(source.decode("utf-8", "replace"))):
        yield warning(
            (),
            _UNDONE,
            "Cette fiche est encore un brouillon, fait d’un document.",
            "Complétez ce que demandent les lignes d’en dessous, puis effacez-les avec celle-ci.",
            needle=head[0],
        )


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Whether the whole of a leftover stands between quotes: who writes « TODO » writes about it.

    A value that is nothing else is none: an empty form was copied with its quotes.
    """
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if match[0].startswith("«"):
        return bool(_ASKED_FOR.search(before))
    is_part = len(before) > 1 or len(after) > 1
    return is_part and _QUOTES.get(before[-1:]) == after[:1]
