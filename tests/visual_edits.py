"""Thirty edits that staff make in the visual editor, on the town's own pages.

Each is made on a page of its own. ``kept`` are words that must stand on the page at the end,
``gone`` those that must not; ``file`` is what the file of the record says afterwards, where a file
can say it. What no file can say stays on the wiki and is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visual import Keys, VisualEditor

LINK = """
const around = find(arguments[0]);
const words = new ve.Range(around.end - arguments[1].length, around.end);
select(words);
const title = mw.Title.newFromText(arguments[1]);
model.getFragment().annotateContent(
    'set', ve.dm.MWInternalLinkAnnotation.static.newFromTitle(title));
"""
LAST = """
const all = doc.data.getText(true, new ve.Range(0, doc.data.getLength()));
const place = all.lastIndexOf(arguments[0]);
select(new ve.Range(place, place + arguments[0].length));
"""
ADDRESS = """
const words = find(arguments[0]);
select(words);
model.getFragment().annotateContent(
    'set', new ve.dm.MWExternalLinkAnnotation(
        { type: 'link/mwExternal', attributes: { href: arguments[1], rel: ['mw:ExtLink'] } }));
"""
NOTE = """
const place = find(arguments[0]).end;
select(new ve.Range(place));
const note = new ve.dm.MWReferenceModel(doc);
note.insertInternalItem(model);
note.insertReferenceNode(model.getFragment().collapseToEnd());
note.setDocument(doc.newFromHtml('<p>' + arguments[1] + '</p>'));
note.updateInternalItem(model);
"""
SAME_NOTE = """
const note = ve.dm.MWReferenceModel.static.newFromReferenceNode(nodes('mwReference')[0]);
select(new ve.Range(find(arguments[0]).end));
note.insertReferenceNode(model.getFragment().collapseToEnd());
"""
CATEGORY = """
model.getFragment().insertMeta(
    { type: 'mwCategory', attributes: { category: arguments[0], sortkey: '' } },
    comments().slice(-1)[0].getOuterRange().end);
"""
NO_CATEGORY = """
const mine = doc.getMetaList().getItemsInGroup('mwCategory').find(
    item => item.getAttribute('category') === arguments[0]);
model.getFragment().removeMeta(mine);
"""
CUT = """
select(calls(arguments[0])[0].getOuterRange());
model.getFragment().removeContent();
"""
CUT_AND_PASTED = """
const box = calls(arguments[0])[0].getOuterRange();
const copy = doc.cloneFromRange(box);
select(box);
model.getFragment().removeContent();
model.getLinearFragment(new ve.Range(0)).insertDocument(copy);
"""
BESIDE = """
const mark = comments()[arguments[0] < 0 ? comments().length - 1 : 0].getOuterRange();
select(new ve.Range(arguments[1] === 'left' ? mark.start : mark.end));
"""
NO_MARK = """
select(comments().slice(-1)[0].getOuterRange());
model.getFragment().removeContent();
"""
WHOLE = """
const first = find(arguments[0]), last = find(arguments[1]);
const heading = doc.getBranchNodeFromOffset(first.start).getOuterRange();
let end = doc.getBranchNodeFromOffset(last.start);
while (end.getParent().getType() !== 'document') { end = end.getParent(); }
model.getLinearFragment(new ve.Range(heading.start, end.getOuterRange().end)).removeContent();
"""
ITEM = """
let item = doc.getBranchNodeFromOffset(find(arguments[0]).start);
while (item.getType() !== 'listItem') { item = item.getParent(); }
model.getLinearFragment(item.getOuterRange()).removeContent();
"""
ROW = """
selectCell(cellAt(find(arguments[0]).start));
surface.executeCommand('insertRowAfter');
"""
LOOK_FOR_WORDS = {
    **dict.fromkeys((LINK, LAST, ADDRESS, NOTE, SAME_NOTE, ITEM, ROW), 1),
    WHOLE: 2,
}
"""How many words of the page these are given, first of all."""
WORD = (
    "<p class='MsoNormal' style='font-family:Calibri'><b>Une question</b> de plus<o:p></o:p></p>"
    "<p class='MsoNormal'>Un texte venu de Word.</p>"
)


@dataclass(frozen=True)
class Edit:
    """What somebody does to a page, and where its words are to be found afterwards."""

    title: str
    deed: Callable[[VisualEditor], object]
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    file: str = ""
    says: str = ""
    inside: bool = True
    """Whether it changes our text: what stands beside the marks is never looked at."""


EDITS = {
    "a word of the summary": Edit(
        "Carrot’Mob",
        lambda ve: ve.replace("demi-journée d’affluence", "matinée d’affluence"),
        kept=("Une matinée d’affluence",),
        gone=("demi-journée d’affluence",),
        file="projet/carrot-mob",
        says="Une matinée d’affluence",
    ),
    "bold": Edit(
        "Le quatuor d’acteurs",
        lambda ve: (ve.select("responsabilité politique"), ve.chord(Keys.CONTROL, "b")),
        kept=("part de '''responsabilité politique'''",),
        file="page/quatuor",
        says="part de **responsabilité politique**",
    ),
    "a link to a record in a list": Edit(
        "Réaménagement de la rue Hoche",
        lambda ve: ve.run(LINK, "un habitant salarié d’Enedis", "Enedis"),
        kept=("un habitant salarié d’[[Enedis]]",),
        file="projet/rue-hoche",
        says="un habitant salarié d’[Enedis](acteur/enedis)",
    ),
    "an item added to a list": Edit(
        "Diagnostic en marchant",
        lambda ve: ve.after("Le Groupe quartier ouest en est né.", Keys.ENTER, "Un plan aussi."),
        kept=("* Un plan aussi.",),
        file="projet/diagnostic-en-marchant",
        says="Un plan aussi.",
    ),
    "two items that change places": Edit(
        "Révision participative du PLU, méthode ELENA",
        lambda ve: (
            ve.replace("Des pistes de circulation et de lien", "Des chemins et du lien"),
            ve.replace("Les fractures sont nommées, entre l’ouest", "Les coupures entre l’ouest"),
        ),
        kept=("Des chemins et du lien", "Les coupures entre l’ouest"),
        file="projet/plu-elena",
        says="Des chemins et du lien",
    ),
    "the cell of a table": Edit(
        "Rénovation des chemins ruraux avec les agriculteurs",
        lambda ve: (ve.run(LAST, "25\u00a0000"), ve.keys("26 500")),
        file="fifty-fifty/chemins-ruraux",
        says="valeur: 26500",
    ),
    "a fact in the dialog of the box": Edit(
        "Jardin partagé Cœur de Loos",
        lambda ve: ve.parameter("Fiche fifty-fifty", "Taille", "Léger"),
        kept=("| Taille = Léger\n",),
        file="fifty-fifty/coeur-de-loos",
        says="taille: leger",
    ),
    "a heading": Edit(
        "Les niveaux d’implication",
        lambda ve: ve.replace("Des niveaux qui communiquent", "Des niveaux qui se parlent"),
        kept=("== Des niveaux qui se parlent ==",),
        file="page/niveaux",
        says="# Des niveaux qui se parlent",
    ),
    "a section taken out": Edit(
        "Plan solaire citoyen",
        lambda ve: ve.run(WHOLE, "Ce que cela apprend", "Préciser plus tôt le cadre"),
        gone=("== Ce que cela apprend ==",),
        file="projet/plan-solaire-citoyen",
    ),
    "a note in the text of a stage": Edit(
        "Carrot’Mob",
        lambda ve: ve.run(NOTE, "flyers sont distribués", "Vu en mairie"),
        kept=("<ref>Vu en mairie</ref>",),
    ),
    "a category": Edit(
        "Chemins ruraux",
        lambda ve: ve.run(CATEGORY, "Catégorie:Énergie"),
        kept=("[[Catégorie:Énergie]]",),
        inside=False,
    ),
    "pasted from Word": Edit(
        "Qualifier un besoin",
        lambda ve: ve.paste_after("tous les élus sont concernés.", WORD),
        kept=("Un texte venu de Word.",),
    ),
    "a word of a voice": Edit(
        "Jamais sans ma pince",
        lambda ve: ve.replace("tournebouler", "dérégler"),
        kept=("« dérégler la machine »",),
        gone=("tournebouler",),
        file="recit/jamais-sans-ma-pince",
        says="« dérégler la machine »",
    ),
    "typed right of the last mark": Edit(
        "Place Mirabeau",
        lambda ve: (ve.run(BESIDE, -1, "right"), ve.keys("Une remarque à droite.")),
        kept=("Une remarque à droite.",),
        inside=False,
    ),
    "typed left of the first mark": Edit(
        "Ronds-points",
        lambda ve: (ve.run(BESIDE, 0, "left"), ve.keys("Un mot au-dessus.")),
        kept=("Un mot au-dessus.",),
        inside=False,
    ),
    "typed left of the last mark": Edit(
        "Cité 5",
        lambda ve: (ve.run(BESIDE, -1, "left"), ve.keys("Une remarque à gauche.")),
        kept=("Une remarque à gauche.",),
    ),
    "the last mark deleted": Edit("Cité Belgique", lambda ve: ve.run(NO_MARK)),
    "a fact added in the dialog": Edit(
        "Abris à insectes des ronds-points",
        lambda ve: ve.parameter("Fiche projet", "Récurrence", "chaque printemps"),
        kept=("| Récurrence = chaque printemps\n",),
        file="projet/abris-insectes",
        says="recurrence: chaque printemps",
    ),
    "a heading and a text behind the last mark": Edit(
        "Terrils jumeaux",
        lambda ve: (
            ve.run(BESIDE, -1, "right"),
            ve.keys(Keys.ENTER, "Nos remarques", Keys.ENTER, "Un sentier est ouvert."),
        ),
        kept=("Nos remarques", "Un sentier est ouvert."),
        inside=False,
    ),
    "an item moved to the right": Edit(
        "Groupes déchets et cycle de réunions",
        lambda ve: (ve.before("Une dynamique citoyenne"), ve.keys(Keys.TAB)),
        kept=("Une dynamique citoyenne",),
    ),
    "a link to another site in a text": Edit(
        "Maison d’assistantes maternelles Les Petits pieds",
        lambda ve: ve.run(ADDRESS, "assistantes", "https://exemple.fr/petits-pieds"),
        kept=("[https://exemple.fr/petits-pieds assistantes]",),
    ),
    "a lesson taken out": Edit(
        "Dukass, création musicale participative",
        lambda ve: ve.run(ITEM, "Un flyer et des professionnels tenaces"),
        gone=("Un flyer et des professionnels tenaces",),
    ),
    "a note used twice": Edit(
        "Les principes éthiques",
        lambda ve: (
            ve.run(NOTE, "même quand cela déplaît", "Vu en mairie"),
            ve.run(SAME_NOTE, "Elle passe souvent par des personnes"),
        ),
        kept=(">Vu en mairie</ref>", 'par des personnes<ref name="'),
        file="page/principes",
        says="]: Vu en mairie",
    ),
    "a category taken out": Edit(
        "Skatepark refait avec les jeunes usagers",
        lambda ve: ve.run(NO_CATEGORY, "Catégorie:Jeunesse et sport"),
        gone=("[[Catégorie:Jeunesse et sport]]",),
    ),
    "the text of a stage": Edit(
        "Ramassage des déchets avec MIG",
        lambda ve: ve.replace("Une opération de ramassage", "Une grande opération de ramassage"),
        kept=("Une grande opération de ramassage",),
        file="fifty-fifty/clean-up-day-mig",
        says="Une grande opération de ramassage",
    ),
    "a promise": Edit(
        "Les Castors",
        lambda ve: ve.replace("payer les heures manquantes", "régler les heures manquantes"),
        kept=("régler les heures manquantes",),
        file="projet/castors-1953",
        says="régler les heures manquantes",
    ),
    "the box deleted": Edit(
        "Vitesse dans un lotissement",
        lambda ve: ve.run(CUT, "Fiche projet"),
        gone=("{{Fiche projet",),
    ),
    "the box cut and pasted above the text": Edit(
        "Politique de soutien aux associations",
        lambda ve: ve.run(CUT_AND_PASTED, "Fiche projet"),
        kept=("{{Fiche projet",),
    ),
    "a paragraph added to a voice": Edit(
        "De grands pas pour les petits pieds",
        lambda ve: ve.after(
            "réclamé, près du bureau, une machine à café.",
            Keys.ENTER,
            "Elle y retourne volontiers. ",
        ),
        kept=("Elle y retourne volontiers.",),
        file="recit/de-grands-pas-pour-les-petits-pieds",
        says="Elle y retourne volontiers.",
    ),
    "a row added to a table": Edit(
        "Les outils pour consulter",
        lambda ve: (
            ve.run(ROW, "Questionnaire"),
            ve.keys(Keys.ARROW_DOWN, "Boîte à idées"),
        ),
        kept=("Boîte à idées",),
        file="page/consulter",
        says="| Boîte à idées |",
    ),
}
