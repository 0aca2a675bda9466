"""Good French, with the typography, numbers, abbreviations and quotations that people use, is not
told: a false alarm costs more than a slip that passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpora import reading

GOOD = """\
Le 1er mai, M. le Maire et Mme l’adjointe ont inauguré le banc (n° 3) rue Hoche.
« Ça alors ! s’exclama-t-elle, on l’a fait… » Puis elle rit : « Et en plus, il tient. »
Il est 18 h 30 ; la réunion commence à 19 h et finit, au plus tard, à 21 h.
De 18h30 à 20h00, accueil ; ensuite : film, débat, buffet.
Le prix : 1 250,50 € TTC, soit 1 042,08 € HT (TVA à 20 %).
Quelque 3 000 à 3 500 habitants, dont 48 % de femmes, ont répondu.
La température est passée de -5 °C à +12 °C en deux jours.
On a compté + 30 personnes, - 4 chaises.
Le rapport est de 1/3 pour la ville, 2/3 pour les habitants.
Les rendez-vous ont lieu les 3, 4 et 5 juin 2018, de 9 h à 12 h et de 14 h à 17 h.
Cf. p. 12, § 4.2, art. 3, al. 2 du code ; v. aussi n. 35.
Loos-en-Gohelle (62750), dans le Pas-de-Calais, compte 6 500 habitants.
Le C.C.A.S., la S.N.C.F. et l’E.N.A. — ou plutôt l’INSP — étaient là.
L’association « Les Amis du four » (loi 1901) a été créée en 1989-1990.
M. D. a dit oui ; Mme L. a dit non ; les autres, rien.
Vive l’été ! Vive la fête !! Et vive le banc !!!
Qui ? Quoi ? Où ? Quand ? Comment ? Pourquoi ?
Quoi ?! Pas possible… Si, si.
Le maire (élu en 2001, réélu en 2008, 2014 et 2020) a signé.
L’œuvre d’art, « Cœur de Loos », pèse 2,5 t et mesure 3 m × 2 m × 1,80 m.
Le chantier, c’est 12 h de travail/jour pendant 3 sem.
CO₂, H₂O, m², m³, 1ᵉʳ, XIXᵉ siècle : tout y est.
Au XIXe siècle, sous Louis XIV, puis sous Napoléon III…
Les années 1980 ; les années 80 ; les années quatre-vingt.
En 14-18 comme en 39-45, la commune fut détruite.
Le terril 11/19 est classé à l’UNESCO depuis le 30 juin 2012.
Le PLU(i), la ZAC, le SCoT et l’OPAH-RU sont en ligne.
Les habitant·e·s, les élu·es et les agent.e.s ont voté.
Les citoyen(ne)s et les conseiller/ère/s municipaux/ales étaient présents.
Ils/elles ont dit et/ou écrit leur avis.
C’est-à-dire qu’il y a, peut-être, quelqu’un d’autre ; qui sait ?
Aujourd’hui, quelqu’un d’entre eux vit presqu’île de Giens.
Le p’tit banc d’la rue, i’ tient bin, hein !
Ch’est nous, chés gins du Nord, qu’in l’a fait.
Elle dit : « Je n’ai jamais vu ça. » « Moi non plus », répondit-il.
“Oui”, dit-elle en anglais : “Yes!”
Un ‘petit’ banc, et l’‘autre’.
L'apostrophe droite d'un clavier n'est pas une faute.
Le logo @Loos, le mot-dièse #LoosEnGohelle et le site loos-en-gohelle.fr.
Écrivez à mairie@loos-en-gohelle.fr ou appelez le 03 21 69 88 77.
Voir https://www.loos-en-gohelle.fr/a_b/c-d?x=1&y=2#z pour la suite.
Le fichier s’appelle « plan_v2_final.pdf ».
R&D, H&M, Marks & Spencer, AT&T, Dupont & Fils.
Il a dit 3 < 4 et 5 > 2, donc x ≤ y.
On note a, b, c… puis (a), (b), (c).
1) Le bois ; 2) les vis ; 3) la colle.
Trois points : 1° le bois, 2° les vis, 3° la colle.
Primo, le bois ; secundo, les vis ; tertio, la colle.
Le point a) a été voté, le point b) non.
A. Le bois. B. Les vis.
Le lot n°1, le lot n° 2 et les lots nos 3 à 5.
Le 06/12/2019, de 18:30 à 22:00.
Le vendredi 6 décembre 2019 à 18 heures précises.
Environ 20 %, soit ~ 1 sur 5.
À peu près 20-25 personnes, voire 30.
Rien à déclarer… ou presque.
[…] puis il reprit : « […] et voilà. »
Il a écrit « jardain [sic] ».
Le four [celui du parc] fume.
« Le four [du parc] fume », dit-elle [elle rit].
Voix off : « Bienvenue. »
Objet : demande de banc.
N.B. : le banc est en bois.
PS : merci encore !
P.-S. — Merci.
Nota bene : à relire, toujours.
Total : 3 × 120 € = 360 €.
Au total, 3x120 = 360 euros.
Le score : 3-2 (1-1 à la mi-temps).
La formule : E = mc².
Le taux était de 0,5 ‰.
Le demi-tarif (½ place) coûte 2,50 €.
Le kWh coûte 0,18 €/kWh ; 1 MW = 1 000 kW.
L’éolienne fait 2 MW, 80 m de haut, 90 m de ⌀.
La salle fait 12 m sur 8, soit 96 m2.
Le jardin : 5 a 30 ca ; le champ : 2 ha.
Le vélo va à 25 km/h ; le piéton à 5 km/h.
Il y a 5 km jusqu’à Lens, 200 km jusqu’à Paris.
Latitude 50,45° N, longitude 2,79° E.
Il mesure 5’10’’ et court pendant 1 h 05’ 30’’.
La note de 15/20 est bonne.
Le (la) responsable, le ou la suppléant(e).
Un(e) habitant(e), des habitant-e-s.
Elle est née le 29 février 1952, lui le 1er avril.
L’an I de la République ; le 14 juillet ; le 11-Novembre.
La rue du 8-Mai-1945 et la place du 19-Mars-1962.
Saint-Pierre, St-Pierre, Ste Barbe et N.-D. de Lorette.
Mgr X, le Dr Y, Me Z et le Pr W.
Le docteur X. a soigné Mme XXX.
Le vin de 1er cru, la 2e année, la 3ème fois, la IIe Guerre.
Les 1ers résultats, la 1re pierre, le 2nd tour.
Bd Jean-Jaurès, av. du Gal-de-Gaulle, pl. de la Rép.
Tél. : 03 21 00 00 00 — fax : idem.
etc., etc. ; et cætera ; etc…
Qu’est-ce que c’est que ça ? Un banc, pardi !
Va-t’en ! Allons-nous-en. Donne-m’en. Vas-y.
Parle-t-il ? A-t-elle fini ? Y a-t-il un banc ?
Le sous-sol, l’arc-en-ciel, les pique-niques, un va-et-vient.
Un banc bleu-vert, des pull-overs, un week-end.
Naïf, aiguë, ambiguïté, Noël, maïs, Moïse.
Ça, c’est sûr ; où ça ? là-haut.
ÉCOLE, ÇA, ŒUVRE, ÀÉÈÊ en capitales.
LE BANC EST POSÉ. BRAVO À TOUS !
Le mot allemand « Straße », le nom de Dvořák et celui de Łódź.
Władysław, né à Gdańsk ; Żeromski ; Šárka ; Škoda.
São Paulo, Århus, Malmö, Curaçao, Hồ Chí Minh.
Le mot russe « мир » veut dire paix ; en grec, « ειρήνη ».
L’arabe « سلام » et l’hébreu « שלום » disent la même chose.
« Dzień dobry », disait-on au coron.
Le clocher sonne : ding ! dong !
Bzzz, fait l’abeille ; cocorico, fait le coq ; pssst !
Hum… Euh… Ben… Bah !
Ah ! si j’avais su… Oh ! là là !
Ha ha ha ! Hi hi !
😀 Bravo à tous 🎉 !
Merci ❤️ :-) ;-) :) ^^
Le score est de 10 ; le nôtre, de 9 ; le leur : 8.
« Un banc ; deux bancs ; trois bancs » : c’est une chanson.
La chanson dit : « Au nord, c’était les corons / La terre, c’était le charbon ».
Il dit, en riant : — Tu viens ? — Oui.
— Tu viens ?
– Non, pas ce soir.
Le prix — tout compris — est de 300 €.
Le prix – tout compris – est de 300 €.
Le prix - tout compris - est de 300 €.
Le trait d’union-ci, le tiret–là.
Le nom_du_fichier et a_b_c restent.
5 * 3 = 15, et 2 * 2 = 4.
Tarif* : 3 € (* hors boissons).
Le mot-clef « etat » s’écrit sans accent.
Le signe « / » et le signe « \\ ».
Le signe « * », le signe « _ », le signe « # ».
Le dièse (#), l’arobase (@), l’esperluette (&), le pour-cent (%).
Fa#, do♯, si♭ : la chorale est là.
Le tarif va de 0 à 5 €, selon le Q.F. (quotient familial).
0 € pour les moins de 12 ans ; 2 € au-delà.
Il en reste 0 ; il n’en reste aucun.
50 personnes/50 € : l’écart est nul.
Un budget de 12 k€, puis de 1,2 M€.
Une subvention de 50.000 francs (7 622,45 €).
Le 3.6.2018, le 3-6-2018.
Depuis 2015, chaque année, en juin.
Avant 1990 ? Après 1995 ? Nul ne le sait.
Vers 1989, on ne sait plus au juste.
Inconnu à ce jour, le chiffre sera publié.
Sans objet : la demande a été retirée.
À compléter le moment venu, la liste est affichée en mairie.
À revoir ce film, on comprend mieux.
Il reste à vérifier que le banc tient.
À remplir d’eau avant l’hiver.
Le ??? du titre est voulu par l’auteur du livre.
Prix : de 3 à 5 €, ???
Le film « XXX » ; le tome XXX ; Louis XXX.
La page 3 sur 12 du dossier le dit.
Page 3 du bulletin, on lit l’annonce.
De : la rue Hoche ; à : la place.
Envoyé spécial de La Voix du Nord, il était là.
Le message transféré par la mairie est arrivé.
Envoyé de mon village, le courrier a mis 3 jours.
Ce message a été supprimé du tableau de la mairie.
Marie : c’est le prénom de la doyenne.
Résultat : trois bancs. Coût : rien. Bilan : bon.
Bilan : bon.
Question : qui paie ? Réponse : tous.
Premièrement : écouter. Deuxièmement : faire.
Ce jour-là, donc, on a : des élus, des agents, des voisins.
Le mot « inconnu » n’est pas « sans-objet ».
Le nom « N. C. » est celui d’une personne.
Néant. Rien. Aucun. Pas de réponse.
NC : non communiqué ; ND : non daté.
Ni oui ni non ; ni l’un ni l’autre.
Voilà voilà. Nous nous en allâmes. Il faut que que… non.
« Que dire ? Que faire ? », se demandait-on.
Le texte dit (je cite) : « Tout va bien. »
Le texte disait : "Tout va bien".
L’article "Banc" du dictionnaire ; le titre 'Banc'.
Un banc,une table,une chaise.
Un banc .Une table .
Un  banc   neuf.
Un banc (neuf) , une table .
Le four;le pain;le bois.
Le four!Le pain!
Quoi?Rien.
Le site Internet,le mél,la lettre.
Le code A1, B2, C3 et le bus 12.
L’A21, la D943, la N17, la LGV Nord.
Le RER B, la ligne 3bis, l’école J.-Jaurès.
T’as vu ? J’te dis qu’y a pas. Y’a rien.
C’te fois-ci, m’sieur, m’dame.
Le « faire avec », le « vivre-ensemble », le « co-faire ».
L’éco-quartier, l’écoquartier, la co-construction.
Le taux a augmenté de 3 points (+ 12 %), puis baissé (– 4 %).
Le niveau (1re, 2e ou 3e année) compte peu.
Le mur de 3 m : fini. La porte : non.
La réponse est 42.
42.
Oui.
Ô banc, ô rue, ô voisins !
"""


@pytest.mark.slow
def test_good_french_is_not_told_in_a_text_nor_in_a_sentence(tmp_path: Path) -> None:
    files = {}
    for number, sentence in enumerate(GOOD.splitlines()):
        quoted = json.dumps(sentence, ensure_ascii=False)
        files[f"narratives/projet/p{number}.yaml"] = (
            f"type: projet\ntitre: Projet {number}\nresultats: [{quoted}]\n"
            f"demande: {{besoin: {quoted}}}\nenseignements: [{{texte: {quoted}}}]\n"
            f"texte: |\n  {sentence}\n"
        )
    found = [(finding.code, finding.message) for finding in reading(tmp_path, files).findings]
    assert found == []
