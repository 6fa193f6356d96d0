"""Everyday Dutch words, seldomer than the ordinary ones, and as little a detail as they are.

Those that stand in lower case in at least two sentences of Common Voice (CC0) or in two lines of
the training calls (none of which is an ordinary line that the figures are of), without common
family names and first names, words of more than fifteen letters, what is written with a capital as
often as every fifth time, and what `rare.is_ordinary` sees through anyway.
"""

EVERYDAY = frozenset(
    """
    aai aanbeland aanbelde aanbellen aanbetaling aanbrengen aandeel aandelen aanfluiting aangebeld
    aangedrongen aangegaan aangekomen aangekondigd aangekruist aangelegd aangemeld aangemoedigd
    aangenaam aangeraakt aangeraden aangesleept aangespannen aangetast aangetekend aangetekende
    aangevallen aangevoerd aangevraagd aangewezen aangezet aangifte aangiftenummer aankijken
    aanklachten aanklagen aankloppen aankomen aankopen aanmaning aanmaningen aanmelden aanmelding
    aanmerkelijk aannemer aanneming aanraakt aanraken aanrecht aanrijding aansmeren aansporen
    aansprakelijk aanspreekt aanstaande aanstekelijk aantekenen aantekening aantekeningen aantijging
    aantrekkelijk aantrekken aanvallen aanvraag aanvragen aanvullend aanwinst aanzet abdij accepteer
    accepteert account accountant accounthouder accountmanager accu ach achterban achterliggende
    achterlijk achterlijke achtervolging achting achtste achttiende activeren acupunctuur acuut
    addertje adequate administratief advertentie adviserend adviserende adviseur advocaat advocaten
    afavl afbetaling afbetalingsplan afdoen afdwingbaar affiche afgaat afgebrand afgebroken
    afgegeven afgehaald afgekeurd afgekondigd afgelast afgeschreven afgestemd afgevraagd afgeweken
    afgezet afgezwakt afhaalpunt afkomen afkomst afkomstig afleveradres aflevering aflopen aflossen
    afmaken afmelden afrekening afrit afronden afronding afscheid afschrijving afschrikken
    afschuwelijk afschuwelijke afslachten afspelen afspreken afstappen afstemmen afstotend aftreden
    afv afwerken afwijken afwijkingen afzeggen afzender afzetten afzien agenda's agressief airbag
    airco airconditioning akelig akte akten alarm alarmcentrale alarmknop aldaar aldoor algehele
    alleenstaand allerarmsten allergieen alleszins alsnog alzheimer ambassade ambetant ambivalent
    ambtenaar ambulance and andermans anesthesist angstaanjagend angstig annuleer annulering
    anomalie anoniem anonimiteit antibiotica antisemitisme apen aperitief apotheken apotheker
    apothekers appelmoes appelsap appelsienen appeltaart arabisch arbeiders arbeidstijden archief
    argwaan armer armleuning armste artificiele asbest asfalt assistent assistente assistentie astma
    atelier aten atheist atmosfeer attent attest audiovisuele aula auteurs authenticator autisme
    autistisch azijn baai baal baar baby baby's babyvoeding back bacterien bad badge badkuip
    badmeester bagatelliseren bah bak bakens bakje bakken bakkerij bakske balie balletles balustrade
    bananen bancontact bankapp bankieren bankpas barriere bassen baten baxter bazin beademing beamer
    beangstigend beboet bedacht bedankje bedekt bedenktijd bederiging bedreigend bedrijfsjurist
    bedroeg bedroevend bee beeindig beeindigen beekje beeldvorming beest beesten beestje beet bef
    begeleid begeleider begeleiding begeleidster beginnend begraafplaats begraven begreep begroet
    behandelaar behandelt behang beheerd beheerder beheersen beheerst behoeven beider beinvloed
    bejaardentehuis bek bekaf bekennen bekertje bekijkt beklagen beklemtoond beknot bekomen
    bekrachtigd bekritiseren bekwame belanden belangrijkst belangwekkend belast belediging
    beleefdheid beleidsmakers beleven belicht belichten belichting belletje beloof beluisterd
    bemiddelaar benaderen benauwd benoemd benzine beogen beoordeeld berecht bereidheid berekenen
    berekening berekeningen berger berggebieden berging beroerd beroerte berokkenen beschaafd
    beschaamd beschik beschikbare beschrijven beschuit beschuldigd besef beslag beslissend
    besluitvorming besmettelijke besmetting besparing bespelen bespottelijk bespreek bespreking
    bestand bestel bestelbon bestrijding bestrijkt betaal betekende beterschap betreffen
    betrekkelijk betuigen betwijfel beul beurs bevalling bevalt beveel beveiliging beveiligingen
    beven bevoegd bevoegde bevorderlijk bevordert bewaakt bewaar bewaard bewaart beweegt beweren
    bewind bewindvoerder bewonderd bewondering bewoner bewoog bezet bezetting bezinning bezit
    bezocht bezoekuur bezorg bezuinigen bezwaarschrift bezweken bibberen bibbert bidon bieb bied
    biel bijbetalen bijgebouw bijgevolg bijgewerkt bijhouden bijkomen bijl bijlage bijsluiter
    bijster bijtend bijval bijvangsten bijvullen bijwerken bijwerkingen bijzaak bind biopsie
    bioscoop bitch bizar blaadje blaast blader bladzijden bladzijdes blank blanke blaren bleiten
    bleken bleven blijdschap blind blinken blinkt bloed bloeddruk bloedprikken bloedt bloemetje
    bloemist blokjes blokkades blokkeer blokkeert blokken blokkeren blond blussen boarding
    boekhouder boeking boekingscode boekingsnummer boekske boel boerderij boete boiler bokser
    boksles bom bomma bommelding bompa bonneke bonnetje bonnummer bonus bood boor bordeauxrood boren
    borg borst bosbrand boterham boulevard bovenaan bovenal box braaf brancard branche brandalarm
    brandstapel brandstoffen brandt brandtrap brandweer brave bravo breek breekt breidt breng
    briefke brochure bromde brommer broos bruggen bruid bruine brullen brutaal bruto btw bubbels
    buffet bug buikkrampen buitenlander buitenlands buitenlandse buitensporig bult bumper bundel
    burn bushalte busnummer bussen buur buurjongen buurtapp cabrio cadeaubon cake callcenter
    calorieen camera cameraploeg camion camionette camions campagne canvas caravan cardiologie care
    cashewnoten casino categorie categorisch cavia centra certificaat chat chatbot check checken
    chef chemo chip chips chirurg chloor chocola cholesterol chronisch citeer citeren claim
    claimbureau claims cliches client clienten cloud clown cocaine cocktail cocktails coherentie
    collectant collectieve collector's column coma combinatie combineren commentaren commerciele
    communie communiefeest compensatie concentratie concierge concurrent concurrerend condoleren
    conducteur conductrice conform conjunctuur conservatieven constitutioneel constructief
    consultatie consumentisme contacteren contactloos container contant content contractant
    contradicties contradictio controleer controleert controleur controverse convenant conventie
    conventionele convergentie coordinerende correspondent corrigeren cosmetica coupe crawl creatief
    creche creditnota crematie creme croque crux culturen cultuurv curator curry cynisme d'r da's
    daadwerkelijke daag daags daarentegen dagkaart daglimiet dagske dagvaarding dakkapel dal
    danafval dansen dansje das dashboard database datalek dataset deadline deal debiel debielen
    decennium decentraal decoder decor deelneming defensiebeleid defensief deflatie deftig
    degelijker dekens dekken dekking dekkingsgraad deksel dekseltje delicaat demagogie dement
    dementerend dementie demo depot derdenrekening dertiende dertigste desnoods detective deuk
    deukje deuntje deurbelcamera deurwaarder deurwaarders diabeet diabetes dialyse diameter dictator
    dieet diefstal diegene diepvries dier dierproeven dierziekten dieven diezelfde digitaal dikker
    dikwijls dimbaar dinges dins diploma diplomatiek directeur directie discotheek discrepantie
    discrimineer discrimineert discriminerend discriminerende dispatching distillatie
    distributieriem divers docent doch dochterke documentaire documentatie dod dodelijk dodelijke
    dodne dodo doek doekje doekjes doeleinden doelmatig doelwit dogmatisch dom domicilie
    domiciliering dominee dommerik domper doms domste domstemensen don donatie donder donoren
    doodeng doodgeschoten doodmoe doodschieten doodskist doof doordrongen doorgedrongen doorgereden
    doorgeslikt doorkiesnummer doormeten doorsnijden doortastend doorzichtigheid dop dosering dosis
    douane doven downloaden dozen draagwijdte draai draaischijf drain drama dreig dreigde dreigement
    dreigementen dres dreunen drieledig dringender drink drinkt drinkwater droger drogist droog
    droogkast dropjes druipt drukker drukste druppel druppels drupt dubieuze duif duiken duim duimen
    duister duivel duizelig duldt dun dunkt durf durfde durft durven dusverre duurste duwen dwangsom
    dwars dwingend dynamiek e-mail e-mailadres ecall echo ecu eendebiel eenflikker eenhaatbaard
    eenhoer eenkansenparel eenkreupele eenmalig eenmanwijf eenmongool eenneger eenniknok eenpot
    eenroetmop eensgezindheid eenslet eensodomiet eenteef eenvoud eenvoudigste eenzaam eenzaamheid
    eerbiedigen eervolle eetbaar eetzaal effe effectiever efficiency efkes egel eigenaar eigennamen
    eikel eikels eiken eikls eindafrekening eindeloos eindig eindigen eindigend elementair elleboog
    elven emissierechten end enfin eng enge enormeschoften enthousiasme enthousiast envelop
    enveloppen epilepsie equivalent erachteraan eraf erbarmelijk erboven erbovenop erbuiten erdoor
    erf erfenis erfgenamen erfgoed erfrecht ergst erkentelijkheid erna ernaast eronder error ertegen
    ertoe ertussen ervaar escaleren escaperoom etage etappe etiket euro's evacuatie eve evenement
    evenredigheid eventueel evolutie examen examens excellence exclusief excursie excuseer excuseert
    executie exemplaar exemplaren exercitie expert expres ezel ezelsbruggetje fabrikant face facteur
    facturatie failliet faillissement fan fanfare fata fazant federale federalisme feminisme
    festival feta fiche fier fietser fik fikse filiaal filmke filmpje filosofie filosofische firma
    fit fitness flessen flessenwater flikker flikkers fluisteren fluiten flyers focus fohn folder
    folders follow fora fort fotograaf fotootje fragiel framenummer franchise fraudeurs freelance
    frequent frequentie friet frigo fris frisdrank frisse frituur frustratie frustrerend ftalaten
    fulltime functionaris functionele fundamenteler fundering fysio fysiotherapeut gadget galerij
    gans garage garagist garanderen garen garnalen gascrisis gaslucht gauw gazet gazon geacht
    geamendeerd geamputeerd geannuleerd geantwoord gebaar gebed gebergte gebleit geblesseerd
    geboortedag gebotst gebruikelijk gebrul gebuur geclassificeerd gecondoleerd gecontracteerd
    gecrediteerd gedanst gedateerd gedeelte gedeelten gedegen gedemonstreerd gedicht gedijt geding
    gedod gedoemd gedronken gedrukt gedumpt gedupeerden geduwd geeerd geeigende geeindigd geeist
    geerfd geestelijke geevolueerd geexecueterd geexecuteerd gefeliciteerd gefietst gefilmd
    gefinancierd gegleden gegooid gegroet geh gehackt gehakt gehalveerd gehandicapte gehandicapten
    gehandicpte gehangen geheugen gehoeven gehoopt gehuild gehuurd geintegreerd geinteresseerd geit
    gekalmeerd gekapt gekend gekeurd gekkenhuis geklikt geklommen geknipt geknoeid gekookt gekropen
    gekwalificeerde gekweekt gekwetst gelachen geladen geland gelaten gele geleefd geleegd
    geleidehond gelekt gelen geliberaliseerd geliefd gelijkvloers gelobbyd geloofd geloofwaardige
    gelost geluidsoverlast gelul gemaal gemachtigd gemaild gemak gemakkelijkst gemarteld gemeen
    gemeenschappen gemeld gemengd gemeten gemiddeld gemis gemoeten gemogen gen genadeloos genadeslag
    genant geneesmiddelen generatie genetisch genezen genocide genoegzaam genomineerd genoteerd
    genoten geografisch geopereerd geopolitiek geopolitieke gepasseerd gepest gepiept gepind geplakt
    geplant gepleit geprikt geprocedeerd geprotesteerd ger geraak gerechtigheid gerefereerd geregend
    gerekend gerelateerde gereserveerd geriatrie gerief gerold geruild gesaneerd gescand gescheurd
    geschil geschilderd geschoren geschoten geschrokken geselecteerd geslapen gesleept geslikt
    geslopen gesmolten gesnoeid gespecialiseerd gespecificeerd gesprongen gestaan gestapt gestikt
    gestrand gestrande gestreefd getal geteld getikt getoetst getrapt getwijfeld gevaarlijker
    gevarieerde gevat geveegd gevel geverfd gevierd gevlogen gevoed gevoegd gevoeld gevormd gewag
    gewelddadig gewenst geweten gewijd gewisseld gewogen gewond gewonden gewoonzielig gezegevierd
    gezelschap gezonder gezwegen gids gieren gietende gieter gift gigantisch gigantische gillen
    gillend gilt ginds gips giro gitarist gitzwarte glad gladde glasscherf glasvezel glazen gleuf
    glijbaan glimlach gloed gluten goddank godver goeddeels goederen goedkoopste goedkoper
    goedkopere goei goeie goeiedag goeiemiddag goeiemorgen goeienavond goeiendag goh gok gokken
    golven gooi gooit goot gootsteen gordel gordijn goudvis gozer graafmachine graanprijzen graf
    granten grap grapje grappig graven grensarbeiders griep griepprik griffie griffier grijp
    groeiend groeiende groener groente groeten groette grof grofvuil grondslagen grondwettelijk
    grootouders grootschalige grootse grootst gunst gymnaste haal haarke haat haatb haatbaard
    haatbaarden haatvol hagel haha hal halal halfuur halfuurke hals halverwege hamburger handcreme
    handeling handschoenen handtas handvat hang hanteert hardloper hardop harmonisering
    hartkloppingen hartstikke hartstilstand hartverzakking hat hata hatelijk havo headset heelhuids
    heffing heg heikele heilige hekel hel held helden help hemd her herdenken herhaal herhaaldelijk
    herhaalrecept herinnerd herkansing herkauwers herken herkende herrie herschikking hersenbloeding
    hersenloos hersens hersenschim herstellen hersteller hervormen heup heus hiaat hiaten hielp
    hierarchisch hierna hierom hiertegenover hijgen hindernis hindernissen hinderpalen hmoseksuele
    hoekje hoeksteen hoelang hoentje hoer hoeren hoest hoesten hokje hokjes homeopathie homoseksuele
    homoseksuelen hondenmand honkbalknuppel hoofdboeker hoofddoek hoofdredacteur hoogst hoogstens
    hoogtevrees hooguit hoorbaar hoorntje hopelijk horendol horizontale horloge hostel hot houder
    huid huil huilen huilende huisartsenpost huisnummers huizeke huls huren hut huur huurauto
    huurder huurders huurdersnummer huurreglement huwelijk huwelijksreis hygiene ibuprofen ict ideal
    ietwat ijsberen ikzelf illegale imago imm immens immer immigrant immigranten immigrnt immorele
    immuun implementatie inademt inadequaat inbegrepen inboedel inbreker inbrengen inchecken
    inclusief inclusiever incongruentie inconsequent indeling indertijd indicatie indicator indienen
    indirect inentingen inert infesteren influencer info informeren infuus ingebroken ingecheckt
    ingedrukt ingekort ingeleverd ingelicht ingenieus ingepakt ingeschreven ingeslagen ingeslapen
    ingeslikt ingespannen ingesproken ingestapt ingetikt ingetoetst ingevuld ingezien ingezonden
    ingreep inhaken inhalen inheemse inherent inkom inkopen inleiding inleveren inlijsten inloggen
    inloopspreekuur inmenging inneemt innerlijke innige inpakken inplannen inschakelen inschrijven
    inschrijving insect inspecteur inspraak installateur installeren instandhouding instappen
    insteek insuline intake integreren intellectueel intelligent intelligenter intelligentie intens
    intensieve intensive interculturele interesseert interesseren intern interventies interview
    interviewen intolerantie intrekken intrekking invasie investeerders invoegen invoer invordering
    invullen inzit iphone irrationeel irrelevant irritant irritante irriteert irriteren islamitische
    isolatie isolement item itsme jaarafrekening janken jargon jarig jassen jee jeetje jeugdherberg
    jeuk joden joh jongens journaal journalist journalistiek jubileum judo juf juffrouw juistheid
    jurist jury kaarsen kaarsjes kabaal kabinet kaft kakkerlakken kale kalf kaliumnitraat kalm
    kalmte kamelenn kamelenneuker kamelenneukers kanjer kank kankergezwel kankre kankrgezwel kannen
    kansenp kansenparel kansenparels kantonrechter kap kapitein karaoke karate karreke karton kas
    kassabon kasseien kassierster kathedraal kauwgom kebab keel kelen kenmerk kennisgeving kenteken
    ker kerel kerf kerkhof kermis ket keukenrol keurig keuring kieken kier kies kiespijn kiezer
    kijker kilowattuur kinder kinderachtig kinderarbeid kinderbedje kinderkamer kinderopvang kinders
    kindersterfte kindertijd kine kipfilet kippenvel kistje kker klaag klaagt klaarblijkelijk
    klachtendienst klappen klavertje kleding kleedje kleedkamer kleinste klemtoon klep klepke klere
    kleumen kleurpotloden kleuter kleuterklas kleuters klik klikken kliko klikt klikte kliniek klink
    klinken klootzak klootzakken klote klotemodem kloten kluis klussen knaagt knal knap knelpunt
    knijpen knikken knikkende knip knker knok knop knopje knopke knoppen knuffel knuffelen koekje
    koekjes koel koeling koerier koevoet kogel koloniale konijn kooien kook kookplaat kookt koolstof
    koolstofdioxide koop koopwaar koor koper kopie koppel koppelen koppeling koptelefoon kortaf
    korter kortere kortsluiting kostuum kot kousen kozijnen kraakt kraakte kraamafdeling
    kraantjeswater kraken kras krasje krassen krat kreng kreupele kreupelen krijsen kroeg kroket
    krom kromme kronkelde kroop krop kruiken kruipen kruis kruisen kruispunt kus kust kut kutwijf
    kutzooi kwaal kwadraat kwali kwalificatie kwalificaties kwalijker kwantitatief kwantiteit
    kwartaal kwartier kwartiertje kwast kwetsend kwijtschelding laadpaal laadt laakbaar laarzen
    laatst lab label labo lach lachwekkend lactose ladder lader lammetjes lampke lamzak landelijk
    langzame langzamerhand lantaarnpaal lap lappendeken laptoptas lasagne lauweren lawijt leaseauto
    least leef leefde leefgeld leefloon leenauto leerden leerjaar leerling leerlingen leesbaar
    leeuwen legale legende leges legionella legitimatie leidde leidend leider leidinggevende lek
    leken lekkend lekkende lekkernijen lenen lens lepels leraar lerares lesuur letselschade leugen
    leugenaar leuker leuning lever leverancier leveranciers levns lezer lezers lezersservice
    liberaal licentie licenties lichter lichtvaardig lidnummer lied lief liefdadigheid liegt lieverd
    lig lijdne lijf lijk lijm limiet limieten ling linies link linkerschoenen lint lintje lip lippen
    lippenstift lis listeria live living llukoek locatie locatiemanager logistiek logo loket
    loketten lol lompe lonen longarts loodsen loon loonkloof loonstrook loopgraven lopend
    losgeschoten loslaat losse lotnummer lovenswaardig luchtballon luchthavens luchting lucifer
    luiers lul lulkoek lunch lunchen luxe m'n maag maaltijden maat maatstaven machinist machinisten
    machteloos machtiging madam madame maden magazijn magazijnchef magnetron mailbox makak mam
    management managen mand mandaten manifest maning mank mankeert manneke mannelijk mannetje mantel
    mantelzorger manw manwijf manwijven map mapje maretlen mariene marktordening martelen masker
    massaal mat match mateloos materiaal matrassen maximaal mechanische medeplichtig medewerker
    medezeggenschap medicatie medisch mediterrane meebrengen meedenken meedenkt meegedeeld
    meegekregen meegepakt meegeven meegewerkt meekijken meekijkt meelevend meeluisteren meeneemt
    meenemen meent meepakken meepraten meerijden meerkeuzevragen meertalig meevalt meid meiske
    mekaar mel meld melder meldpunt meldt menigte mensenlevens mensheid mentor mer merg merkbaar
    merkwaardige metaal meteropname meterstanden meting meubelmaker mezelf micro microgolfoven
    microscoop middelbaar middelbare middernacht migreren mijlpaal mijzelf milie milligram
    millimeter milliseconden minachting minchting minimale minimum minimuminkomen miserie misgaan
    misgelopen mishandelen misleid misplaatst misselijk misselijkmakend misstand mobib mobiliseren
    modder mode module moedeloos moedig moedige moeilijkheid mojito mollen momentum mondige mongolen
    mongool monsieur montage monteren montuur moogt mooier moordenaar moordenaars moordwapen mor
    morgana morsdood moseksuelen motief motivatie motivering motorblok muilezel muizen
    multinationals museum musical muts mutsje mutsjes mutualiteit muziekske mysterieus naad
    nabestaanden nachtbus nachtkastje nadelig nadien nagegaan nagekeken naheffing najaar nakijken
    nalatenschap nanotechnologie nare nature natuurrampen natuurwet nauwkeuriger nauwlettend
    navigeren navolging navragen nazien nazisme ndicapten neergeschoten neerschieten neerst
    negentiende neger negers nek nekken netbeheerder netelige netto neven ngool nieuwsgierig niezen
    nihil niknok niknokken nippertje nobel nodeloos noen nonkel noodlanding noopt noordoosten not
    notaris noteer noteert noten notendop notenvrije notitie nsgenders nuchter num nummerplaat ober
    obesitas object objectieve obstructie och ocharme octrooieerbaar oef oei off offerte offline
    oftewel ogenblikken oldtimer olifant oma's omboeken ombuds ombudsdienst ombudspersoon
    ombudsvrouw omelet omgaat omgang omgeboekt omgedraaid omgegaan omhelzen omissie omkeren omkering
    omringd omschrijven omslag omvormer omzet omzichtig onaangename onaantastbaar onbehagen onbenul
    onbeperkt onbereikbaar onbeschaafd onbeschafad ondanks onderaan onderbouwd onderbreking
    onderhandelaars onderhandeling onderhavig onderin onderliggende ondernemers onderop
    onderscheiding onderschrijf ondersteboven ondersteunt ondertekent ondertiteling onderuit
    onderwijs onderworpen ondiepe ondoordacht oneven ongeacht ongedaan ongedierte ongehoord ongekend
    ongekende ongemak ongepast ongeschikt ongewenst ongezond onhaalbare onherroepelijk onkruid
    onmenselijke onmetelijk onnauwkeurig onnoemelijk onnozel onnozelaar onnozele onomkeerbaar
    onopgeloste onrecht onrechte onrechtmatig onrustbarend onschuldig ontbijtgranen ontbrak
    ontbroken ontbundeling ontdekken ontdoen ontduiken onthuld ontkend ontkiemt ontkomen ontlopen
    ontmenselijkend ontmoedigend ontmoet ontmoeten ontmoeting ontnemen ontnomen ontploffen ontploft
    ontruimd ontruimen ontsnappen ontsnapt ontsporing ontsteken ontstoken onttrekken ontvanger
    ontvangt ontworpen onverbiddelijk onverenigbaar onverschillig onvoorziene onweer onwetend
    onwetned onwettig onzerzijds oogarts oogwenk oordopjes oorspronkelijk opblazen opdagen opeens
    opeisen operationele opeten opgaan opgedaan opgegeten opgegeven opgegroeid opgehaald opgeleide
    opgelicht opgelucht opgemaakt opgemerkt opgerot opgeschreven opgesloten opgestapt opgestart
    opgestuurd opgevangen opgewekt opgezocht opgezwollen ophaal ophaalt ophoesten opkijken opkomen
    opkomt opladen oplevert oplezen oplichten oplichter oplichters oplichting opluchting opname
    opneemt opnemen oppas opportunisme oprotten opschrijft opschrijven opschuiven opslag
    opslagruimte opstaan opstel opstelling opstopping opsturen opt optellen opvatten opvoeding
    opvolging opvragen opzeg opzegtermijn opzichter order ordernummer originaliteit orkest
    orthodontist orthopedie oudste ouwe overblijfsel overboeking overdag overdracht overdrijving
    overeenkomstig overgedragen overgestapt overleefd overlijdensakte overste overtuigender overval
    overweeg overzicht ozonlaag paardenstaart paasvakantie paddenstoelen paintball pakbon pakking
    pakske pakskes pal paleis palet pand panelen panfluit panne pannenkoeken pantoffels pap papa
    papegaai papierbak paracetamol parasiet parasieten pardon pariteit parkeergarage parkeerkaart
    parkeerplaats parkeerterrein parkeerticket parkeren parkiet parking parlementair parlementariers
    parochie parochiezaal particuliere pasfoto pasnummer passiviteit patat paters pauzeren
    pechstrook pee peil peins peinzen pen perron persbericht persberichten persbureau persdienst
    perskaarten perslijn persvoorlichter persvrijheid pertinent pertinente pest pesten pesticiden
    pesto petekind petje peuter peuterbad peuteren pfas pff pfff phishing piek piekeren piep piepen
    piepje piept piepte pijnstiller pijplijn pik pikken pil pillen pilletje piloot pils pin pinda
    pindakaas pinnen pint pintjes pissig pistolets pizza's plaat plaatje plaatselijk plaatske plaga
    plak plakken plakt planner plas plassen plastic plastieken plat platform pleegt plegen pleister
    plekke plezant plezier plint ploegbaas ploegendienst plofte plots plotseling pluralisme podcast
    poeh poes poets poetsvrouw poging poli polikliniek polissen politicus politieman pollen pols
    pomp pompstation pond ponsplaatje poortje populairste populisme portaal portefeuille portemonnee
    portiek porties postbode postbus poster posteriori posters postvak poten potentieel potlood
    potten potverdorie precair prefereren preselectie presenteren prettig prettige priester prik
    prikkel prikken primitieve print priori prioritair pro probleemloos procederen producer proefrit
    professor proficiat profielwerkstuk profiteur prooi propaganda proper proportie protocol
    protonen provocaties prullenbak prutsen prutser prutsers psychologe psychologische puberaal
    publicatie publiceer publiceren puffer puin push put putten pyjama quaestoren quiz raadpleging
    raadsman raak raampje raar racisme racistisch raden radiator radicaal radicale radicalisering
    rail raming rand randje rap rapen rapporteer rat rationeel ratten rauw razend reageert recensie
    recensies recessie rechtbanken rechtop rechtse rechtsgrondslag rechtuit rechtvaardiger
    rechtvaardiging rectificatie red redacteur redactie reddingsboei reflectie refter regenwoud
    regionalisering regisseur register registratie registreren reglement regulator reguleren reiken
    reisassistentie reisleider reisplanner reiziger reizigers rek reken rekenhulp rekeninghouder
    rekenschap rekent rekje rekken rel relatieve religieus reling rem remedie remgeld remmen remt
    ren rendabiliteit rendement renden rent rente repareren reportage reporter reputatie resolute
    respectievelijk resteren retourlabel reuma reuze review rgezwel riekt riep rig rijbewijzen rijd
    rillen rit ritten roaming robot rode roetmop roetmoppen rok rollator rollen rolluiken rolstoel
    roltrap romp rompertjes rondgezworven rondom ronduit rooie rooster roosters rot rotbek rotonde
    rotsen rotstreek rotte rotten rottig rotzakken rouw rouwadvertentie rouwen rrijker rte rubriek
    rugby ruik ruikt ruilen ruimschoots ruineren ruines ruit ruitenwasser rule ruw ruwbouw sacoche
    salaris salarissen saldo salmonella saluut sambal samenhangend samenvatten samenwonen samenwoont
    sarcastisch sauna saus scan scanner scene schaadt schaafwond schaam schaamt schaarse schaatsbaan
    schadeaangifte schaduw schakel schakelaar schap schapen schappen scharnieren schat schattig
    schatting scheef scheelde scheelt scheepsrecht scheerde scheiding scheld schelden scheldt
    scheldwoord scheldwoorden schelen schema schenkt schering schermpje scherven schetst scheur
    scheve schier schiereiland schijf schijfke schikken schikt schimmel schitterend schizofrene
    schoft schoften schofterig schold schoner schoonheid schoonouders schoonste schoonzus
    schoorsteen schrap schreef schreeuw schreeuwde schreeuwen schreeuwt schreven schrift schriftje
    schrijf schrijft schrikbarend schrikken schroef schroeven schrok schuif schuil schuingedrukt
    schuiven schuldenlast schuldsanering schutting schuur schuw schuwd scoorde scouts screenshots
    script scriptie second seconde secretariaat secretaris sectorale secundair secundaire sedert
    seks selectie separatisme serre server servies sexy shaken shift shit showroom sier sigaret sim
    simkaart simulatie simulaties sinaasappelsap sine sinecure siroop sisser site sjaal sjouwen
    skateboard ski sla slaapkamers slachten slagroom slakken slang slapeloze sleep sleepte
    sleepwagen slepen slet sletten sleutelgat sleutelrol slijptol slikken slikt slimme slimmer
    slingerde slingers sloep slokje sloop sloopt sloot slopend slordig slotenmaker sluiting smaak
    smaakt smakelijk smeerlap smerig smijt smijten sms snappen snars sneed sneeuw sneu snijden
    snoeien snoer snotneus snotteren social socialist sodomi sodomiet sodomieten soep soepel soldaat
    solden solide sollicitaties solliciteer somber sommen sondevoeding soortgelijke sorteren sory
    spaargeld spaarrekening spaart spam spannend spanning sparen speaker specialist specialiteit
    spectrum speech spek spelfouten spijtig splinter spoedeisende spoedpost spook spoorwegsysteem
    sportief spraak spraakassistent spreektijden spreekuur spreiden sprek spring springen springt
    sprookjes spugen spuit spuiten squash staar staarde stage stagiair stagiaire staking stalen
    stamboom stamcellen standaardbeleid standaardbrief stapel stapelbed staren statistiek stedelijk
    steeg steekhoudend steenkool steentje steiger stelletje stelligste stelselmatig stemmetje
    stempas stempel step ster sterf sterft sterkste sterretjes stevig stewardess stickers stiefbroer
    stiefmoeder stiekem stiel stierf stijl stilgestaan stilzwijgend stinkt sto stoep stoeptegel
    stoeptegels stoer stofzuigen stofzuiger stom stookt stop stopbord stopcontact stoppelbaard
    stopzetten storen storneren stort stortplaats story stottert straaljager straffen straffer
    strafpleiter strak stralen straling streefdatum streek streep streepke stref strepen strik
    strikter stripfiguur stripverhaal stromende stroming strooide struikelde studeer studeert
    studententarief studio stukskes succesrijke suf sufferd suggereren sukkel sukkelaar supervisor
    sushi symbolen symbolische sympathiek synagoge synchroniseren syndicus systematische taalversies
    tachtigste tactische takeldienst takelwagen takken talenknobbel talenonderwijs tampons
    tandwieltje tanken tankstation tante tape tarief tas tasje tasten taxatie taxi teamchef
    teamleider teckel teef teen teentjes tegel tegemoetkoming tegenaan tegengestelde tegenkom
    tegenop tegenstellingen tegenvaller tegenvallers tegoed tegoedbon teit tekening tekeningen
    tektonische tel telde telefoneert telefonisch telefonische telen teller tentamen tentamens
    tenzij tering teringlijer teringlijers terminis terminologie terreur terroristische
    terugroepactie terugtrekking terugverwijzing terugwerkende testament testerven testmethodes teur
    teven tevredenheid teweeggebracht textiel tezamen the theoretisch therapeut thermiek thesis
    thinking thuisverpleging tientallen tier tijdvak tik tikken til tillen tip tiramisu
    titanenstrijd titularis tmop toedracht toegekomen toegeslagen toegezegd toekijken toeleggen
    toenaam toename toeren toernooi toeslag toespitsen toestellen toestromen toetredende toets
    toetsen toevallig toewijzing toezegging toezeggingen toezichthouder toezichthouders tof toga
    tolerantie tolk tomatensoep toneel tong toog toon toonde toppen totdat touw toxisch trace track
    tractor traditionele trainer training traject traktatie trakteer tram trampoline tranen trans
    transfer transgender transgenders transmissie transnationale transporten transportsector trant
    trapgat trede treed trekker triagist triestig tril trilde trillen trnsgender troela trommel
    troost tros trouwboekje trui trut trutje tten tube tuchtcollege turk turnles tussenuit tuurde
    twaalven tweedeling tweeerlei tweeling tweetalig twintigste twisten twistpunt typ typerend
    tzakken uitbetalen uitbetaling uitbraak uitbreiden uitbuiten uitbundig uitchecken uitdelen
    uitdiepen uitdragen uitga uitgebouwd uitgebroken uitgedroogd uitgehouwen uitgekeerd uitgekeken
    uitgekozen uitgemaakt uitgepakt uitgepraat uitgeput uitgerekend uitgeroeid uitgescholden
    uitgeschreven uitgestapt uitgever uitgezocht uitkeren uitkering uitkomen uitkomt uitlaten
    uitmaakt uitpakken uitpraten uitputtend uitrekenen uitroeien uitroepteken uitschelden uitschot
    uitsluiten uitstaan uittreksel uitvalt uitvechten uitverkocht uitvluchten uitvoerbaar
    uitwerpselen uitzending uitzetten uitzichtloos uitziet uitzoeken uitzonderlijk uker ulder ulle
    unanimiteit unilaterale update upele upload uranium urgente urgentie utopie uurke uurwerk uzelf
    vacature vacatures vacht vakbond vakken vakman vakmensen valpartijen valpreventie valse
    valsemunterij vandaar vangrail vanille variatie varieren varken varkensgelatine vastgelegde
    vastgezeten vatbaar vecht vechten vee veelomvattend veelzeggend veelzijdig veelzijdige veer
    veerboot veertigste veeteelt veevoer vegan vegetarisch vegetarische veiligheidsman vel velo
    venster vent ventilator ventje veracht verachtelijk verafschuw veranda verander verarmd verbaal
    verbannen verbazend verbazing verbergen verbetert verbijstert verbind verbinden verbindt
    verbintenis verbintenissen verblijf verbouwing verbreden verbreek verbruik verbruiken verbruikt
    verchtelijk verdacht verdachte verdeeldheid verdeelt verdergaande verderop verdiep verdiepen
    verdoezelen verdomd verdomde verdrinken verdronken verduidelijking verdwaalt vereenvoudigd
    verenigt verergeren verf verfrissend vergaat vergaderd vergadert vergeefs vergemakkelijkt vergis
    vergist vergoed vergoeden vergrijst vergunning verhalen verheug verheven verhoging verholpen
    verhuis verhuist verhullen verhuurd verifieren verkeren verkiezen verkleinen verkleint verkleumd
    verkouden verkozen verkracht verkrachten verlagen verlaging verlanglijstje verlangt verleiding
    verleng verlengd verlengen verlof verlost verluidt vermiste vermoed vermoedelijk vermoeden
    vermoedens vermoeiend vermorden vernederd vernederend verneukt vernield vernieuwd vernieuwende
    vernieuwing vernomen vernuekt verongelukt veroordeling verplaatsen verplaatst verpleeg
    verpleeghuis verpleegkundige verpleger verpleging verpletterend verrast verrukkelijk verschieten
    verschijnen verschoten verse verslaafd verslaggever verslavend verslaving verslechteren versneld
    versnellen versnellingsbak verspreiding versta verstaat verstand verstond verstoord verstoort
    verstrekkende verstrekt verstrooid verstuikte versturen verstuurd vertalen vertolking vertonen
    vertrokken vertrouw vertrouwelijk vertrouwt veruit verval vervaldatum vervalst vervalt vervanger
    vervangster vervangwagen verveeld verven verversen vervoerder verwachting verward verwelkom
    verwerken verwerpelijk verwerping verwerven verweven verwijs verwijsbrief verwijt verwijzing
    verwisseld verwittig verwittigd verwittigen verwittiging verwoesting verwoord verzamelen
    verzamelt verzekeraar verzekeraars verzendbewijs verzinnen verzorg verzorgd verzorgen verzorging
    verzuren verzwijgen vestiging vestje vet veters veto vetorecht vettige vicieuze vies vieze
    vijftiende vijftigplussers vijftigste vijven vijver villa vinkje viraal viral visum vitamine
    vitamines vla vlakbij vlammen vlekken vleugel vliegende vlijt vloeit vloek vloeken vloerkleed
    vlogger vloog vluchtstrook vocht vochtig voeder voer voetballen voetbalploeg voetpad voicemail
    voila voldoet voldongen volg volgers volhouden volkslied volleybal volmacht volmachten volste
    voltallige voluit vonkt vooraf voorbeeldige voorbehouden voorbereiden voordracht voorgaande
    voorgelegde voorgespiegeld voorkeuren voorletters voorlichter voornoemde vooroordelen voorouders
    voorschieten voorschrift voorspelling voortbestaan voortduren voortgang voortouw voortzetten
    vooruitziend voorval voorwaardelijk voorzitster vordering vordert vorming voucher vrachtschip
    vreedzaam vreet vreten vriendinnen vriendinnetje vriest vriezer vrijgelaten vrijgezellen
    vrijwilliger vrijwilligers vrouwelijk vrouwelijke vrow vuiligheid vuilnisbelt vuist vuistregel
    vul vulde vulkaan vullen vult waadr waaien waait waarachtig waardebon waardeloos waarderen
    waardevoller waarnemer waarschuw wachtmuziekje wachtploeg wachttijden wafelijzer wafels wagon
    walg walgelijk walgenorm walgt wandel wang wanhoop wanverhouding wapen warmtepomp washok wasmand
    wassen waterkoker waterschap watertanden webwinkel wederhoor weegschaal weegt weekske weeral
    weerspiegeling weerzinwekkend weerzinwekkende wegdoen weggaat weggegaan weggegooid weggehaald
    weggelopen weggestuurd weggooien weggooit weghalen wegkomen wegrijden wegvallen wegvalt
    wegvervoer wegzetten weigerde weigeren weigering weigert weiland wekelijks wekker welbekend
    weldoordacht weleens welgemeende welgevallen welzijn wenen wenkbrauwen wennen wereldbol
    wereldtoneel werkdag werkgever werkgevers werkster werktijden werkzame werpt wesp wetboek
    wetenschapper wetgever wethouder wetstekst wettelijk wetteren whisky wiegje wiel wielen wieltje
    wiens wijdverspreid wijf wijnbouwers wijsheid wijzer wikkelde wild wildvreemde win windows
    windstreken winterbanden winters wintersport winterweer wishful wiskunde wissel wisselen
    wisselend wissels wisselstoring witboek wlag woede woedend woedt woest wolk woordvoerder
    woordvoerster worstelen wrang wreed wreedheid wrugen wurgen yoghurt z'n zaakvoerder zadel zakken
    zanger zaterdagbijlage zebrapad zeevaart zeezicht zegevieren zeggenschap zeil zeilboot zeilen
    zekering zeldzaam zelfdoding zelfstandig zelfstandige zelfstandigheid zelfvoldaanheid zenden
    zending zendingen zenuwen zessen zeur zeuren zeventiende ziekenfonds ziekenkas ziekenwagen
    ziektes ziel zielig zijkant zijner zijnongedierte zike zilver zilveren zingen zingt zoden zodra
    zoen zoenen zogenaamd zolang zong zonlicht zonnebril zonneklaar zonnepanelen zonnetje zoogdieren
    zool zoom zopas zot zoudt zoveelste zowat zuinig zulen zulk zumba zuster zusters zuur zwaaide
    zwaaien zwaait zwaarste zwakkere zwakste zweer zweert zweet zwemles zwerfvuil zweten zwijg
    zwijgt zwijnen zwoegen zwommen zwrt
    """.split()
)
