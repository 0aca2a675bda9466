"""First names that many people in France bear, folded: what stands before a surname in a text.

No list is whole, and none needs to be: « Marie Dupont » is seen in a corpus that declares no Marie.
First names that are also the name of a place, of a thing or of an institution are left out
(« France Télévisions », « Paris », « Florence »).
"""

from __future__ import annotations

FIRST_NAMES = frozenset(
    """
    abdel abdelkader abdellah abderrahmane adam adele adeline adrien adrienne agathe agnes ahmed
    aicha aime aimee alain alban albert alberte alex alexandra alexandre alexia alexis alfred ali
    alice alicia aline alix alphonse alya amandine amaury ambre amelia amelie amina amine amira
    anais anastasia andre andrea andree angela angele angelina angelique anissa anita anna
    annabelle anne annick annie anouk anthony antoine antoinette antonio apolline ariane arlette
    armand armelle arnaud arthur astrid aubin aude audrey auguste augustin augustine aurelia
    aurelie aurelien axel axelle aya ayoub baptiste barbara bastien beatrice benedicte benjamin
    benoit berenice bernadette bernard berthe bertrand bilal blandine boris brahim brice brigitte
    bruno camille capucine carine carla carlos carole caroline cassandra catherine cecile cedric
    celeste celestin celia celine chantal charlene charles charlie charline charlotte chloe
    christelle christian christiane christine christophe cindy claire clara clarisse claude
    claudette claudie claudine clemence clement clementine clotilde colette colin coline
    constantin coralie corentin corinne cyprien cyril cyrille damien daniel daniele danielle danny
    david deborah delphine denis denise desire diane didier dimitri djamel dominique dorian
    dorothee dylan edith edmond edouard eleonore eliane elias elie eliot elisa elisabeth elise
    ella elodie eloise elsa emeline emile emilie emilien emma emmanuel emmanuelle enzo eric erika
    ernest esteban estelle esther ethan etienne eugene eugenie eva evan eve eveline evelyne ewen
    fabien fabienne fabrice fanny farid fatiha fatima fatma felicie felix fernand fernande firmin
    flavie flavien flora florent florian floriane francis francisco franck francois francoise
    frank fred frederic frederique gabin gabriel gabriela gabrielle gael gaelle gaetan garance
    gaspard gaston gauthier genevieve geoffrey georges georgette gerald geraldine gerard germain
    germaine ghislain ghislaine gilbert gilberte gilles gisele giulia gregoire gregory guillaume
    guillemette gustave guy gwenaelle hadrien hakim halima hamid hamza hassan helene heloise henri
    henriette herve hicham hippolyte honorine hubert hugo hugues huguette ibrahim ilyes imane ines
    ingrid irene isaac isabelle ismael jack jackie jacky jacqueline jacques jamal james jean
    jeanine jeanne jeannine jennifer jeremie jeremy jerome jessica jessy joachim joan joanna joel
    joelle johan johanna johnny jonathan jordan joris jose joseph josephine josette josiane josue
    joyce juan judith jules julia julian juliana julie julien julienne juliette justin justine
    kader karim karima karine karl katia kelly kenza kevin khadija khaled kilian kim laetitia
    laila lakhdar lambert lana lara laura laure laurence laurent laurie laurine lea leane leila
    lena leo leon leonard leonie leopold lilian liliane lina linda lionel lisa lise lison loan
    loane lohan loic lois lola lorenzo loris lou louane louis louisa louise luc luca lucas lucette
    lucie lucien lucienne lucile lucille ludivine ludovic luis lydia lydie lyes mae maelle maelys
    maeva magali maite malek malik malika malo manon manuel manuela marc marceau marcel marcelle
    marcellin margaux margot marguerite maria mariam marianne marie marielle marina mario marion
    marius marjorie marlene marthe martial martin martine maryline maryse maryvonne mateo mathias
    mathieu mathilde mathis mathurin matteo matthieu maud maurice maurine max maxence maxime
    maximilien maya mehdi melanie melina melissa melvin mercedes meryem michel michele micheline
    michelle mickael miguel mila mireille miriam mohamed mohammed moise mona monique morgan
    morgane mouna mourad moussa mustapha myriam nabil nadege nadia nadine nael naima nassim
    natacha nathalie nathan nathanael nawel nicolas nicole nina nino noa noah noe noel noelie
    noelle noemie nolan nora norbert nour oceane octave odette odile olivia olivier omar ophelie
    oriane oscar owen pablo pascal pascale pascaline patrice patricia patrick paul paula paule
    paulette paulin pauline pedro perrine philippe philomene pierre pierrette pierrick quentin
    rachel rachid rachida raoul raphael raphaelle rayan raymond raymonde rebecca regine regis
    reine remi remy renaud rene renee richard rita robert roberte robin rodolphe rodrigue roger
    roland rolande romain romane romeo romuald ronan rosa rosalie roxane ruben sabine sabrina
    sacha said saida salim salima salome sam samia samir samira samuel samy sandra sandrine sandy
    sara sarah sebastien selena selma sephora serge severine sidonie simeon simon simone sofia
    sofiane solange solene soline sonia sophia sophie souad stanislas stella stephane stephanie
    stephen steve steven suzanne suzette sylvain sylvaine sylvette sylviane sylvie tanguy tatiana
    teddy telma teo thais theo theodore theophile therese thiago thibaud thibault thibaut thierry
    thomas timeo timothee tiphaine titouan tom tony tristan ugo ulysse ursule valentin valentine
    valerie valery vanessa veronique vianney victor victoria vincent vincente virginie viviane
    vivien wafa walid warren wendy wilfried william xavier yacine yanis yann yannick yannis
    yasmina yasmine yoann yohan yolande youcef younes youssef yves yvette yvon yvonne zacharie
    zahra zakaria zelie zineb zoe zoubir
    """.split()  # noqa: SIM905 - eight hundred words read better as words
)
