"""Invented people: names and streets to put together at random."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """What details of people are put together from."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]


PEOPLE = People(
    first=tuple(
        "Jan Piet Marieke Fatima Mohamed Ayse Sanne Joris Femke Bram Lotte Wout Thijs Naima "
        "Rachid Els Griet Koen Veerle Dirk Ingrid Henk Truus Gerda Ruben Noor Emma Daan Lieke "
        "Youssef Samira Kees Anneke Wim Joke Bart Hilde Karim Esra Mehmet Priya Soraya Winston "
        "Chantal Patrick Monique".split()
    ),
    last=(
        *"Jansen Bakker Visser Smit Mulder Bos Vos Peters Hendriks Dekker Brouwer".split(),
        *"Koster Peeters Janssens Maes Claes Wouters Goossens Mertens Aerts Hermans".split(),
        *"Verstraete Yilmaz Kaya Demir Amrani Bouzid Haddad Ramdin Kartosen Nguyen".split(),
        *"Kowalski Silva Postma Hoekstra Terpstra Dijkstra Zijlstra Scholten Schouten".split(),
        *"Kuipers Veenstra Molenaar".split(),
        "de Vries",
        "de Boer",
        "van Dijk",
        "van den Berg",
        "van der Meer",
        "de Wit",
        "van Loon",
        "ter Haar",
        "van de Ven",
        "De Smet",
        "Van Damme",
        "De Clercq",
        "el Idrissi",
        "van 't Hof",
    ),
    streets=(
        *"Kerkstraat Dorpsstraat Beukenlaan Molenweg Stationsstraat Schoolstraat".split(),
        *"Julianalaan Prinsengracht Nieuwstraat Lindelaan Wilhelminastraat Havenkade".split(),
        *"Veldstraat Kloosterstraat Populierenlaan Oranjesingel Bosweg Marktplein".split(),
        *"Zonnedijk Akkerweg Brusselsesteenweg Meirstraat Ridderlei Tulpstraat".split(),
        *"Vogelplantsoen Eikenhof".split(),
        "Burgemeester Janssenlaan",
        "Prins Hendrikkade",
        "Graaf Florisstraat",
        "Sint Jansstraat",
    ),
    towns=tuple(
        "Nijmegen Utrecht Gent Antwerpen Leuven Zwolle Breda Tilburg Hasselt Assen Delft Gouda "
        "Kortrijk Amersfoort Groningen Mechelen Apeldoorn Zaandam".split()
    ),
)
"""Those of development, and of the first test."""

OTHERS = People(
    first=tuple(
        "Wilma Gerrit Hanneke Sjoerd Marloes Teun Yvonne Ronald Jasmijn Pepijn Corrie Arie Nadia "
        "Hassan Fenna Jelle Godelieve Luc Katrien Stijn Annelies Geert Mieke Tariq Zeynep Olga "
        "Ricardo Shanti Dennis Petra Marcel Trudy".split()
    ),
    last=(
        *"Kok Dekkers Willems Martens Timmermans Schipper Groen Hofman Evers Kramer Blom".split(),
        *"Sanders Prins Huisman Koopman Lambrechts Desmet Claeys Baert Segers Thijs Jacobs".split(),
        *"Aydin Ozturk Benali Chaoui Sewnarain Pinas Tran Nowak Ferreira Bosma Wiersma".split(),
        *"Feenstra Sikkema Rietveld Versteeg Oosterhuis Kamphuis".split(),
        "de Jong",
        "de Groot",
        "van Leeuwen",
        "van den Heuvel",
        "van der Linden",
        "de Bruin",
        "van Beek",
        "ten Brink",
        "van de Velde",
        "De Backer",
        "Van Hecke",
        "el Ouali",
    ),
    streets=(
        *"Kastanjelaan Hoofdstraat Eikenlaan Parkweg Emmastraat Raadhuisstraat Irenelaan".split(),
        *"Herengracht Bergweg Acacialaan Beatrixstraat Spoorkade Industrieweg Kapelstraat".split(),
        *"Wilgenlaan Vondelstraat Zuidsingel Heideweg Raadhuisplein Maasdijk Weidestraat".split(),
        *"Antwerpsesteenweg Leopoldlei Rozenstraat Lijsterlaan Meidoornhof".split(),
        "Pastoor Vermeulenstraat",
        "Prinses Margrietlaan",
        "Van Goghstraat",
        "Oude Rijksweg",
    ),
    towns=tuple(
        "Haarlem Eindhoven Arnhem Deventer Brugge Oostende Genk Roosendaal Hoorn Emmen Venlo "
        "Sittard Aalst Turnhout Dordrecht Leiden Hilversum Middelburg".split()
    ),
)
"""Whom no line of development was spoken with."""

STRANGERS = People(
    first=tuple(
        "Bianca Cor Mustafa Tineke Roel Saskia Jeroen Latifa Maarten Ilse Hakim Nele Wouter Gonda "
        "Emre Carla Sven Mirjam Abdel Greet Floris Ans Rik Jolanda Omar Marijke".split()
    ),
    last=(
        *"Verhoeven Schouwenaar Pauwels Kuijper Brands Lammers Michiels Nijhof Rombouts".split(),
        *"Tuinstra Hagen Polat Mansouri Jongsma Cools Vermeer Wolters Gerritsen Sahin".split(),
        *"Lemmens Bouma Achterberg Steenbergen Driessen Nauta Moens Ruiter".split(),
        "de Haan",
        "van Vliet",
        "van der Wal",
        "De Pauw",
        "van den Bosch",
        "el Amri",
        "de Koning",
    ),
    streets=(
        *"Esdoornlaan Marktstraat Merelweg Vaartstraat Bernhardlaan Hazelaarstraat".split(),
        *"Singelstraat Koningsplein Rijnkade Lavendelstraat Kasteeldreef Iepenlaan".split(),
        *"Noorderdijk Violierstraat Torenstraat Gentsesteenweg Sportlaan Elzenhof".split(),
        "Professor Huygenslaan",
        "Lange Molenstraat",
        "Rubensstraat",
    ),
    towns=tuple("Alkmaar Enschede Maastricht Sint-Niklaas Lier Heerlen Zutphen Ieper Goes".split()),
)
"""Those of the last lines of development."""
