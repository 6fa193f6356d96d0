"""Invented people: names and streets to put together at random."""

FIRST = (
    "Jan Piet Marieke Fatima Mohamed Ayse Sanne Joris Femke Bram Lotte Wout Thijs Naima Rachid Els "
    "Griet Koen Veerle Dirk Ingrid Henk Truus Gerda Ruben Noor Emma Daan Lieke Youssef Samira Kees "
    "Anneke Wim Joke Bart Hilde Karim Esra Mehmet Priya Soraya Winston Chantal Patrick Monique"
).split()

LAST = (
    *"Jansen Bakker Visser Smit Mulder Bos Vos Peters Hendriks Dekker Brouwer Koster".split(),
    *"Peeters Janssens Maes Claes Wouters Goossens Mertens Aerts Hermans Verstraete".split(),
    *"Yilmaz Kaya Demir Amrani Bouzid Haddad Ramdin Kartosen Nguyen Kowalski Silva Postma".split(),
    *"Hoekstra Terpstra Dijkstra Zijlstra Scholten Schouten Kuipers Veenstra Molenaar".split(),
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
)

STREETS = (
    *"Kerkstraat Dorpsstraat Beukenlaan Molenweg Stationsstraat Schoolstraat Julianalaan".split(),
    *"Prinsengracht Nieuwstraat Lindelaan Wilhelminastraat Havenkade Veldstraat".split(),
    *"Kloosterstraat Populierenlaan Oranjesingel Bosweg Marktplein Zonnedijk Akkerweg".split(),
    *"Brusselsesteenweg Meirstraat Ridderlei Tulpstraat Vogelplantsoen Eikenhof".split(),
    "Burgemeester Janssenlaan",
    "Prins Hendrikkade",
    "Graaf Florisstraat",
    "Sint Jansstraat",
)

TOWNS = (
    "Nijmegen Utrecht Gent Antwerpen Leuven Zwolle Breda Tilburg Hasselt Assen Delft Gouda "
    "Kortrijk Amersfoort Groningen Mechelen Apeldoorn Zaandam"
).split()
