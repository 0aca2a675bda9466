"""What a text's readers would see otherwise than its author meant is said, with its mend.

Each mend is made as the hint says it; then nothing is found, and what the author meant is there.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.check.misreadings import LONGEST_TEXT, misreadings
from loosbot.corpus.model import Finding
from loosbot.wikitext.markdown import markdown_to_wikitext

# what begins two lines of a list in other programs
PASTED_LISTS = [
    ("🔹", "🔹"), ("✅", "✅"), ("🌱", "🚲"), ("👉🏽", "👉🏽"), ("✔️", "✔️"), ("→", "→"),
    ("->", "->"),
    ("=>", "=>"), ("»", "»"), ("--", "--"), ("~", "~"), ("§", "§"), ("x", "x"), ("ü", "ü"),
    ("Ø", "Ø"), ("v", "v"), ("[ ]", "[x]"), ("a.", "b."), ("A.", "B."), ("A)", "B)"), ("a/", "b/"),
    ("(a)", "(b)"), ("a -", "b -"), ("C –", "D –"), ("I.", "II."), ("i)", "ii)"), ("IV/", "V/"),
    ("1.1", "1.2"), ("2.3.1.", "2.3.2."), ("–", "–"), ("\uf0b7", "\uf0b7"), ("\u2212", "\u2212"),
    ("a)", "b)"),
]  # fmt: skip
PASTED_NUMBERS = [
    ("1️⃣", "2️⃣"), ("①", "②"), ("❶", "❷"), ("(1)", "(2)"), ("1 -", "2 -"), ("1 –", "2 –"),
    ("1 :", "2 :"), ("1:", "2:"), ("1\u00a0-", "2\u00a0-"), ("1/", "2/"), ("1°", "2°"),
]  # fmt: skip

# what was written, the code, a piece of the hint, what was written instead, what the page shows
CASES = [
    ("Il est posé.\n\n<!-- ne pas publier -->\n\nOn s'assoit.", "texte-commentaire",
     "Retirez-le du texte", "Il est posé.\n\nOn s'assoit.", "Il est posé.\n\nOn s'assoit."),
    ("Un banc.\n\n![Un banc](https://a.fr/b.jpg)", "texte-image", "[Un banc](https://a.fr/b.jpg)",
     "Un banc.\n\n[Un banc](https://a.fr/b.jpg)", "[https://a.fr/b.jpg Un banc]"),
    ("• une puce\n• une autre", "texte-puce", "- une puce", "- une puce\n- une autre",
     "* une puce\n* une autre"),
    ("• une puce\n\n• une autre", "texte-puce", "- une puce", "- une puce\n\n- une autre",
     "* une puce\n* une autre"),
    ("o\tle bois\no\tles vis", "texte-puce", "- le bois", "- le bois\n- les vis",
     "* le bois\n* les vis"),
    ("-le bois\n-les vis", "texte-puce", "- le bois", "- le bois\n- les vis",
     "* le bois\n* les vis"),
    ("*le bois\n*les vis", "texte-puce", "- le bois", "- le bois\n- les vis",
     "* le bois\n* les vis"),
    ("Du monde.\n\n+ 30 personnes\n\nFin.", "texte-puce", "\\+ 30 personnes",
     "Du monde.\n\n\\+ 30 personnes\n\nFin.", "Du monde.\n\n+ 30 personnes\n\nFin."),
    ("1.demander\n2.creuser", "texte-puce", "1. demander", "1. demander\n2. creuser",
     "# demander\n# creuser"),
    *((f"{a} le bois\n{b} les vis", "texte-puce", "- le bois",
       "- le bois\n- les vis", "* le bois\n* les vis") for a, b in PASTED_LISTS),
    *((f"{a} demander\n{b} creuser", "texte-puce", "1. demander",
       "1. demander\n2. creuser", "# demander\n# creuser") for a, b in PASTED_NUMBERS),
    ("Tâche\tQui\nbois\tville", "texte-tableau", "| Tâche | Qui |",
     "| Tâche | Qui |\n| --- | --- |\n| bois | ville |", "| bois\n| ville"),
    ("Un ** vrai ** banc.", "texte-signe", "**vrai**", "Un **vrai** banc.", "Un '''vrai''' banc."),
    ("| a | b |\n|---|---|\n| c | d | e |", "texte-tableau", "« \\| »",
     "| a | b |\n|---|---|\n| c | d \\| e |", "| d &#124; e"),
    ("| a | b |\n|---|---|\n| c |", "texte-tableau", "une case vide se garde",
     "| a | b |\n|---|---|\n| c | |", "| c\n|"),
    ("| a | b |\n|---|\n| c | d |", "texte-tableau", "| --- | --- |",
     "| a | b |\n| --- | --- |\n| c | d |", "| c\n| d"),
    ("| a | b |\n| c | d |", "texte-tableau", "| --- | --- |",
     "| a | b |\n| --- | --- |\n| c | d |", "| c\n| d"),
    ("| a |\n|---|\n| b |\nEt puis voilà, | donc.", "texte-tableau", "une ligne vide",
     "| a |\n|---|\n| b |\n\nEt puis voilà, | donc.", "</div>\n\nEt puis voilà, | donc."),
    ("Voir [le plan](https://a.fr/le plan.pdf).", "texte-lien",
     "[le plan](https://a.fr/le%20plan.pdf)", "Voir [le plan](https://a.fr/le%20plan.pdf).",
     "[https://a.fr/le%20plan.pdf le plan]"),
    ("Voir [la page][1].", "texte-lien", "[1]: https://…",
     "Voir [la page][1].\n\n[1]: https://a.fr", "[https://a.fr la page]"),
    ("Un banc[^marche].", "texte-note", "[^marche]: ",
     "Un banc[^marche].\n\n[^marche]: Vu au marché.", "<ref>Vu au marché.</ref>"),
    ("Un ~~vieux~~ banc.", "texte-signe", "vieux", "Un vieux banc.", "Un vieux banc."),
    ("- [x] le bois\n- [ ] les vis", "texte-signe", "Retirez « [ ] »", "- le bois, fait\n- les vis",
     "* le bois, fait\n* les vis"),
    ("un<br>deux", "texte-html", "« \\ »", "un\\\ndeux", "un<br>\ndeux"),
    ("Le 2<sup>e prix", "texte-html", "<sup>e</sup>", "Le 2<sup>e</sup> prix",
     "Le 2<sup>e</sup> prix"),
    ("1<SUP>er</SUP> prix", "texte-html", "<sup>e</sup>", "1<sup>er</sup> prix",
     "1<sup>er</sup> prix"),
    ("- le bois\n- les vis\nTout était là.", "texte-lignes", "une ligne vide",
     "- le bois\n- les vis\n\nTout était là.", "* les vis\n\nTout était là."),
    ("un <b>gras</b>", "texte-html", "**gras**", "un **gras**", "un '''gras'''"),
    ('Voir <a href="https://a.fr/b">le site</a>.', "texte-html", "[le site](https://a.fr/b)",
     "Voir [le site](https://a.fr/b).", "[https://a.fr/b le site]"),
    ("Bonjour<o:p></o:p>", "texte-html", "sa fin </o:p>", "Bonjour", "Bonjour"),
    ("un [b]gras[/b]", "texte-signe", "**gras**", "un **gras**", "un '''gras'''"),
    ("un [i]mot[/i]", "texte-signe", "*mot*", "un *mot*", "un ''mot''"),
    ("[quote]\nOui.\n[/quote]", "texte-signe", "« > »", "> Oui.", "Oui."),
    ("[list]\n[*]un\n[*]deux\n[/list]", "texte-signe", "avec des tirets", "- un\n- deux",
     "* un\n* deux"),
    ("Voir [img]https://a.fr/b.png[/img]", "texte-signe", "[l’image](https://a.fr/b.png)",
     "Voir [l’image](https://a.fr/b.png)", "[https://a.fr/b.png l’image]"),
    ("[b]gras\nencore[/b]", "texte-signe", "au début et à la fin", "gras\nencore", "gras encore"),
    ("La ville paie.\n\n=======\n\nLa ville prête.", "conflit-git", "retirez cette ligne",
     "La ville paie.", "La ville paie."),
    ("La ville paie.\n\n======\n\nLa ville prête.", "conflit-git", "retirez cette ligne",
     "La ville paie.", "La ville paie."),
    ("La ville paie\n=======\nLa ville prête", "conflit-git", "## La ville paie", "La ville prête",
     "La ville prête"),
    ("La ville\nla paie\nici\n=======\nLa ville prête", "conflit-git", "retirez cette ligne",
     "La ville", "La ville"),
    ("un <mark>surligné</mark>", "texte-html", "sa fin </mark>", "un surligné", "un surligné"),
    ("la balise <div>", "texte-html", "\\<div>", "la balise \\<div>", "la balise &lt;div>"),
    ("l'&eacute;t&#233; &amp; nous", "texte-html", "« é »", "l'été & nous", "l'été & nous"),
    ("Voici :\n\n```\nun\n\ndeux", "texte-bloc", "```", "Voici :\n\n```\nun\n\ndeux\n```",
     "<pre>\nun\n\ndeux</pre>"),
    ("Une phrase.\n=======\nUne autre.", "texte-titre", "Retirez la ligne",
     "Une phrase.\nUne autre.", "Une phrase. Une autre."),
    ("Une phrase.\n---\nUne autre.", "texte-titre", "une ligne vide",
     "Une phrase.\n\n---\nUne autre.", "Une phrase.\n\n----\n\nUne autre."),
    # the signs of the wiki and of forums
    ("Un '''vrai''' banc.", "texte-wiki", "**vrai**", "Un **vrai** banc.", "Un '''vrai''' banc."),
    ("Un ''vrai'' banc.", "texte-wiki", "*vrai*", "Un *vrai* banc.", "Un ''vrai'' banc."),
    ("Voir [[Le banc|ce banc]].", "texte-wiki", "[le texte](projet/nom-du-fichier)",
     "Voir [ce banc](projet/banc).", "ce banc"),
    ("Voir [https://a.fr ce banc].", "texte-wiki", "[ce banc](https://a.fr)",
     "Voir [ce banc](https://a.fr).", "[https://a.fr ce banc]"),
    ("== Le banc ==\n\nIl sert.", "texte-wiki", "## Le banc", "## Le banc\n\nIl sert.", "Le banc"),
    ("* le bois\n** les vis", "texte-wiki", "- les vis", "* le bois\n  - les vis", "** les vis"),
    ("{| class=\"wikitable\"\n| bois\n|}", "texte-wiki", "« | »", "| bois |\n| --- |\n| vis |",
     "bois"),
    ("Bonjour {{prénom}}.", "texte-wiki", "à leur place", "Bonjour Camille.", "Bonjour Camille."),
    ("Un [b]vrai[/b] banc.", "texte-signe", "vrai", "Un vrai banc.", "Un vrai banc."),
    ("Voir [url=https://a.fr]ce banc[/url].", "texte-signe", "[ce banc](https://a.fr)",
     "Voir [ce banc](https://a.fr).", "[https://a.fr ce banc]"),
    ("# demander\n# creuser", "texte-titre", "1. demander", "1. demander\n2. creuser",
     "# demander\n# creuser"),
    # notes to oneself
    ("[//]: # (à vérifier)\n\nUn banc.", "texte-commentaire", "Retirez-la", "Un banc.", "Un banc."),
    ("Un banc %% à vérifier %% neuf.", "texte-commentaire", "Retirez-la", "Un banc neuf.",
     "Un banc neuf."),
    ("Un banc.\n// à vérifier", "texte-commentaire", "Retirez-la", "Un banc.", "Un banc."),
    ("Un banc.\n# à vérifier\nIl sert.", "texte-commentaire", "retirez-la", "Un banc.\nIl sert.",
     "Un banc. Il sert."),
    # blanks that nobody sees
    ("-\u00a0le bois\n-\u00a0les vis", "espace-insecable", "espace ordinaire",
     "- le bois\n- les vis", "* le bois\n* les vis"),
    ("1.\u00a0demander\n2.\u00a0creuser", "espace-insecable", "espace ordinaire",
     "1. demander\n2. creuser", "# demander\n# creuser"),
    ("##\u00a0Le banc\n\nIl sert.", "espace-insecable", "espace ordinaire",
     "## Le banc\n\nIl sert.", "Le banc"),
    ("- le bois\n\u00a0\u00a0- les vis", "espace-insecable", "espace ordinaire",
     "- le bois\n  - les vis", "** les vis"),
    # links, notes, bold and lists that are none
    ("Voir [le plan] (https://a.fr).", "texte-lien", "[le plan](https://a.fr)",
     "Voir [le plan](https://a.fr).", "[https://a.fr le plan]"),
    ("Voir (le plan)[https://a.fr].", "texte-lien", "[le plan](https://a.fr)",
     "Voir [le plan](https://a.fr).", "[https://a.fr le plan]"),
    ("Voir [le plan](https://a.fr et le reste", "texte-lien", "[le plan](https://a.fr)",
     "Voir [le plan](https://a.fr) et le reste", "[https://a.fr le plan]"),
    ("Voir [le plan]().", "texte-lien", "le plan", "Voir le plan.", "Voir le plan."),
    ("Un banc.\n\n[^1]: Vu au marché.", "texte-note", "Mettez [^1]",
     "Un banc[^1].\n\n[^1]: Vu au marché.", "<ref>Vu au marché.</ref>"),
    ("Un **vrai banc.", "texte-signe", "Ajoutez **", "Un **vrai** banc.", "Un '''vrai''' banc."),
    ("Le budget :\n2. le bois\n3. les vis", "texte-puce", "une ligne vide",
     "Le budget :\n\n2. le bois\n3. les vis", "le bois"),
    ("| a | b |\n|---|---|\n| c | d |\n\n| e | f |", "texte-tableau", "Retirez la ligne vide",
     "| a | b |\n|---|---|\n| c | d |\n| e | f |", "| e\n| f"),
    ("Tâche;Qui\nbois;ville", "texte-tableau", "| Tâche | Qui |",
     "| Tâche | Qui |\n| --- | --- |\n| bois | ville |", "| bois\n| ville"),
    ("####### Le banc", "texte-titre", "### Le banc", "### Le banc", "Le banc"),
    # other kinds of Markdown
    ("Un ==vrai banc== neuf.", "texte-signe", "**vrai banc**", "Un **vrai banc** neuf.",
     "Un '''vrai banc''' neuf."),
    ("Sur 20 m^2^, au XX^e^ siècle.", "texte-signe", "<sup>2</sup>",
     "Sur 20 m<sup>2</sup>, au XX<sup>e</sup> siècle.", "m<sup>2</sup>"),
    ("De l’H~2~O, du CO~2~.", "texte-signe", "<sub>2</sub>",
     "De l’H<sub>2</sub>O, du CO<sub>2</sub>.", "H<sub>2</sub>O"),
    ("Un banc^[Vu au [marché](https://a.fr).] neuf.", "texte-note",
     "[^1]: Vu au [marché](https://a.fr).",
     "Un banc[^1] neuf.\n\n[^1]: Vu au [marché](https://a.fr).",
     "<ref>Vu au [https://a.fr marché].</ref>"),
    ("::: note\nLe banc est neuf.\n:::", "texte-bloc", "« > »", "> Le banc est neuf.",
     "<blockquote>"),
    (":::: {.warning}\nLe banc est neuf.\n::::", "texte-bloc", "« > »", "Le banc est neuf.",
     "Le banc est neuf."),
    ("[TOC]\n\n## Le banc", "texte-signe", "Retirez cette ligne", "## Le banc", "Le banc"),
    ("[[_TOC_]]\n\n## Le banc", "texte-signe", "Retirez cette ligne", "## Le banc", "Le banc"),
    ("> [!NOTE]\n> Le banc est neuf.", "texte-bloc", "**À noter.**",
     "> **À noter.** Le banc est neuf.", "'''À noter.''' Le banc est neuf."),
    ("1. [x] le bois\n2. [ ] les vis", "texte-signe", "Retirez « [ ] »",
     "1. le bois, fait\n2. les vis", "# le bois, fait\n# les vis"),
    ("> - [ ] le bois", "texte-signe", "Retirez « [ ] »", "> - le bois", "* le bois"),
    # lines that a page would put end to end
    *((lines, "texte-lignes", "Finissez par « \\ »", lines.replace("\n", "\\\n"),
       lines.replace("\n", "<br>\n")) for lines in (
        "18 h : accueil\n19 h : repas\n20 h 30 : film", "9:30 Ouverture\n10:00 Visite",
        "12/06 : la fête\n13/06 : le bal", "À 9h, accueil\nÀ 10h, visite",
        "Camille : bonjour !\nBasile : bonsoir !", "Présents : onze\nExcusés : trois",
        "Date et lieu : le 3, en mairie\nOrdre du jour : le banc",
        "Mairie\n2 place du Marché\n62000 Arras", "Le bois\nLes vis\nLa colle",
        "Ô banc de bois\nToi qui nous vois,\nReste ici",
        )),
    ("[12/05/2024 18:03] Lou: oui\n[12/05/2024 18:04] Ada: non", "texte-lignes", "une liste : - ",
     "- Lou : oui\n- Ada : non", "* Lou : oui\n* Ada : non"),
    ("Bois      120 €\nVis        30 €", "texte-tableau", "| Bois | 120 € |",
     "| Bois | 120 € |\n| --- | --- |\n| Vis | 30 € |", "| Vis\n| 30 €"),
    # asterisks that are no italics
    ("Deux bacs, 120*80 et 100*60.", "texte-signe", "120 × 80 et 100 × 60",
     "Deux bacs, 120 × 80 et 100 × 60.", "120 × 80 et 100 × 60"),
    ("Une fosse de 2*3*1,5 m.", "texte-signe", "2 × 3 × 1,5", "Une fosse de 2 × 3 × 1,5 m.",
     "2 × 3 × 1,5"),
    ("Les habitant*es et les élu*es.", "texte-signe", "habitant\\*es et les élu\\*es",
     "Les habitant\\*es et les élu\\*es.", "habitant*es et les élu*es"),
    # what becomes the code of a program
    ("Il a dit :\n\n    Nous ferons ce banc.\n\nEt voilà.", "texte-decale", "Retirez-les : Nous",
     "Il a dit :\n\nNous ferons ce banc.\n\nEt voilà.", "\n\nNous ferons ce banc."),
    ("Un.\n\n\tPuis la rue se réunit.", "texte-decale", "« > »", "Un.\n\n> Puis la rue se réunit.",
     "<blockquote>"),
    ("Le banc\n~~~~~~~\nIl est posé.", "texte-bloc", "## Le banc", "## Le banc\n\nIl est posé.",
     "Il est posé."),
    ("Le banc\n~~~~\nIl sert.\n\nLe four\n~~~~\nIl fume.", "texte-bloc", "## Le banc",
     "## Le banc\n\nIl sert.\n\n## Le four\n\nIl fume.", "Il sert."),
    ("Voici :\n\n~~~\nun\n\ndeux", "texte-bloc", "~~~", "Voici :\n\n~~~\nun\n\ndeux\n~~~",
     "<pre>\nun\n\ndeux</pre>"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "code", "hint", "mended", "shown"), CASES)
def test_each_misreading_is_said_and_its_mend_mends(
    typed: str, code: str, hint: str, mended: str, shown: str
) -> None:
    slips = misreadings(typed)
    assert {slip.code for slip in slips} == {code}
    assert hint in slips[0].hint
    assert all(slip.typed in typed for slip in slips)
    assert misreadings(mended) == []
    assert shown in markdown_to_wikitext(mended, level=1, resolve=lambda target: None)


@pytest.mark.parametrize(
    "text",
    [
        "1<sup>er</sup> prix, CO<sub>2</sub>",
        "Le code `<br>` et `&nbsp;` :\n\n```html\n<b>a</b>\n<!-- b -->\n| a |\n| b |\n```",
        "- a\n  ```\n  <br>\n  ```",
        "Bouygues & Cie, 3 < 4, R&D, a && b",
        "– Une réplique, seule.\n\n— Une autre.",
        "Voir [le plan](https://a.fr/b \"Le plan\") et [ici](<https://a.fr/b c>).",
        "Des étudiant[s] [sic], ami[e]s, [*] et [a/b] ; [code](https://a.fr), <https://a.fr>.",
        "Accueil\n=======\n\nBienvenue.\n\nUn titre\n==============\n\nFin.",
        "Avant -\naprès ; 2018-\n2019 ; A-\nB ; Loos-\nEn-Gohelle.\n\n- un\n- deux\n",
        "| a | b |\n|---|---|\n| `c|d` | e \\| f |\n\ng",
        "> | a | b |\n> |---|---|\n> | c | d |",
        "- x\n\n  | a |\n  |---|\n  | b |",
        "Un titre\n---\n\n- un\n- deux.\n---",
        "\\<!-- montré exprès --> et \\&nbsp;",
        "a | b, ou c | d",
        "Bien[^1] et [a][b].\n\n[^1]: note\n[b]: https://a.fr",
        "<https://a.fr> et <mairie@a.fr>",
        "2018-2019\n18-20 h\n2.5 km\n3.5 km",
        "*Ici*, un banc.\n*Là*, un arbre.",
        "**Un** et **deux**, puis **trois**.\n**Quatre** aussi.",
        "§ 4.2 le dit\n§ 4.3 aussi",
        "Avec J. Petit,\nM. Durand et\nA. Martin, la cour.\nX. aussi.",
        "😊 Quelle fête !\n\n🎉 Et le bal.\nUn mot, 🎈 puis rien.",
        "Il est venu le\n3 - comme prévu - et le\n14. Puis\n2.5 km à pied.\n7.9 km au retour.",
        "20° à l’ombre\n25° au soleil, puis\n59 – Nord\n62 – Pas-de-Calais",
        "Au foot :\n2 - 1 à la mi-temps, puis\n3 - 2 à la fin ;\n4 : 5 et\n5 : 6.",
        "(Elle rit.)\n(1) dit la note.\n(9) aussi.",
        "Vive\nl’été et\nx fois rien.\na-t-elle dit.",
        "C. a dit oui.\nI. a dit non.\nV. se tait.",
        "1. Demander\n2. Creuser\n\n- un\n- deux\n\n\tdu code\n\tencore",
        "Une colonne\tseule.",
        "Il dit : « l''eau » [sic], 5'' de pluie [1].",
        "# Un titre\n\nUne phrase.\n\n# Un autre\n\nUne autre ; puis une troisième ;\nfin.",
        "Deux **mots\nen gras** ici.\n\n2. Le second\n3. Le troisième",
        "Prix\u00a0: 3\u00a0€\u00a0; c’est peu\u00a0!\nIl y en a 12.\u00a0Voilà.",
        "1. un\n2. deux\n\nEt http://a.fr/**/b n’est pas une note.",
        "Si a == b et c == d, ou a==b et c==d, alors x ==> y ==> z. 4 == 4.",
        "On <3 ce banc, ^^ super ^_^ haha^^ lol^^ ; a^2+b^2=c^2, 2^3 et 5 ^ 3 ^ 2.",
        "De ~20 à ~30, de 10~20~30, dix ~ onze ~ douze, https://a.fr/~jean~/b, Jean~Paul.",
        "Un : deux :: trois ::: quatre\n::\n[TOC] et TOC, [tocsin](https://a.fr), ![^1]\n\n[^1]: a",
        "Le bilan\n======\n\nUne phrase.",
        "Bilan\n=======\n\nUne phrase.\n\nLe bilan\n=======\n\nUne autre.",
        "Un mot.\n\n→ Le banc est posé.\n\nUn autre.\n\n☑ Oui ☐ Non\n\n· fin",
        "Marie,\nPaul,\nJeanne.",
        "Le banc est posé.\nIl sert tous les jours.\nOn l’aime : il est beau.\nMerci.",
        "La ville : elle a fourni le bois, et les voisins\nont monté le banc.\nUn samedi.",
        "18 h : accueil\\\n19 h : repas\\\n20 h : film",
        "Présents : onze  \nExcusés : trois",
        "- Mairie\n- Place du Marché\n\nMairie\n\nPlace\n\nArras",
        "Le maire dit : oui.\nLe voisin répond : non.",
        "Rue de\nParis et\nRue de Lens",
        "Voici :\n\n    x = 1\n    print(x)\n\n    Bois      120 €\n    Vis        30 €",
        "- un\n\n    encore une phrase de la liste.\n- deux",
        "| Bois      | 120 € |\n| --------- | ----- |\n| Vis       |  30 € |",
        "~~~\nun\n~~~\n\nFin.",
        "Un bac de 120*80 est *neuf*, *in*connu ou dé*construct*ion ; 5* et 6*, t**out**.",
        "Un\\*e habitant\\*e ; `2*3*4` ; A*B",
        "`==x==`, `m^2^`, `H~2~O`, `^[a]`\n\n```\n::: note\n[TOC]\n==x==\n```\n\n> [!] attention",
    ],
)  # fmt: skip
def test_what_is_read_as_meant_is_not_named(text: str) -> None:
    assert misreadings(text) == []


RECIT = """\
type: recit
titre: Un banc
voix:
  - qui: Une voisine
    role: habitant
    texte: |
      Le banc est posé.

      <!-- ne pas publier -->
"""


def findings(root: Path, files: dict[str, str]) -> list[Finding]:
    return list(reading(root, files).findings)


def test_the_finding_names_the_line(tmp_path: Path) -> None:
    page = "---\ntitre: Une page\nresume: Un essai.\n---\nUn texte.\n\n• une puce\n• une autre\n"
    slips = findings(tmp_path, {"narratives/recit/a.yaml": RECIT, "pages/b.md": page})
    assert [(slip.path, slip.line, slip.column, slip.code, slip.severity) for slip in slips] == [
        ("narratives/recit/a.yaml", 9, 7, "texte-commentaire", "warning"),
        ("pages/b.md", 7, 1, "texte-puce", "warning"),
        ("pages/b.md", 8, 1, "texte-puce", "warning"),
    ]


@pytest.mark.parametrize(
    ("typed", "code", "mended"),
    [
        ("Un banc <!-- à vérifier -->", "texte-commentaire", "Un banc"),
        ("Un banc <!– à vérifier –>", "texte-commentaire", "Un banc"),
        ("Un **vrai** banc", "texte-signe", "Un vrai banc"),
        ("Un '''vrai''' banc", "texte-wiki", "Un vrai banc"),
        ("Un ==vrai== banc", "texte-signe", "Un vrai banc"),
        ("Un banc de 2 m^2^", "texte-signe", "Un banc de 2 m²"),
        ("Un banc à CO~2~", "texte-signe", "Un banc à CO₂"),
        ("Lu dans *La Voix*", "texte-signe", "Lu dans La Voix"),
        ("Un <b>vrai</b> banc", "texte-html", "Un vrai banc"),
        ("Un banc<br/>neuf", "texte-html", "Un banc, neuf"),
        ("L&rsquo;été", "texte-html", "L’été"),
        ("Voir [le site](https://a.fr)", "texte-lien", "Voir le site"),
        ("Voir [[Le banc|ce banc]]", "texte-wiki", "Voir ce banc"),
    ],
)
def test_a_sign_in_a_field_that_is_no_markdown_is_named(
    typed: str, code: str, mended: str, tmp_path: Path
) -> None:
    record = (
        "type: projet\ntitre: Un banc\nresultats: [Il sert.]\nchiffres:\n  - {quoi: X, valeur: 3}\n"
    )
    for old in ("Il sert.", "X"):
        text = record.replace(old, f'"{typed}"')
        slips = findings(tmp_path, {"narratives/projet/a.yaml": text})
        assert [(slip.code, slip.severity) for slip in slips] == [(code, "warning")]
        right = record.replace(old, f'"{mended}"')
        assert findings(tmp_path, {"narratives/projet/a.yaml": right}) == []


def test_signs_that_a_sentence_may_have_are_not_named(tmp_path: Path) -> None:
    text = (
        "Tarif* : 3 € (* hors boissons), 2 * 3, a*b*c ; R&D ; x < y > z ; <3 ; [sic] ; "
        "[la haie](projet/a) ; [1] ; <https://a.fr> ; AT&T;"
    )
    record = f'type: projet\ntitre: Un banc\nresultats: ["{text}"]\n'
    assert findings(tmp_path, {"narratives/projet/a.yaml": record}) == []


def test_a_text_as_long_as_a_book_is_refused(tmp_path: Path) -> None:
    page = "---\ntitre: Une page\nresume: Un essai.\n---\n" + "Mots.\n" * (LONGEST_TEXT // 6 + 1)
    slips = findings(tmp_path, {"pages/b.md": page})
    assert [(slip.code, slip.severity) for slip in slips] == [("texte-trop-long", "error")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["[", "](", "![", "![a](http://b ", "|", "| a ", "<", "<a", "<!--", "&a", "~~a", "```\n",
     "[^a]", "[a][b]", "[a](b c", "•\n", "– \n", "| a |\n", "| a |\n|---|\n", "a.\n---\n",
     "- [ ] \n", "a\tb\n", "o a\n", "1/ a\n", "-a\n", "*a\n", "** a ", "\uf0b7", "''a ", "'''a",
     "[[a", "{{a", "%%a", "/* a", "[b]a", "[a](http://b ", "== a\n", "2. a\n", "# a\n", "a;b\n",
     "**a", "| a | b |\n\n", "+--+\n", "-\u00a0a\n",
     "A : b\n", "1 h a\n", "Ab\n", "a   b\n", "    a b c d\n\n", "a\n~~~\n", "A a ", "A’",
     "1*2", "a*es ",
     "==a ", "a^b", "a~b", "^[a ", "^[[a]", ":::\n", "[toc]\n", "> [!a]\n"],
)  # fmt: skip
def test_no_text_takes_for_ever(unit: str) -> None:
    text = unit * (LONGEST_TEXT // len(unit))
    start = time.process_time()
    misreadings(text)
    # far below one on a core of its own, minutes where the time grows with the square
    assert time.process_time() - start < 6
