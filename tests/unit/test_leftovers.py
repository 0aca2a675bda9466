"""What was left in a text is said, and so is what nobody sees; what a text is about is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.check import hiddensigns, texts
from loosbot.corpus.check.leftovers import _KINDS, MOST, faults

# what a text holds, the part that is said, the code
LEFT = [
    ("Posé. TODO : la date.", "TODO", "texte-a-finir"),
    ("todo: la date", "todo:", "texte-a-finir"),
    ("FIXME le nom", "FIXME", "texte-a-finir"),
    ("Lorem ipsum dolor sit amet, etc.", "Lorem ipsum dolor sit amet", "texte-a-finir"),
    ("Le banc (à compléter).", "(à compléter)", "texte-a-finir"),
    ("Le banc [à préciser avec Paul] est là.", "[à préciser avec Paul]", "texte-a-finir"),
    ("À COMPLÉTER", "À COMPLÉTER", "texte-a-finir"),
    ("A VERIFIER avant lundi", "A VERIFIER", "texte-a-finir"),
    ("à compléter", "à compléter", "texte-a-finir"),
    ("A COMPLETER", "A COMPLETER", "texte-a-finir"),
    ("A REMPLIR", "A REMPLIR", "texte-a-finir"),
    ("A REDIGER", "A REDIGER", "texte-a-finir"),
    ("A REVOIR", "A REVOIR", "texte-a-finir"),
    ("À PRÉCISER", "À PRÉCISER", "texte-a-finir"),
    ("(à corriger)", "(à corriger)", "texte-a-finir"),
    ("Le coût : à vérifier", ": à vérifier", "texte-a-finir"),
    ("Il a coûté XXX euros.", "XXX", "texte-a-finir"),
    ("Le XX/XX/2018.", "XX/XX", "texte-a-finir"),
    ("Il y avait xx personnes.", "xx", "texte-a-finir"),
    ("Il a coûté ??? euros.", "??? euros", "texte-a-finir"),
    ("Le coût (??) est bas.", "(??)", "texte-a-finir"),
    ("Nom : ……………… ici", "………………", "texte-a-finir"),
    ("Nom : ________ ici", "________", "texte-a-finir"),
    ("Bonjour [Nom], merci.", "[Nom]", "texte-a-finir"),
    ("Bonjour <nom de la personne>.", "<nom de la personne>", "texte-a-finir"),
    ("Bonjour {prénom}.", "{prénom}", "texte-a-finir"),
    ("Bonjour «NOM».", "«NOM»", "texte-a-finir"),
    ("Bonjour « PRÉNOM ».", "« PRÉNOM »", "texte-a-finir"),
    ("Voir Erreur ! Signet non défini.", "Erreur ! Signet non défini.", "reste-de-logiciel"),
    ("Voir Erreur\u00a0! Source du renvoi introuvable.",
     "Erreur\u00a0! Source du renvoi introuvable.", "reste-de-logiciel"),
    ("Total : #REF! euros", "#REF!", "reste-de-logiciel"),
    ("Total : #N/A", "#N/A", "reste-de-logiciel"),
    ("Total : #DIV/0!", "#DIV/0!", "reste-de-logiciel"),
    ('Voir { HYPERLINK "https://a.fr" } ici', '{ HYPERLINK "https://a.fr" }', "reste-de-logiciel"),
    ("Voir { PAGEREF _Toc1 } et PAGEREF", "{ PAGEREF _Toc1 }", "reste-de-logiciel"),
    ("Cher MERGEFIELD Nom", "MERGEFIELD Nom", "reste-de-logiciel"),
    ("{INCLUDEPICTURE a.png}", "{INCLUDEPICTURE a.png}", "reste-de-logiciel"),
    ("Voir Erreur\u202f! Liaison incorrecte.", "Erreur\u202f! Liaison incorrecte.",
     "reste-de-logiciel"),
    ("Total : #NOMBRE!", "#NOMBRE!", "reste-de-logiciel"),
    ("[Tapez ici]", "[Tapez ici]", "reste-de-logiciel"),
    ("Cliquez ou appuyez ici pour taper le nom.", "Cliquez ou appuyez ici pour taper le nom.",
     "reste-de-logiciel"),
    ("Cliquez ici pour entrer du texte.", "Cliquez ici pour entrer du texte.",
     "reste-de-logiciel"),
    ("Voir C:\\Users\\moi\\plan.pdf", "C:\\Users\\moi\\plan.pdf", "reste-de-logiciel"),
    ("Voir \\\\serveur\\commun\\plan.pdf", "\\\\serveur\\commun\\plan.pdf", "reste-de-logiciel"),
    ("Voir file:///home/moi/plan.pdf", "file:///home/moi/plan.pdf", "reste-de-logiciel"),
    ("Vu :contentReference[oaicite:0]{index=0}.", ":contentReference[oaicite:0]{index=0}",
     "reste-de-logiciel"),
    ("Vu 【4†source】.", "【4†source】", "reste-de-logiciel"),
    ("Vu [cite: 3, 4] et [cite_start]", "[cite: 3, 4]", "reste-de-logiciel"),
    ("Vu citeturn0search1.", "citeturn0search1", "reste-de-logiciel"),
    ("https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.fr",
     "https://eur03.safelinks.protection.outlook.com", "reste-de-logiciel"),
    ("Le banc[2] tient.", "[2]", "reste-de-logiciel"),
    ("Le banc [modifier | modifier le code]", "[modifier | modifier le code]",
     "reste-de-logiciel"),
    ("https://a.fr/b?utm_source=chatgpt.com", "?utm_source=chatgpt.com", "reste-de-logiciel"),
    ("Appelez le 06 12 34 56 78.", "06 12 34 56 78", "coordonnees-personnelles"),
    ("Appelez le +33 6 12 34 56 78.", "+33 6 12 34 56 78", "coordonnees-personnelles"),
    ("Appelez le +33\u00a07 12\u202f34\u202f56\u202f78", "+33\u00a07 12\u202f34\u202f56\u202f78",
     "coordonnees-personnelles"),
    ("Appelez le +33(0)612345678.", "+33(0)612345678", "coordonnees-personnelles"),
    ("Appelez le +33.6.12.34.56.78.", "+33.6.12.34.56.78", "coordonnees-personnelles"),
    ("Appelez le 07.12.34.56.78.", "07.12.34.56.78", "coordonnees-personnelles"),
    ("Écrivez à lea.d@gmail.com.", "lea.d@gmail.com", "coordonnees-personnelles"),
    ("Écrivez à « lea.d@gmail.com ».", "lea.d@gmail.com", "coordonnees-personnelles"),
    ("Je soussigné ...... habite", "......", "texte-a-finir"),
    ("Nom.................. ici", "..................", "texte-a-finir"),
    ("Le coût (à compléter avant lundi).", "(à compléter avant lundi)", "texte-a-finir"),
    ("« TODO", "TODO", "texte-a-finir"),
    ("« TODO »", "TODO", "texte-a-finir"),
    ("Écrivez à villeneuve.paul@free.fr.", "villeneuve.paul@free.fr", "coordonnees-personnelles"),
    # remains of mails, phones, PDFs, spreadsheets and data
    ("Oui. [cid:image001.png@01D4F2A3]", "[cid:image001.png@01D4F2A3]", "reste-de-logiciel"),
    ("Voir [image: plan.png].", "[image: plan.png]", "reste-de-logiciel"),
    ("Oui.\nEnvoyé de mon iPhone", "Envoyé de mon iPhone", "reste-de-logiciel"),
    ("De : Lou\nÀ : Ada\nObjet : le banc\n\nOui.", "De : Lou", "reste-de-logiciel"),
    ("Oui.\nLe 4 juin 2018 à 10:12, Lou a écrit :\n> Et ?", "Le 4 juin 2018 à 10:12, Lou a écrit :",
     "reste-de-logiciel"),
    ("Oui.\nEnvoyé depuis mon mobile", "Envoyé depuis mon mobile", "reste-de-logiciel"),
    ("Oui.\nObtenir Outlook pour iOS", "Obtenir Outlook pour iOS", "reste-de-logiciel"),
    ("------ Message transféré ------", "------ Message transféré ------", "reste-de-logiciel"),
    ("-----Message d'origine-----", "-----Message d'origine-----", "reste-de-logiciel"),
    ("Lou : <Médias omis>", "<Médias omis>", "reste-de-logiciel"),
    ("Un.\n\nPage 3 sur 12\n\nDeux.", "Page 3 sur 12", "reste-de-logiciel"),
    ("Un.\nPage 3/12\nDeux.", "Page 3/12", "reste-de-logiciel"),
    ("Le total : ####.", "Le total : ####", "reste-de-logiciel"),
    ("Le total : =SOMME(A1:A3) euros", "=SOMME(A1:A3)", "reste-de-logiciel"),
    ("Le banc est posé.\\nIl sert.", "\\n", "reste-de-logiciel"),
    ("Un banc\\r\\nneuf", "\\r\\n", "reste-de-logiciel"),
]  # fmt: skip
# the stamp of a deliberation, and what a messenger adds to a conversation
LINES = [
    "Envoyé en préfecture le 15/05/2018",
    "Reçu en sous-préfecture le 15/05/2018",
    "ID : 062-216200000-20180512-DEL2018_12-DE",
    "Accusé de réception en préfecture",
    "Accusé de réception - Ministère de l'Intérieur",
    "Accusé certifié exécutoire",
    "Date de télétransmission : 15/05/2018",
    "Date de réception préfecture : 15/05/2018",
    "Réception par le préfet : 15/05/2018",
    "Vous avez supprimé ce message",
    "12/05/2018, 18:35 - Marie: Ce message a été supprimé",
    "Les messages et les appels sont chiffrés de bout en bout. Personne d’autre ne les lit.",
    "[12/05/2018 18:35] Marie: \u200eimage absente",
]
LEFT += [(line, line, "reste-de-logiciel") for line in LINES]


@pytest.mark.parametrize(("text", "piece", "code"), LEFT)
def test_a_leftover_is_said(text: str, piece: str, code: str) -> None:
    fault = next(iter(faults({"voix": [{"texte": text}]}, "", text.encode(), ())))

    assert (fault.path, fault.code, fault.severity) == (("voix", 0, "texte"), code, "warning")
    assert fault.needle == piece
    assert fault.hint


@pytest.mark.parametrize(
    "text",
    [
        "La charte est à compléter et à mettre à jour. Un formulaire à remplir.",
        "Prochaine réunion : à définir. Date (à confirmer). Il reste à vérifier les vis.",
        "Louis XXX, tome XXX, au XXXe siècle, XXXI, p. xx et suivantes, taille XXL, XXe siècle.",
        "Vraiment ??? Quoi ?? Tu viens ???",
        "Elle dit : « je [...] » puis […] et s’arrête... Le mot [sic] et [1]. Puis... rien…",
        "Todorov, Toto, le todo des Catalans ; « Nom d’un chien » ; il a dit « nom ».",
        "Il a [la date](https://a.fr) et [titre][1], 3 < dates > 2, {a} et {{b}}.",
        "Appelez la mairie au 03 21 69 88 77 ou au 3949 ; 06/07/2018, 0612, 1 06 12 34 56 78 90.",
        "Écrivez à mairie@ville.fr ou contact@asso.org ; @ville, @gmail.",
        "Une erreur ! Il a fait #REFORME et #NOMS, voir C:\u00a0la suite, 12:\\.",
        "Le lien https://a.fr/?utm_source=lettre et la dague †.",
        "Voir [1](https://a.fr), [le banc][1], la liste [1] et [modifier le banc].",
        "La table\n\n___\n\nfin.",
        "Un formulaire (à remplir en mairie), un plan (à revoir en 2020), (à compléter par eux).",
        "La note « TODO » est restée, le code “xxx” aussi ; la mention « (à compléter) » non.",
        "La case « NOM » et « PRÉNOM » sont à remplir, la colonne « ADRESSE » non.",
        "Silence...... puis rien ; elle attend………",
        "Mme XXX et M. XXX n’ont pas voulu être nommés ; chap. XXX, t. XXX, Jean XXX.",
        "Une TODO list et une todo list.",
        "La page 3 sur 12 le dit. Envoyé de mon village, il arrive. Le message transféré, lu.",
        "#### Un titre ####\n\nLe dièse « # », le ### du code ; a=SI(b) et 2 = 2.",
        "Le bois ........ 120 €\nLes vis .......... 12,50 euros\nLe tout ............ 100 %",
        "Le banc ........ 3\nLa table................12\nLa fin .......... 20",
        "Écrivez à mairie.loos@orange.fr, les-amis.asso@gmail.com, ecole.ovide@wanadoo.fr.",
        "La délibération a été envoyée en préfecture le 15/05/2018.",
        "Le préfet a reçu la lettre, et certifié exécutoire l’arrêté.",
        "L’image absente est celle du four.",
        "On nous a dit : le message a été supprimé du panneau.",
        "De : 14 h à 18 h\nLieu : le parc\nObjet : le banc\n\nLe 4 juin 2018, il a écrit :\n> Oui.",
    ],
)
def test_what_a_text_is_about_is_none(text: str) -> None:
    assert not list(faults({"resume": text}, text, text.encode(), ()))


def test_a_page_may_be_a_form_and_notes_say_what_is_to_find() -> None:
    form = "Je m’appelle ………………………… et j’habite [adresse]."
    assert not list(faults({}, form, form.encode(), (), is_page=True))
    notes = "La date (à vérifier)."
    assert not list(faults({"notes": [{"texte": notes}]}, "", notes.encode(), ()))
    again = "TODO " * 9
    assert len(list(faults({}, again, again.encode(), ()))) == MOST


SIGNS = [
    *("\u00ad", "\u2028", "\u200b", "\u200e", "\u202e", "\u2060", "\ufeff", "\u2066"),
    *("\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\ufff9", "\ufffb"),
    *("\ufffc", "\ufffc\ufffc", "\U000e0041"),
]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_nobody_sees_is_said_with_the_word_to_type(sign: str) -> None:
    title = f"Un par{sign}tage"
    (fault,) = texts.faults(hiddensigns.CHECKS, {"titre": title}, "", title.encode(), ())

    assert (fault.path, fault.severity) == (("titre",), "warning")
    assert fault.hint.endswith(": partage")
    assert f"U+{ord(sign[0]):04X}" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "Une famille 👨\u200d👩\u200d👧 et un ❤\ufe0f\u200d🔥",
        "Le 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f, le braille ⠇\u2800⠕",
        "می\u200cخواهم",
        "Le mot שלום\u200f ici",
        "क\u200dष",
        "L’été, ça va.\u00a0Très\u202fbien\u00a0!",
    ],
)
def test_signs_that_work_are_not(text: str) -> None:
    assert not list(hiddensigns.misreadings(text))


def test_a_blank_of_braille_is_typed_as_a_blank() -> None:
    (misreading,) = hiddensigns.misreadings("Un\u2800partage")
    assert "U+2800" in misreading.message
    assert misreading.hint.endswith(": Un partage")


def test_a_sign_alone_is_told_by_its_neighbours() -> None:
    (misreading,) = hiddensigns.misreadings("Un \u200b partage")
    assert misreading.hint.startswith("Effacez la fin du mot d’avant, l’espace et le début")


@pytest.mark.parametrize(
    ("word", "plain"),
    [("ﬁn", "fin"), ("eﬀet", "effet"), ("Ｂｏｎ", "Bon"), ("𝗕𝗼𝗻", "Bon"), ("Вanc", "")],
)
def test_a_letter_that_looks_like_another_is_said(word: str, plain: str) -> None:
    text = f"Un mot {word} ici"
    (misreading,) = hiddensigns.look_alikes(text)

    assert misreading.typed == word
    end = f": {plain}" if plain else "tapez-le de nouveau."
    assert misreading.hint.endswith(end)
    assert hiddensigns.may_look_alike(text.encode())


def test_other_alphabets_are_no_imitation() -> None:
    text = "Œuvre, Москва, kΩ, μm, m², n°, ½, … « № 3 », 東京, naïf, ½ ℓ"
    assert not list(hiddensigns.look_alikes(text))


def test_the_finding_names_the_place(tmp_path: Path) -> None:
    text = "type: lieu\ntitre: I\u200bci\nresume: Le café (à compléter), le café (à compléter).\n"
    findings = reading(tmp_path, {"narratives/lieu/a.yaml": text}).findings

    assert [
        (finding.code, finding.line, finding.column)
        for finding in findings
        if finding.severity == "warning"
    ] == [
        ("caractere-invisible", 2, 8),
        ("texte-a-finir", 3, 17),
        ("texte-a-finir", 3, 40),
    ]


def test_a_warning_hides_no_error_of_the_same_value(tmp_path: Path) -> None:
    text = (
        "type: lieu\ntitre: TODO | ici\nresume: Le cafÃ© (à compléter), le ca\u200bfé <b>ici</b>.\n"
    )
    twin = "type: lieu\ntitre: TODO le banc\n"
    findings = reading(
        tmp_path,
        {
            "narratives/lieu/a.yaml": text,
            "narratives/lieu/b.yaml": twin,
            "narratives/lieu/c.yaml": twin
            + "documents: [{fichier: 'C:\\Photos\\a.jpg', alt: x}]\n",
        },
    ).findings

    codes = {(finding.path[-6:], finding.code) for finding in findings}
    assert {("a.yaml", "titre-interdit"), ("c.yaml", "fichier-absent")} <= codes
    assert any(finding.code == "titre-en-double" for finding in findings)
    assert {("a.yaml", code) for code in ("lettre-abimee", "texte-a-finir", "caractere-invisible",
                                          "texte-html")} <= codes  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "titre: Le four\nannee: 2006-07-06\nliens: [lieu/place, recit/soir]\n"
        "visites: [{date: 2018}]\n# une note\n",
        "texte: |\n  ## L’été\n  « Erreur », dit-elle ; 06 jours, 2 007 pains à 0,76 €.\n",
    ],
)
def test_a_file_of_usual_signs_is_not_looked_through(text: str) -> None:
    lower = text.encode().lower()

    assert not [kind for kind in _KINDS if kind.may_be_in(lower)]
    assert not hiddensigns.may_look_alike(text.encode())


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("l`école", "l’école"),
        ("L´école", "L’école"),
        ("d‘été", "d’été"),
        ("aujourd′hui", "aujourd’hui"),
        ("qu`elle", "qu’elle"),
    ],
)
def test_another_sign_for_an_apostrophe_is_said(typed: str, right: str, tmp_path: Path) -> None:
    record = f"type: projet\ntitre: Un banc\nresultats: [Ils ont dit {typed} samedi.]\n"
    path = "narratives/projet/banc.yaml"
    [finding] = reading(tmp_path, {path: record}).findings
    assert (finding.code, finding.hint) == ("lettre-imitee", f"Tapez à la place : {right}")
    assert (finding.line, finding.column) == (3, 25)
    assert reading(tmp_path, {path: record.replace(typed, right)}).findings == ()


def test_code_and_foreign_quotes_have_no_apostrophe() -> None:
    text = "Le signe `d`, `l`, ou `c`est ; il dit ‘école’, 5′30 et a`b."
    assert not list(hiddensigns.apostrophes(text))
