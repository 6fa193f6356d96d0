"""Ordinary Dutch words: what is none of these, in a text that was misheard, may be a detail.

Those that stand in lower case in the Dutch sentences of Common Voice (CC0) at least three times,
and words of the telephone, without the ones that are family names too and without `words.COMMON`.
"""

ORDINARY = frozenset(
    """
    aanbevelen aanbeveling aanbevolen aanbieden aanbod aandachtig aandoen aandringen aanduiden
    aaneen aangaan aangeboden aangebracht aangebroken aangedaan aangeduid aangegeven aangelegenheid
    aangename aangepast aangericht aangescherpt aangetoond aangeven aangevuld aangrijpen aanhouden
    aanleiding aanmerking aanmoedigen aanpassen aanpassing aanslag aansluiten aansluitend
    aansluiting aansprakelijkheid aanstippen aantallen aantonen aanvaard aanval aanvankelijk
    aanvulling aanwezigheid aanwijzingen aanzetten aap aardbeving aardig abortus absolute abstracte
    accent acceptabel acceptgiro achteraf achterhaald acquis actieve actiever activiteit actueel
    actuele actueler adem adequaat administratieve adressen advies afbeelding afdoende afgedaan
    afgedwongen afgehandeld afgelegd afgeleverd afgemaakt afgenomen afgeschaft afgesloten
    afgesproken afgevaardigde afgeven afgewezen afgewogen afgeworpen afhangen afhankelijk
    afhankelijkheid afkeuren afkeuring afleggen afnemen afschrift afslag afsluiten afspraken
    afstand afval afvragen afwas afwezig afwezigheid afwijzen afwijzing afzonderlijk agentschap
    agentschappen akkefietje alarmerend album alcohol aldus alibi alinea allang aller allergisch
    almaar alomvattende alsjeblieft alsof alternatieve althans alvast ambitie ambitieuze ambtenaren
    amper analyse andersom annuleren anti apart apenstaartje apparaat appartement appel applaus
    arbeid arbeidsmarkt arbeidsplaatsen architect arend argumentatie arm armoede artikel arts asiel
    asielzoekers atoombom auteursrecht auto's automaat autonomie autoriteiten autostrade averechts
    avond avonturen baard baart baat badkamer bagage bakermat bal balans balkon banaan band bar
    barbecue barcode barst batterij beamen bed bedenken bedenkingen beding bedoel bedraagt bedreigd
    bedreiging bedreigt bedrijfsleven bedrog beeindigd beer begaan begane begeeft begeven begon
    begrafenis begrijpelijk begrippen begrotingsbeleid begrotingsdebat begrotingslijnen
    begrotingsprocedure behaald behalen behalve behandelen behandeling beheer behoeft behoud behulp
    beide bekeken bekijken beklemtonen beknopt belachelijk belangrijkste belastingbetalers beleefd
    beleg beleggers belemmeringen belofte beloning beloofd beloond beloven bemanning bemiddeling
    bemiddelingsprocedure bemoedigend bemoeien benadrukt benaming beneden benijdenswaardige
    benodigde benut benzinestation beoogd beoordelen beoordeling bepaalt bepalen bepalend bepaling
    beperken beperking bereid bereik berghut bericht beroep berust beschadigd beschamend beschaving
    bescheiden bescheidenheid beschermen beschermt beschikken beschikking beschikt beschouw
    beschouwd beschouwing beschreven beschrijving beschuldiging beseffen beslecht beslissen besloot
    bespaard bespaart besparen bespeuren besprekingen bestanden besteed bestek besteld bestellen
    bestelnummer bestraft bestudeerd bestuurder betaalt betaling betekenen beton betoog betreffende
    betrekken betreur betreurenswaardige betrof betrokkenheid betrouwbaar betwist beu beugel beurt
    bevestigen bevestiging bevestigt bevinden bevindingen bevindt bevoegdheden bevoegdheid
    bevorderen bevredigend bewaarheid bewandelen bewaren beweerd bewegen beweging bewering bewezen
    bewijzen bewoners bezijden bezoek bezorgadres bezorgd bezorgen bezorger bezorging bezuinigingen
    bezwaar bibliotheek bier bijeenkomst bijgedragen bijkomende bijstand bijvoorbeeld billijk
    bindend biobrandstoffen biodiversiteit biologische biotechnologie bitter blad bladeren blanco
    blauwe bleef blijf blijkbaar blijken blik bloei bloemen bloemetjes blote bocht bod bodem boeg
    boeren boetes bomen bondgenoten bondig boodschappen boog boom boord boot bord bossen bot boter
    boterhammen botsing bouw bovenaf bovendien bovenop bovenste bracht brain brak brandblusser
    branden brandstof brede breder breed breken brieven brievenbus bril broek bron bronnen brood
    brug bruikbaar bruiloft budget buigen buik buis bureau bureaucratie bureaucratische buren
    burgemeester bus but buurlanden buurt cadeau cafe camping capaciteit cappuccino carriere
    categorieen cel censuur champagne chantage chaos chaotisch chauffeur chemicalien chemische
    cheque chocolade cijfer circa circus cirkel citaat civiele clausule club coalitie code coherent
    cohesie collectief collega's comfortabel comite comitologie commentaar commissaris communautair
    communicatie communiceren communisten compleet complete complexer compliment complimenteren
    component compromissen computer concentreren concept concert concessies conclusie concurreren
    conferentie conflict consensus consequent consequenties consistentie constant constateren
    constatering constructieve context continent continu contrast controleren controversieel
    coordinatie correctheid correctie corrupt corruptie creditcard creeert creeren criminaliteit
    crimineel criminele crises criterium cultureel culturele cursus daad daalt daaraan daarbij
    daarin daarna daarnet daarop daartoe daaruit daarvan dadelijk daders dagelijks dak dalen
    dankbaar dankzij data dateert datum debatteren decennia deden deelnemers definitief definitieve
    dekentje dekt dele delegatie delicate democraat democraten democratisering demonstraties
    denkbaar depressie der dergelijk derhalve dertig des deskundigen dessert destijds detail deugd
    deurbel diagnose dichtbij dichter dictatuur dief dienstverlening dieper diesel digitale dik
    dilemma dinsdag diplomatie diplomatieke directrice discipline discriminatie discussieren
    ditmaal diversiteit dode doeltreffend dolfijnen dollar domweg donderdag donkere dood doorbraak
    doordat doorgehakt doorlopend doorslaggevend doorverbinden doos doping dopje dorp douche draad
    draag draaien draconisch drank drastisch dreigen dreiging dreigt dringen dringt drinkbus
    drinken droeg droevig droge dronk droogte droom drugs druist drukke dubbel dubieus duidelijker
    duidelijkheid duidt dulden dumping dupe dure dusver duurder duurzaam duurzaamheid duurzamer
    duwde dwang dweilen dwingen dwingt dynamisch echtgenoot echtgenote ecologische eenduidig
    eenentwintigste eenheid eenparig eenvoudiger eenzijdig eer eerlijkheid eet eeuw effectief
    effectiviteit efficient efficientie eieren eiland eindigt elders elektriciteit elektrische
    elektronisch elementaire elf ellende emailadres emissiehandelssysteem emissies emmer emoties
    energie energiemix engagement enig enigszins epidemie eraan erachter erbij ergens erger ergste
    erin erkend erkennen erkenning ernaar ernst ernstiger erom erop erover eruit ervaren ervoor
    espresso essentie ethiek ethisch etikettering etnische ettelijke eurozone evident
    evolutietheorie exact excuus experts expliciet explosie export exporteren externe extraatje
    extreem extreme extremisme extremisten faalt fabriek facto factor facturen fair falen familie
    fantastisch farce farmaceutische fase favoriete feest feitelijk fel feliciteer feliciteren
    felle fenomeen fenomenen fiets fietsers figuur file financieel financien financieren fiscale
    flat flauw fles flexibel flexibiliteit flink fonds formeel formele formule formuleren formulier
    forse forum fossiele foto foto's fraai fraude front fruit functie functioneert functioneren
    fungerend ganser garandeert garantie gas gasmeter gat gaven geaccepteerd geachte gebaat
    gebakken gebarsten gebaseerd gebeurtenis gebeurtenissen gebleven geblokkeerd geboorte gebroken
    gebrouwen gebruikelijke gecombineerd gecompliceerd gecompliceerder geconfronteerd geconstateerd
    gecontroleerd gecoordineerd gecorrigeerd gecreeerd gedaald gedacht gedebatteerd gedeeld
    gedeeltelijk gedefinieerd gedekt gedetailleerd gediend gediscrimineerd gediscussieerd gedoe
    gedood gedraaid gedrag gedragscode gedrang geduld gedwongen geeerbiedigd geenszins geest
    gefaald geformuleerd gegarandeerd gegeten gegrond gehaald gehandeld gehandhaafd geharmoniseerd
    geheim gehele geholpen gehoor gehoord geimplementeerd geinformeerd geintegreerde geinvesteerd
    geisoleerd gekeerd gekeken gekenmerkt gekoppeld gekost geldig geleerd gelegen gelegenheid
    geleidelijk gelijkheid gelijknamige geloof gelopen geloven geluid geluisterd geluk gelukkig
    gemakkelijker gemeenschap gemeenschappelijk gemerkt gemiddelde gemist gemoderniseerd gemoeid
    gemorst genegeerd generaal generaties genereren generieke geniet geografische geopend
    georganiseerd gepaard gepakt gepast geplaatst gepland gepleegd gepolariseerd gepraat
    gepresenteerd geprobeerd gepubliceerd geraadpleegd geraakt geraken geratificeerd gereageerd
    gerealiseerd gerecht gerechtelijke gerechtvaardigd gered geregistreerd gerept gerespecteerd
    gering geroepen geruchten gerust geschaad geschapen geschetst geschikt geschonden geschoven
    geschrapt geschreven geslacht geslagen gesloopt gesneden gespaard gespannen gespeeld gespeld
    gesprek gesprekken gestalte gestart gestegen gestoken gestolen gestopt gestort gestorven
    gestoten gestraft gestreden gestudeerd gestuurd getallen geteisterd getekend getest getijden
    getolereerd getoond getornd getreden getreuzeld getroffen getrokken getrouwd getuige getuigt
    geuit geur gevangen gevangenis gevangenissen gevaren gevecht gevestigd gevochten gevoelens
    gevoelig gevuld gewaarborgd gewaarschuwd gewacht gewapende gewassen geweer geweigerd geweldig
    gewend gewenste gewicht gewild gewone gewoond gewoonlijk gewoonweg geworpen gezag gezakt
    gezamenlijk gezellig gezicht gezin gezinnen gezocht gezonken gezorgd giftig gister gitaar
    glaasje glas gletsjers globalisering goedkeuren goedkeuring goedkoop goedkope gooien gordijnen
    goud governance grafische gras gratis greep grensoverschrijdend grijpen grijpt grijs grijze
    groene groenten grondig grondwet grotendeels grove gruwelijk gsm gulden gunstig haaien haak
    haalbaar haalbaarheid haalbare haalde haalt haard haast halfvol halt halve hamvraag handdoek
    handelswaar handhaving handig handtekening handvest hangbrug hangen hanteren harder
    harmonisatie hartelijk haven hecht heden heerlijk heersen heerst heet heffen heftig heiligt hek
    heleboel helft helm helpt hemel herfst herhaald herhaling herinneren herinnering herkennen
    herkent hersenen herstel hersteld hervatten hervormd hervormingsproces hetgeen hetzelfde heuse
    hevig hield hieraan hierin hiertoe hieruit hijskraan hing historisch hit hoed hoef hoeken
    hoekhuis hoeveel hoeveelheid hoger hogesnelheidstrein holle honger hoofdelijke hoofdrol
    hooikoorts hoopgevend hopen horizon hotel houdbaar huizen humanitaire humor hypocriet
    hypocrisie hypotheek ideaal ideale identiek identiteit identiteitskaart ideologie ideologisch
    idioot ijs ijsberg ijzer illegaal illusie immigratie immuniteit impact impasse imperialisme
    import impuls inbreuk incasso incident indicatoren individu individuele indruk indrukwekkend
    industriele ineens ineffectief inefficient inflatie infrastructuur ingang ingebouwd ingegaan
    ingegrepen ingenieur ingenomen ingericht ingesteld ingetrokken ingeven ingevoerd ingewikkelder
    ingewilligd ingezet ingredienten ingrijpen ingrijpend inhoudelijk inkomen inkomsten innemen
    inschatting inslaan inslag inspannen inspanning inspelen inspiratie instabiel installatie
    instellen instelling instemming institutioneel institutionele instorten integendeel integratie
    intensief intentie interieur interim internationaal internationale interpretatie intimidatie
    intussen investering invoeren invoering inwoners inzake inzicht inzien ironisch islam jaarlijks
    jacht jagen jas jawel jazeker jegens jezelf job jonge jongste jongstleden journalisten juich
    juistem jurisprudentie jurk kaas kabel kachel kalender kampen kamperen kanaal kandidaat
    kandidaten kanker kantoor kanttekening kapitaal kapitalisme kapper kapstok kar kassa kasteel
    kastelen kat keek kelder ken kenmerken kennelijk kennis kentering keren kerncentrales ketchup
    keuken keur keus kiest kiezers kijf kijk kinderhandel kip klagen klap klas klasse klassieke
    kleeft kleiner klem kleren kleur kleven klimaat klinkt klok klom klonen klontje kloof kloppen
    klus knelpunten knie knippen knipte knoop knopen kocht koe koeien koelkast koers koesteren
    koffer koffie koken kolen kolonialisme komma komst koningin koopt koorts kop korting kortom
    kortzichtig kou koud kraan krachtig krant krediet kregen krijg kritisch kruk krullen kunst
    kunstmatig kussen kustgebieden kwalijk kwalitatief kwart kwetsbaar kwetsbare kwijting kwik
    lachen lacht lacunes lade lading laf lager laken lamp land landbouwers landschap langdurig
    langzaam laptop las lastig lastiger late lawaai leden leed leeft leeg leek leemte leerkracht
    leert leg leger legio legitiem legitimiteit leiders leiderschap leiding leidraad leien lekkage
    lekker lekt lelijk lengte lenig lening lente lering les lessen let letter letterlijk leugens
    leunde levend levendig levensvatbaar levering lezen lezing liberale liberalisering lichaam
    lidmaatschap lidstaat lidstaten liedje liefde liefst liegen liet liever lift lijden lijdt
    limonade linker links lobby loer lof lokaal lokale lood loodgieter loop los loslaten lossen lot
    louter loze lui luid lukken lukt lust maait maan maandag maatschappelijk maatstaf machine
    machtige macro maffia magazine mager mail makelaar makkelijker malen mama mandaat marathon
    marge maritieme massa materie materiele matras maximale maximum mechanisme medaille mededinging
    medewerkers medicijn medische meedelen meedoen meegaan meegedaan meegemaakt meegenomen
    meermaals meester meetbaar meewerken meisje melden melding melk meningsuiting
    meningsverschillen menselijk mentale menu merendeel merk mes meubels microfoon middag middel
    middeleeuwen midden migratie mijlenver militair miljard miljoen min minderheid minister
    ministerie minpunten minst minstens misbruik misdaden misdrijf misgegaan misleidend mislukken
    mislukking mislukt missen missie misstanden misvatting mobiel mobiliteit mocht modellen modem
    modern modernisering moeilijker moeilijkste moeizaam moeizame moge mond mondeling mondiaal
    mondiale mondialisering monetair monster mooiste moord mopje moraal moratorium moreel morele
    mos motie motieven motor motto mouw muis multilaterale muren muziek naartoe naast nacht nadat
    nadeel nadelen nadrukkelijk nagaan nagedacht nagekomen nagel nageleefd naief nakomen
    nalatigheid naleving nam namiddag nat naties nationaal nationaliteit natuur nauw nauwkeurig
    neef neer neerwaartse negatief negatieve negen negentig negeren netwerk neus neutraal neutrale
    nicht niettemin nochtans non nood noodlot noodzakelijkerwijs noorden noot norm normaal normale
    nota noteren nucleaire nul nut nutteloos objectief obligaties obstakels ochtend octrooi oefenen
    oefening officieel officiele ofwel olie olifanten olijfolie oma ombudsman omdraaien omgaan
    omgekeerd omgeving omgezet omheen omhoog omlaag omschakeling omschrijving omstandigheden
    omstreden omtrent omvang omvat omver omzetten omzetting onaanvaardbaar onaanvaardbare
    onafhankelijk onafhankelijkheid onbeantwoord onbegrijpelijk onbekend onbevredigend
    ondemocratisch ondenkbaar onderbroken onderhandeld onderhandelingen onderling ondermijnd
    ondermijnt onderneming onderschat onderscheid ondersteund ondersteuning onderstreept
    onderstrepen ondertekend onderzoekers ondoorzichtig ondraaglijk ondubbelzinnig onduidelijk
    oneens oneerlijk oneindig onenigheid onevenwichtig ongebreidelde ongegrond ongelijk
    ongelijkheid ongelofelijk ongelooflijk ongeluk ongelukken ongelukkig ongemerkt ongerust
    ongerustheid ongestraft ongeval ongevallen ongewijzigd onhoudbaar onhoudbare onjuist onlangs
    online onlogisch onmisbaar onmiskenbaar onnodig onrealistisch onrechtvaardig onredelijk onrust
    onschatbare ontbijt ontbreken ontdekt onterecht ontgaan ontheemden onthouding ontkennen
    ontkoppeling ontmoedigen ontoelaatbaar ontoereikend ontslag ontstaat ontvangen ontwerp
    ontwikkelen ontwikkelingslanden ontwikkelt ontwricht ontzegd ontzettend onverantwoord
    onverantwoordelijk onvermijdelijk onverwacht onverwijld onvolledig onvoorspelbaar
    onvoorstelbaar onzeker onzekerheid onzin onzinnig oogpunt oogst oordeel oorsprong
    oorspronkelijke oosten opa opbouw opbrengen openbaarheid openheid opening openlijk openstaande
    operatie opgave opgeblazen opgebouwd opgehangen opgehelderd opgeheven opgelegd opgeleverd
    opgelopen opgepakt opgericht opgeroepen opgetreden opgeven opgevoerd opgeworpen opgezegd
    opgezet ophalen ophangen opheffen opheldering ophouden opinie opklaringen oplader opleggen
    opleiding opletten opleveren oplopen opmerkelijk opmerken oppassen oppervlak opportuun
    oppositie oprecht oprit oproep opruimen opschieten opsomming opstand opstellen optie optimale
    optimisme optimistisch opvallend opvang opwarming opzeggen opzet opzoeken oranje oren orgaan
    organen ouder out oven overbelast overbodig overdreven overeen overgelaten overheid
    overheidsdiensten overheidssteun overige overleg overschreden overschrijden overstromingen
    overtuigd overtuigen overtuigend overtuiging overvloed overweg overweging overwinning overwogen
    overwonnen paal paard pact pad pak pakken pan paniek paradox paradoxaal paragraaf paragrafen
    parallel paraplu park parket parlement parlementaire partnerschap paspoort passagiers passen
    passend passeren pasta patroon pauze pech pensioen percentage permanent permitteren personeel
    persoonlijk perspectief perspectieven piano pijl pijler pijnlijk pincode pinpas piraten pizza
    plaag plafond plakte planeet plank planning platen platteland pleit plek plekken plenaire
    plezierig plus podium poetsen pogingen polis politici politieagent populair positie postcode
    postdiensten posten potentiele potje praat prachtig pragmatisch praktisch precedent precieze
    premie premier presentatie president prestatie pretpark preventie preventief preventieve
    prijskaartje primair principieel principiele printer privacy privatisering prive problematiek
    problematisch procedureel processen processor producent produceren productie productiviteit
    proef proeven profiel profiteren prognoses programma's promotie proporties proportioneel
    protectionisme protest provider provincie psychiater psychologie psycholoog pure puur puzzel
    qua quo quota raad raadgever raadsel raakt raam racistische radeloos radio raken ramen
    rampzalig rapport ratificatie ratificeren ratio rationele reageren realisme recent recept
    rechter rechtspraak rechtstreeks rechtvaardig rechtvaardigheid record recycleren recycling
    redden redelijkheid redenering redmiddel reed reeel reele referendum regelmatig regen regenbui
    regenpijp regime regionaal regionale regulering reikt reikwijdte reinste reis reizen relatie
    relatief relevant religie reparateur reparatie reserve reserveren resoluut respect respecteren
    respons restaurant retorische retour retourneren reusachtig revolutie richt richtsnoeren riem
    rij rijbewijs rijdt rijk rijkdom rijp rijst rijzen ring risico's rivier roep roer roerend roken
    roman rommel rood rook rooskleurig route router royaal roze rug ruggengraat rugzak ruim ruimere
    ruiten rund rust rustig ruzie salade samengevat samenhang samenvatting scannen schaal schaamte
    schaar schadelijk schamen schandaal schandalen schandalig schandelijk scheepsbouw scheepvaart
    scheiden scheidsrechter schending schepen scheppen schept scherm scherp schiet schijn
    schilderen schilderij schoen schok schokkend scholen scholing schone schoon schoot schort schot
    schouder schriftelijk schrijnend schrijven schrik schudde schuilt schuine schuld schuldig
    scooters sedertdien seffens seizoen seksuele selectief sensor serie serieuze set sfeer shirt
    siert signalen simpelweg sindsdien skien slaan slaap slaat slachtoffer slag slangen slap
    slavernij slechter sleutel sliep slim sloeg slogan sluit smartphone smeet smet snelheid snelweg
    snijdt socialisten socialistische soevereiniteit sokken soldaten som sommige sowieso spaghetti
    spannende spanningen spatie speciaal speciale specifiek speculatie speel speler spellen
    spelletje spiegel spieren spinnen spoedig spoor sporen sprak spreek spreker sprong spullen sta
    staakt staal staartje staatssteun stabiel stabiliteitspact stadium stak stammen station
    statisch statistieken statistische status statuut steden steek steken stekker stel stelling
    stelsel sterker sterren sterven stevige stijgen stijging stijgt stil stille stimulans
    stimuleert stimuleren stip stoel stoffen stok stoom stopgezet stopt storm straat straf
    strafbaar straffeloosheid strakke strand strategisch straten streefdoel streepje strekking
    strekt streng strengere stress strijdig strijk strikt strookt stroom structureel structurele
    structuren structuur structuurfondsen struikelblok struikgewas studie stukken sturen stuur
    subiet subsidiariteit subsidiariteitsbeginsel subsidie substantiele subtiel succesvol suggestie
    suiker symbool symptomen symptoom synoniem systemen tabak tabel tablet taboe tachograaf tactiek
    taken tal talloze talrijke tamelijk tand tapijt tarieven techniek technisch tegelijk
    tegelijkertijd tegels tegemoet tegenovergestelde tegenspraak tegenstander tegenstrijdige
    tegenstrijdigheden tegenstrijdigheid tegenwoordig tekenend tekortkoming telefoon teleurstellend
    teleurstelling televisie telkens tellen telt temperatuur tempo tendens teneur tenminste tennis
    tenslotte tenuitvoerlegging terdege term terras territoriale terroristen teruggaaf terzake test
    tevens tevergeefs tevoren tevredenstellend thans theater thee thema's theoretische theorie
    thermostaat ticket tij tijdelijk tijdperk tijdschema tijdschrift tijger tikt timer timing titel
    toegankelijk toegedaan toegejuicht toegelaten toegelicht toegenomen toegeroepen toegestaan
    toegeven toegevoegd toejuichen toekomstige toelaten toelichten toelichting toeneemt toenemen
    toepassen toepassingsgebied toereikend toerisme toeristen toeroepen toeschouwers toespraak
    toestaan toestel toestemming toetreding toetsenbord toeval toevoegen toevoeging toezicht
    toezien toilet tol tolereren tolken tomaten tonen toont toppunt topsnelheid toren totale traag
    trade traditie tragedie tragisch trainen trajectcontrole transparantie trap trappen treden
    treffen treft trek trend treurig triest troepen trok trots trouw tuin tuinman tunnel tuurlijk
    tweeledig type typisch uberhaupt uitblijven uitbreidingsproces uitdrukkelijk uitdrukking uiteen
    uiteenlopende uiterlijk uitgaan uitgaven uitgebleven uitgebracht uitgedrukt uitgegeven
    uitgehold uitgelegd uitgelopen uitgeoefend uitgesloten uitgesproken uitgesteld uitgestorven
    uitgetrokken uitgevallen uitgeven uiting uitkomst uitleg uitleggen uitmaken uitnodiging
    uitoefenen uitslag uitsluiting uitspraak uitspraken uitspreken uitstek uitstel uitstoot
    uitvaart uitvinding uitvoer uitvoerig uitvoering uitwerking uitwijzen uitwisseling uitzicht
    uitzondering unaniem unie uniek uniform universeel universele universiteit uren vaag vaart vaas
    vacuum vak vakbonden val vallei vandaan vangen vanmiddag vannacht vanuit vanwege vanzelf
    vanzelfsprekend varen varieert varkens vastberaden vastberadenheid vaststellingen vat
    veelbelovend veeleer veertien veertig veilig veiliger veld vellen venijn verandert verankerd
    verantwoord verantwoordelijk verantwoordelijkheid verantwoording verbaasd verbaast verbazen
    verbeelding verbeteren verbieden verbinding verborgen verbrand verbranding verdedigen verdelen
    verdeling verdiend verdienste verdieping verdomme verdorie verdriet verduidelijken
    verduidelijkt verdwenen verdwijnen verdwijning verdwijnt vereenvoudigen vereenvoudiging
    vereisen verenigen vergaande vergeet vergelijkbaar vergelijken vergelijking vergen vergissen
    vergoeding vergrijzing vergroot vergroten vergt verhelpen verheugd verheugen verheugt
    verhinderen verhogen verhoogd verhouding verhuizen verhuizing verjaardag verkiezingsuitslag
    verklaard verklaart verklaren verkocht verkoop verkopen verlangen verlaten verleend verlenen
    verlenging verlichting verliep verlies verliezers verloofde verloop verloor vermeden vermeld
    verminderd verminderen vermindert vermoord vernietigd vernietigen verontrust verontrustend
    verontwaardiging veroordeeld veroordelen veroorloven veroorzaken verouderd verpakking verpakt
    verpleegster verplichting verrassend verrassing verscheidene verscheidenheid verschenen
    verschijnsel verschillend verschrikkelijk verschuiving verschuldigd versie verslechterd
    verslechtert versleten versnelling verspild verspillen verspilling verspreid verstaan
    verstandig versterken versterker verstopt verstreken vertaald vertaling vertegenwoordiger
    vertegenwoordiging verteld vertellen vertoont vertraagd vertrek vertrekken vervallen vervangen
    vervanging vervoerssector vervolg vervolgd vervolgens vervuiler vervuiling vervuld vervullen
    vervult verwachtingen verwarming verwarring verwerkt verwerpen verwezenlijking verwijderd
    verwijderen verwijten verwoest verzameld verzekerd verzekeren verzekering verzenden verzocht
    verzonden verzwakt verzwegen vestigen vetgedrukt viercijferige vijand vijfentwintig vijftig
    vinger virus virussen visa vissen visserij vissers vitaal vlag vlees vlek vlieg vlieger vlinder
    vloeistof vloer vlogen vlot vlucht vluchtelingen voeding voedsel voedt voegen voel voert voet
    voetbal vogels voldoen voldoening volgde volgend volgorde volk volkeren volksgezondheid
    volmaakt volop volslagen volstaan volume volwassenen vonnis vooraan vooralsnog voorbarig
    voorbereiding voorlichting voorliggende voorlopig voornemens voorop voorrang voorruit
    voorschriften voorspeld voorstander voortaan voortdurend voortreffelijk vooruitzichten voorwerp
    voorzichtig voorzichtigheid voorzitterschap voorzorgsbeginsel voorzorgsprincipe vorderingen
    voren vorig vork vraagtekens vrachtwagen vragenuur vredesproces vreemd vrees vreselijk vreugde
    vrezen vriendin vrijdag vrijwel vrijwillig vrijwilligheid vroeger vrolijk vrome vrucht
    vruchtbare vuil vuren vuur waakzaam waanzin waaraan waarbij waarborgen waardevol waardig
    waardigheid waarin waarop waarschijnlijk waarschuwen waarschuwing waartoe waarvan wachtrij
    wagen wakker wand wandelen wanneer wantrouwen wapenembargo wapens war warm wasmachine webcam
    webshop website wederom wederopbouw wederzijds wedstrijd weekend weerspiegeld wees
    weggebruikers weggelegd wegrestaurant wei wekken wekt weliswaar weloverwogen welvaart wenselijk
    wereldkampioenschap werf werkelijkheid werking werkingssfeer werkloos werklozen werknemer
    werkzaamheden werpen wetenschap wetenschappelijk wetgevend wettelijke wettige wezen wezenlijk
    wieltjes wifi wijk wijzigen willekeur willekeurig wind winkeliers winnaars winnen winst wint
    wisselkoers wist witte woensdag wolken won wond wonder woning woordenschat word worst wortel
    wou wrede wringt zaal zacht zachtst zag zak zakelijk zaklamp zalm zand zaterdag zee zeep
    zeerste zelden zender zestien zestig zet zetel zeventig zinloos zinnig zinvol zinvolle zitting
    zocht zodanig zodat zoet zogenaamde zogezegd zojuist zolder zometeen zon zondag zondebok
    zorgvuldig zorgwekkend zover zuiden zuiver zult zussen zuurstof zwaarder zwaartekracht zwak
    zwakke zwarte zwembad zwemmen zwijgen
    """.split()
)
"""In lower case, without accents."""
