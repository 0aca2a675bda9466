"""Hints for an unknown key or word: where in the schemas, or under which name, it exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.check.samples import MAIN, explained
from loosbot.corpus.model import RECORD_TYPES, KeyPath
from loosbot.corpus.schema import Shape, Word
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import by_fold, either, folded

_MOST = 3
_OTHER_NAMES = {
    "titre": "nom name intitule heading libelle prenom denomination raison-sociale evenement",
    "resume": "description presentation chapeau introduction summary abstract",
    "plume": "auteur auteure autrice redacteur redactrice author writer recueilli-par enqueteur",
    "initiative": "auteur porteur porteur-de-projet porteur-du-projet initiateur pilote",
    "demandeurs": "auteur qui par de-qui",
    "sujet": "ordre-du-jour objet objectif but agenda subject",
    "themes": "tag mot-cle categorie sujet keyword topic",
    "lieu": "adresse quartier rue endroit place location salle commune ville localisation siege",
    "dans": "quartier commune ville secteur revue journal recueil collection",
    "documents": "photo image illustration piece-jointe fichier pdf picture attachment file",
    "document": "fichier pdf piece-jointe photo",
    "animation": "animateur animatrice president presidente president-de-seance",
    "service": "organisateur organisatrice direction organise-par",
    "parties": "signataire partenaire contractant",
    "parties_prenantes": "partenaire acteur association partner stakeholder invite intervenant "
    "financeur public public-vise beneficiaire usager habitant",
    "referents": "contact responsable chef-de-projet pilote",
    "responsable": "referent referente referents contact pilote",
    "notes": "commentaire remarque observation comment",
    "du": "debut date-debut date-de-debut depuis a-partir-de",
    "au": "fin date-fin date-de-fin jusqu-a jusque",
    "de": "debut minute minutage",
    "a": "fin",
    "annee": "date debut fin an year date-debut date-de-debut date-fin date-de-fin periode",
    "consentement": "consent autorisation signature accord-signe accord-ecrit droit-a-l-image",
    "signature": "date-signature date-de-signature signee-le",
    "qui": "nom auteur personne prenom name who speaker decideur evaluateur",
    "voix": "temoignage temoin parole speaker quote citation personne interviewe",
    "occasion": "evenement soiree",
    "role": "fonction metier qualite",
    "legende": "titre texte description caption date source lien",
    "fichier": "photo image nom url file",
    "alt": "description texte",
    "licence": "credit copyright droits auteur photographe photo-de",
    "constat": "etat texte observation",
    "constats": "resultat bilan conclusion point-fort point-faible satisfaction note",
    "methode": "questionnaire critere enquete comment",
    "issue": "etat statut resultat fait tenu tenue realise suite",
    "suite": "reponse decision suivi resultat fait realise etat mise-en-oeuvre apres issue",
    "date_suite": "date-de-suivi date-suivi date-realisation date-de-realisation",
    "statut": "status etat-d-avancement avancement",
    "echeance": "date delai pour quand deadline date-limite pour-quand",
    "date": "quand jour day when annee an year periode parution publication date-fin date-de-fin",
    "motif": "raison cause pourquoi explication reason",
    "besoin": "objectif but probleme attente objet motif raison pourquoi",
    "objet": "titre",
    "caducite": "resiliation",
    "assurance": "responsabilite",
    "fonction": "titre poste mandat",
    "competence": "service",
    "risques": "contrainte danger",
    "chiffres": "indicateur chiffre-cle statistique",
    "canal": "moyen mode voie comment",
    "etat": "entretien degradation state",
    "recurrence": "frequence periodicite",
    "arret": "abandon echec raison raison-de-l-arret cause",
    "decisions": "conclusion resolution releve-de-decision",
    "resultats": "bilan result outcome conclusion reussite effet",
    "enseignements": "lecon apprentissage lesson learning conclusion morale conseil a-retenir",
    "effets": "benefice impact",
    "limites": "difficulte obstacle probleme frein echec point-faible faiblesse",
    "frottements": "limite difficulte obstacle tension desaccord",
    "leviers": "facteur-de-reussite facteur-de-succes point-fort atout",
    "valeur": "montant nombre cout prix quantite amount chiffre",
    "quoi": "texte engagement description what titre libelle poste categorie designation action "
    "montant valeur cout quantite nombre heure duree",
    "unite": "devise monnaie",
    "couts": "budget financement montant prix depense cost subvention",
    "apports": "apport-ville apport-de-la-ville apport-habitant apport-de-habitant contribution "
    "materiel",
    "presents": "participant nombre-de-participant nombre-participant attendee affluence",
    "participants": "nombre-de-participant nombre-participant present benevole affluence",
    "compte_rendu": "cr pv proces-verbal minutes",
    "deroule": "calendrier chronologie historique planning evenement etape phase",
    "reperes": "chronologie historique evenement date-cle creation date-creation "
    "date-de-creation construction",
    "texte": "contenu recit temoignage parole citation content quote description evenement "
    "histoire contexte corps biographie bio definition titre objet quoi",
    "engagements": "mission promesse obligation devoir",
    "phrase": "texte description resume",
    "auteurs": "realisateur realisatrice",
    "editeur": "edition maison-d-edition publie-par",
    "passage": "page numero tome volume chapitre",
    "acces": "cote archive conserve-a lieu lieu-de-conservation",
    "comptage": "methode calcul mode-de-calcul",
    "latitude": "lat y nord",
    "longitude": "lon lng long x est",
    "coordonnees": "gps coord geolocalisation position",
    "organisation": "organisme structure employeur service",
    "mandats": "mandat elu poste",
    "variantes": "sigle surnom pseudonyme autre-nom alias acronyme",
    "genre": "type-de-lieu type-lieu type-de-reunion type-reunion type-de-source type-de-document "
    "type-document",
    "video": "film enregistrement audio",
    "site": "url site-web site-internet lien page-web",
    "url": "lien site site-web adresse-web link",
    "liens": "url site site-web",
}
"""What people call a key who have not seen its name, or know it in English."""
_DEEP = ("couts", "apports", "besoin", "participants", "parties")
"""Keys of a group that people write at the top, under another name too."""


_OF_THE_WHOLE = frozenset(("duree",))
"""What people say of a whole record, and a group of it has a key for: how long a project took is no
fact of its agreement."""


@cache
def _keys_called() -> Mapping[str, frozenset[str]]:
    """Those names folded: most runs meet no unknown key."""
    return {
        key: frozenset(folded(name) for name in names.split())
        for key, names in _OTHER_NAMES.items()
    }


_SENTENCES: tuple[tuple[KeyPath, str, str], ...] = (
    (
        ("date_suite",),
        "echeance delai date-limite pour-quand quand responsable qui-fait charge-de",
        "Qui s’en charge, et pour quand : dites-le dans « engagements » de la fiche, "
        "{qui: …, quoi: …, echeance: …}. Ici, « suite » dit ce qu’elle est devenue, et "
        "« date_suite », quand.",
    ),
    (
        ("suite", "quoi"),
        "responsable qui qui-fait action auteur delai date-limite pour-quand date-suite suivi fait",
        "Ce que l’on en a fait se dit dans « suite » : suite: {quoi: …, qui: …, echeance: …}",
    ),
    (
        (),
        "telephone tel portable mobile email e-mail mail courriel",
        "Une fiche se publie : elle ne garde ni numéro de téléphone ni adresse de courriel. Dites "
        "plutôt le service à qui s’adresser.",
    ),
    (
        ("presents",),
        "budget cout depense financement montant",
        "Un montant se dit dans « chiffres » : chiffres: [{quoi: …, valeur: …, unite: €}]",
    ),
    (("nature",), "lieu duree age heure public", ""),  # the text of a voice is what it said
    (
        ("texte",),
        "heure horaire duree lieu auteur participant qui public surface superficie proprietaire "
        "gestionnaire usage rapporteur secretaire excuse absent frequence acces cout contexte "
        "objectif moyen-humain membre effectif tendance evolution emotion anecdote date-fin "
        "redacteur redactrice valeur-precedente ancienne-valeur lieu-precis",
        "Aucune clé ne le dit ici : dites-le dans « texte ».",
    ),
)
"""What has no key of its own: the key that tells the group, the names, where to say it."""


@cache
def _sentences() -> tuple[tuple[KeyPath, frozenset[str], str], ...]:
    return tuple(
        (path, frozenset(folded(name) for name in names.split()), sentence)
        for path, names, sentence in _SENTENCES
    )


_OTHER_WORDS = {
    "abouti": "termine fini acheve realise clos close cloture fait livre reussi abouti inaugure",
    "abandonne": "annule arrete stoppe interrompu echec echoue rate",
    "annonce": "prevu planifie programme a-venir futur en-projet a-faire",
    "suspendu": "en-pause pause gele en-attente reporte",
    "demande": "depose recu",
    "sans-suite": "refuse rejete",
    "en-cours": "commence lance demarre encours actif en-construction a-faire en-attente "
    "pas-encore reporte",
    "en-retard": "non-tenu pas-tenu non-fait pas-fait non",
    "tenu": "fait realise respecte honore livre oui ok",
    "courrier": "mail e-mail email mel",
    "reseaux-sociaux": "facebook instagram whatsapp internet",
    "rendez-vous": "rdv",
    "interpellation": "oral vive-voix rue marche",
    "agent": "telephone appel guichet accueil technicien technicienne directeur directrice dgs "
    "employe-communal employe-municipal secretaire-de-mairie policier-municipal fonctionnaire",
    "elu": "maire adjoint conseiller-municipal conseillere-municipale conseiller conseillere "
    "depute",
    "habitant": "citoyen citoyenne riverain voisin usager benevole retraite parent jeune eleve",
    "operateur-economique": "commercant agriculteur agricultrice artisan",
    "partenaire": "chercheuse",
    "recherche": "chercheur chercheuse laboratoire",
    "travail": "main-d bras chantier benevolat",
    "gestion": "pilotage decision",
    "bon": "propre entretenu correct",
    "erode": "abime casse degrade mauvais use",
    "coproduction": "co-construction coconstruction codecision partenariat",
    "verbatim": "citation mot-a-mot citation-exacte",
    "atteste": "sur certain verifie confirme officiel vrai prouve",
    "institution": "ecole college lycee mairie ville commune region departement",
    "association": "asso",
    "personne": "elu habitant individu homme femme",
    "groupe": "collectif bande",
    "equipement": "terrain ecole college mairie eglise salle-des-fete salle stade gare cimetiere "
    "mediatheque",
    "espace-naturel": "parc etang",
    "commune": "ville",
    "film": "documentaire",
    "site": "internet",
    "reunion-publique": "conseil-de-quartier reunion-de-quartier reunion-d-information assemblee",
    "atelier": "reunion-de-travail groupe-de-travail comite-de-pilotage",
    "leger": "petit",
    "lourd": "grand",
    "mobilite-voirie": "transport circulation",
    "biodiversite": "ecologie nature",
}
"""Words of vocabularies -> what people call them, in the masculine."""
_WORDS_CALLED: dict[str, list[str]] = {}
for _word, _names in _OTHER_WORDS.items():
    for _name in _names.split():
        _WORDS_CALLED.setdefault(folded(_name), []).append(_word)


def another_word(value: str, words: Iterable[Word], *, whole: bool = False) -> Word | None:
    """The word of this vocabulary that people call otherwise, in any gender, be it with something
    behind it unless ``whole``: ``terminée en 2018`` is ``abouti``. None where nothing like it is
    known."""
    known = {word.value: word for word in words}
    typed = [folded(part) for part in re.findall(r"\w+", value)]
    for length in (len(typed),) if whole else (2, 1):
        name = "-".join(typed[:length])
        meant = _WORDS_CALLED.get(name) or _WORDS_CALLED.get(name.removesuffix("e"), [])
        if word := next((word for word in meant if word in known), ""):
            return known[word]
    return None


def type_called(name: str) -> str:
    """The type of the records that people call so: ``personne`` is ``acteur``; "" for none."""
    wanted = folded(name)
    return next((row.name for row in TYPES.values() if wanted in row.called), "")


def of_its_list(key: str, shape: Shape, path: KeyPath) -> str:
    """The key that an item at ``path`` is about, where ``key`` is called as its list is:
    ``decision`` in ``decisions`` is ``texte``; "" for any other key."""
    if len(path) < 2 or isinstance(path[-1], str) or folded(key) != folded(str(path[-2])):
        return ""
    return next((name for name in MAIN if name in shape.required), "")


def called(key: str, shape: Shape) -> str:
    """The key of this group that ``key`` is another name of: ``lecons`` is ``enseignements``; ""
    for none."""
    wanted = folded(key)
    return next(
        (
            name
            for name, others in _keys_called().items()
            if wanted in others and name in shape.properties
        ),
        "",
    )


def of_another_name(key: str, shape: Shape, path: KeyPath = ()) -> str:
    """The fault of a key with another name here: « photo » is « documents »."""
    if name := of_its_list(key, shape, path) or called(key, shape):
        return f"Cela se dit « {name} » ici : {explained(shape.properties[name])}"
    wanted = folded(key)
    return next((of_a_group(name, shape) for name in _DEEP if wanted in _keys_called()[name]), "")


def of_no_key(key: str, shape: Shape) -> str:
    """Where that is said which no key says: the hour of a meeting, in its text; "" where none
    of ours knows."""
    wanted = folded(key)
    return next(
        (
            sentence
            for path, names, sentence in _sentences()
            if wanted in names and (not path or shape.at(path).description)
        ),
        "",
    )


def of_a_group(key: str, shape: Shape) -> str:
    """The fault of a key that belongs in a group: « couts » goes in « realisation »."""
    wanted = folded(key)
    if wanted in _OF_THE_WHOLE:
        return ""
    groups_of = [
        (name, inside[wanted], in_a_list)
        for name, child in shape.properties.items()
        for inside, in_a_list in _keys_inside(child)
        if wanted in inside
    ]
    if not groups_of:
        return ""
    name, meant, in_a_list = groups_of[0]
    example = f"[{{{meant}: …}}]" if in_a_list else f"{{{meant}: …}}"
    if len(groups_of) > 1:
        groups = either(f"« {group} »" for group, _, _ in groups_of[:_MOST])
        return f"« {meant} » se met dans un groupe : {groups}. Exemple : {name}: {example}"
    return f"« {meant} » se met dans « {name} » : {name}: {example}"


def _keys_inside(shape: Shape) -> Iterator[tuple[dict[str, str], bool]]:
    """The keys of a group, or of the items of a list, by folded name; not those of one fact."""
    for group, in_a_list in ((shape, False), (shape.items, True)):
        if group is not None and "valeur" not in group.properties:
            yield by_fold([*group.properties]), in_a_list


def of_another_type(key: str, type_name: str) -> str:
    """The fault of a key of another record type: « taille » is one of the fifty-fifties."""
    if type_name not in RECORD_TYPES:
        return ""
    holding = [
        other
        for other in RECORD_TYPES
        if other != type_name and folded(key) in by_fold([*schema.shape(other).properties])
    ]
    if not holding and folded(key) in by_fold([*schema.shape("configuration").properties]):
        return "Retirez-la : loosbot.yaml le dit pour toutes les fiches."
    return f"« {key} » est une clé des fiches {either(holding)}." if holding else ""


def by_definition(value: str, words: Iterable[Word]) -> str | None:
    """The value of the one word whose definition names what was typed: ``école`` ->
    ``education-enfance``. None where none does, or several."""
    wanted = set(folded(value).split("-"))
    if not wanted or min(map(len, wanted)) < _MOST:
        return None
    naming = [
        word.value
        for word in words
        if wanted <= {folded(term) for term in re.findall(r"\w+", word.description)}
    ]
    return naming[0] if len(naming) == 1 else None


def of_an_address(key: str, value: Any, shape: Shape) -> str:
    """The key for a web address that stands under ``lien`` or ``liens``, where records are meant;
    "" for anything else."""
    if folded(key) != "lien" or not str(value).startswith(("http://", "https://", "www.")):
        return ""
    return next((name for name in ("url", "site") if name in shape.properties), "")
