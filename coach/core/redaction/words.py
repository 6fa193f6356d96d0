"""Common Dutch words: what follows "u spreekt met" and is one of these is no name.

The longer list holds the words that stand in lower case in the Dutch sentences of Common Voice
(CC0) at least fourteen times, and words of the telephone; family names among them are left out.
"""

LITTLE = frozenset(
    """
    nederlander belg vlaming nederlandse belgische moslim christen student patient klant
    aan achter al alle allemaal alles allez als alstublieft altijd amai ander anders antwoord awel
    bedankt begrepen begrijp bel belde belgie ben bent bereikbaar bij blij boven buiten carnaval
    da daar daarom dag dan dank dankjewel dat de deed deze die dit doe doei doet door dus echt een
    eens eerst eh ehm eigenlijk en er euh even excuses fijn ge geeft geen gezien gij god goed
    goede goedemiddag goedemorgen goedenavond graag had hallo he heb hebben hebt heeft heel heer
    helaas het hier hij hoe hoezo hoi hoor ik in is ja jammer je jezus jij jou jouw jullie kan
    kerst kerstmis klopt kom kon kunnen kunt laat maar mag me meneer merci met mevrouw mij mijn
    mijne misschien moet moment mooi naam natuurlijk nederland nee neem niemand niet niets niks
    nog nou nu nummer of ok oke okee om omdat ons onze onzen ook op over pasen pinksteren precies
    prima sinterklaas snap sorry spijt straks super tegen tja toch toen tot twee u uh uhm uit uw
    van vandaag veel vertel vertelt vervelend voor waar waarom wacht want was wat we weer weet wel
    welk welke welkom wie wij wil wilt wordt ze zeer zeg zegt zeker zelf zich zij zijn zit zo
    zonder zou
    """.split()
)
"""Words that are no names even with a capital: they begin sentences."""

COMMON = LITTLE | frozenset(
    """
    aandacht aangenomen aangepakt aangesloten aannemen aanpak aanpakken aantal aanvaardbaar
    aanvaarden aanvullende aanwezig aanzienlijk aard aarde aardige abonnement absoluut absurd
    accepteren acht actie actief actieplan administratie adres af afdeling afgelopen afgerond
    afspraak agenda akkoord algemeen algemene allebei alleen allen allerlei alternatief alweer
    ambitieus amendement amendementen andere angst antwoordde antwoorden apotheek app argument
    argumenten arme aspect aspecten auto automatisch baan baas banen bang bank basis beantwoord
    beantwoorden bedanken bedoeld bedoeling bedrag bedrijf bedrijven beeld been beetje begin
    beginnen beginsel beginselen begint begonnen begrijpen begrijpt begrip begroting behandeld
    behoefte behoorlijk behoort behoren bekend belang belangen belangrijk belangrijke belangrijker
    belasting belden beleid bellen beloofde belooft belt benadering benadrukken benieuwd bepaald
    bepaalde beperkt bereiken bereikt beschermd bescherming beschikbaar beslissing beslist
    besloten besluit besluiten bespreken besproken best bestaan bestaande bestaat beste bestelling
    bestond bestuur betaald betalen betekenis betekent beter betere betreft betrekking betrokken
    bevat bevestigd bevolking bewijs bewust bezig bezorgdheid bezwaren bieden biedt bijdrage
    bijdragen bijna bijzonder binnen bleek blijft blijkt blijven boek boeken boekhouding bon
    boodschap boos bouwen boze brengen brengt brief broer brutale buitengewoon burger burgers
    buurman buurvrouw centraal centrale centrum cijfers coach collega commissie complex compromis
    conclusies concreet concrete concurrentie consument contact contract controle correct crisis
    criteria cruciaal cruciale cultuur daarmee dacht daden dagen dame danken dankuwel debat
    debatten deel definitie degelijk degene delen democratie democratisch den denk denken derde
    deur dezelfde dialoog dicht dienen dienst diensten dient diep dieren dikke dimensie ding
    dingen direct discussie diverse dochter document doden doel doelstelling doen dokter domme
    doodstraf doorgaan dossier draagt draait dragen dramatisch drie dringend dringende druk
    dubbele duidelijk duidelijke duizend duur duurt duurzame echte echter economie economisch
    economische eenmaal eenvoudig eenvoudigweg eerder eerlijk eerste effect eigen eind einde
    eindelijk eindstemming eis eisen element elementen elk elkaar elke ene enige enkel enkele
    enorm enorme erg ermee ernstig ernstige ervan ervaring essentieel essentiele eten eure euro
    evaluatie eveneens evenmin evenwel evenwicht evenwichtig extra factoren factuur feit feite
    feiten film financiele financiering fout fractie fracties fundamenteel fundamentele gaan gaat
    gaf gang gast gebeld gebeurd gebeuren gebeurt gebied gebieden gebleken geboden geboekt geboren
    gebouw gebouwd gebracht gebrek gebruik gebruiken gebruikt gebruikte gedaan gedachte geduurd
    geef gegaan gegeven gegevens gehad geheel gehouden gek gekke gekocht gekomen gekozen gekregen
    geld gelden geldt geleden gelegd geleid geleverd gelezen gelijk gelukt gemaakt gemakkelijk
    gemeente genoeg genoegen genoemd genomen gepensioneerd geregeld gericht gescheiden
    geschiedenis geslaagd gesloten gesproken gesteld gestemd gesteund gevaar gevaarlijk
    gevaarlijke geval gevallen geven gevoel gevoerd gevolg gevolgd gevolgen gevonden gevraagd
    geweest geweld gewerkt gewezen gewijzigd gewonnen gewoon geworden gezegd gezet gezond
    gezondheid ginder ging gingen gisteren goedgekeurd grens grenzen groei groep grond groot
    grootste grote groter grotere haar hadden halen half hand handel handelen handen hangt hard
    hare hart harte hebde heen helder hele helemaal helpdesk helpen hem hen heren herhalen
    hervorming hervormingen herzien herziening hierbij hiermee hierop hierover hiervan hiervoor
    historische hoeft hoeven hoge hond honderd hoofd hoofdstad hoog hoogste hoop hoort horen hou
    houd houden houding houdt huidige huilde huilt huis huisarts hulp hun idee ideeen ieder
    iedereen iemand iets immers inderdaad industrie informatie ingaan ingediend ingewikkeld inhoud
    initiatief initiatieven inmiddels innovatie inspanningen instantie instellingen instemmen
    instrument instrumenten interessant interessante interne internet investeren invloed inzet
    inzetten inziens jaar jaren jongeren juist juiste juridisch juridische kaart kader kamer kans
    kansen kant kanten kapot karakter kast keer kennen kent kern keuze kiezen kijken kind kinderen
    klaar klacht klant klanten klantenservice klein kleine komen komende komt konden kopen kort
    korte kost kosten kracht kreeg krijgen krijgt kritiek kun kunde kwaad kwaliteit kwam kwestie
    kwesties kwijt laag laatste lag landbouw landen lang lange langer langs last laten later
    leeftijd lees leggen leiden leidt leren leuk leven leveren levert licht lid liep lieve liggen
    ligt lijken lijkt lijn lijst logica logisch loopt lopen lucht luister luistert ma maak maakt
    maakte maand maanden maatregel maatregelen maatschappij macht maken makkelijk man manager
    manier mannen markt mate mede mededeling media mee meer meerdere meerderheid meest meestal
    meeste men mening mens mensen meteen meter methode middelen mijnen mijnheer mijns milieu
    minder minste minuten mis misdaad misverstand model moe moed moeder moeilijk moeilijke moeite
    moest moesten moeten mogelijk mogelijkheid mogen momenteel monteur mooie morgen munt muur naar
    nadenken nader nadruk name namelijk namens nationale nauwelijks ne neemt nemen nen nergens net
    nieuw nieuwe nieuws niveau noch nodig nodige noem noemen nogal nogmaals noodzaak noodzakelijk
    nooit normen notulen nuttig ogen onacceptabel onder onderdeel onderhavige ondernemen
    ondernomen ondersteunen onderweg onderwerp onderwerpen onderzocht onderzoek onderzoeken
    ongetwijfeld ongeveer onmiddellijk onmogelijk onszelf ontbreekt onthouden ontstaan ontwikkeld
    ontwikkeling onvoldoende oog ooit oorlog oorzaak oorzaken opdracht open openbaar openbare
    opgelost opgenomen opgesteld oplossen oplossing oplossingen opmerking opmerkingen opnieuw
    optreden opvatting opzicht orde organisatie oud oude overal overeenkomst overigens overleden
    paar pakket papier partij partijen partner partners pas per perfect periode persoon pijn
    plaats plaatsen plaatsvinden plan plannen plicht politie politiek politieke positief positieve
    praktijk praten prijs prijzen principe prioriteit prioriteiten probeer proberen probleem
    problemen procedure proces product producten programma project projecten publiek punt punten
    ramp rapporteur rare reactie reageerde realiseren realistisch realiteit receptie recht rechten
    reclame redelijk reden redenen reeds reeks regel regelgeving regeling regels regering regio
    regio's rekenen rekening resolutie rest resultaat resultaten richten richting richtlijn rijden
    risico rol rond ruimte samen samenleving samenwerken samenwerking sancties schade schande
    schip school secretaresse sector serieus service signaal simpel sinds situatie slachtoffers
    slecht slechte slechts slot snapt snelle sneller sociaal sociale solidariteit soms soort
    specifieke speelt spel spelen spoed sport sprake spreekt spreken sprekers staan staat
    stabiliteit stad stand standpunt stap stappen start steeds stellen stelt stem stemmen stemming
    stemmingen sterk sterke steun steunen stichting stof stomme stond stoppen storing strategie
    streven strijd stuk stuurde succes systeem taak taal tafel talen te team technieker technische
    technologie tegendeel teken tekenen tekort tekst teleurgesteld ten ter terecht termijn terrein
    terrorisme terug teruggebeld terugkomen terwijl teveel tevreden thema thuis tien tijd tijdens
    toe toegang toegepast toekomst toepassing toestand top totaal transparant trein trekken
    trouwens tussen twaalf tweede twijfel twintig uitbreiding uitdaging uitdagingen uiteindelijk
    uiteraard uitermate uiterst uitgangspunt uitgebreid uitgevoerd uitsluitend uitstekend uur uwe
    vaak vader vakantie vaker vallen valt vanaf vanavond vanmorgen vanochtend vast veiligheid vele
    ver veranderd veranderen verandering verband verbeterd verbetering verbod verboden verbonden
    verdeeld verder verdere verdienen verdient verdrag verdrietig vereist vereniging vergadering
    vergeten vergissing verhaal verhuisd verhuur verkeer verkeerd verkeerde verkiezingen
    verklaring verkoper verleden verliezen verlopen verloren vermijden veroorzaakt verordening
    verplicht verre verricht verschil verschillen verslag verslagen versterkt vertraging
    vertrouwen vervoer verwacht verwachten verwezen verworpen verzet verzoek via viel vier vierde
    vijf vijfde vind vinden vindt vis visie vlak vliegtuig voeren voeten vol voldaan voldoende
    volgen volgende volgens volgt volkomen volle volledig volledige volstaat volstrekt voltooid
    vond vooral voorbeeld voorbeelden voorbij voordat voordeel voordelen voorgesteld voorgestelde
    voorkomen voornaamste voorstel voorstellen voortgezet vooruit vooruitgang voorwaarde
    voorwaarden voorwaarts voorzitter vorige vorm vormen vormt vraag vraagstuk vraagt vragen vrede
    vriend vriendelijk vriendelijke vrienden vrij vrije vrijheid vroeg vroegen vrouw vrouwen wa
    waard waarde waarden waarheid waarmee waarover wachten wachtte ware waren water weduwe week
    weg wegen weinig weken wellicht wens wensen werd werden wereld wereldwijd werk werkelijk
    werken werkloosheid werknemers werkt wet weten wetgeving wijst wijze wijzen wijziging wilde
    willen winkel woon woord woorden worden zaak zaken zal zat zeggen zei zeiden zekere zekerheid
    zelfs zenne zes zesde zetten zeven zichtbaar zichzelf zie ziek zieke ziekenhuis zien ziens
    ziet zijde zijnen zin zinnen zitten zo'n zoals zoek zoiets zomaar zoon zorg zorgen zorgt
    zouden zoveel zowel zucht zulke zulle zullen zus zwaar zwanger zware
    """.split()
)
"""Words that are hardly ever names, in a text without capitals."""
