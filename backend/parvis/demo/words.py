"""The lists that the people of Valorne are made of. Everything here is invented."""

from collections.abc import Mapping, Sequence

GIVEN_NAMES: Sequence[str] = (
    *("Adèle", "Adrien", "Aïcha", "Alban", "Alice", "Aminata", "Anaïs", "Antoine", "Armelle", "Arthur", "Aurélie"),
    *("Bastien", "Baya", "Benoît", "Bérénice", "Camille", "Capucine", "Cédric", "Céline", "Charlotte", "Chloé"),
    *("Claire", "Clément", "Coline", "Damien", "Daphné", "David", "Diane", "Djibril", "Éléonore", "Élise", "Élodie"),
    *("Émile", "Emma", "Enzo", "Ewen", "Fanny", "Farid", "Fatou", "Félix", "Flore", "Florent", "Gabriel", "Gaëlle"),
    *("Gaspard", "Guillaume", "Hanna", "Hélène", "Hippolyte", "Hugo", "Ibrahim", "Inès", "Iris", "Ismaël", "Jade"),
    *("Jeanne", "Jérémy", "Joseph", "Judith", "Jules", "Julie", "Kenza", "Khadija", "Laure", "Léa", "Léonie", "Lila"),
    *("Lou", "Louis", "Louise", "Lucas", "Lucie", "Maël", "Maïwenn", "Malik", "Manon", "Marius", "Martin", "Mathilde"),
    *("Maxime", "Mehdi", "Mélanie", "Mohamed", "Morgane", "Myriam", "Naïm", "Nathan", "Nina", "Noé", "Nora", "Océane"),
    *("Octave", "Olivia", "Oscar", "Pauline", "Perrine", "Quentin", "Rachel", "Raphaël", "Rayan", "Romane", "Rose"),
    *("Sacha", "Salomé", "Samuel", "Sarah", "Simon", "Sofia", "Solène", "Sven", "Tanguy", "Théo", "Thomas", "Tiphaine"),
    *("Ulysse", "Valentine", "Victor", "Violette", "Wassim", "Xavier", "Yann", "Yasmine", "Youssef", "Zélie", "Zoé"),
)
FAMILY_NAMES: Sequence[str] = (
    *("Abadie", "Achour", "Aubry", "Bachelet", "Barbier", "Baudry", "Belkacem", "Berthelot", "Blanchard", "Bonnet"),
    *("Boucher", "Bourdin", "Bréhat", "Carpentier", "Castel", "Chevalier", "Cissé", "Collin", "Cordier", "Coulibaly"),
    *("Da Silva", "Delattre", "Delmas", "Diallo", "Dubreuil", "Dufour", "Dumas", "Dupré", "Escoffier", "Estève"),
    *("Fabre", "Faure", "Ferrand", "Ferreira", "Fontaine", "Fournier", "Gaillard", "Garnier", "Gauthier", "Gérard"),
    *("Girard", "Guérin", "Haddad", "Hamon", "Hervé", "Hoarau", "Huet", "Jacquet", "Joly", "Jourdan", "Kaya", "Keita"),
    *("Kerbrat", "Klein", "Lacroix", "Lambert", "Langlois", "Le Bihan", "Le Goff", "Lebrun", "Lefort", "Leroux"),
    *("Lopez", "Mahé", "Maillard", "Mallet", "Marchand", "Martel", "Masson", "Mercier", "Meunier", "Meyer", "Millet"),
    *(
        "Moreau",
        "Morvan",
        "Nguyen",
        "Noël",
        "Ollivier",
        "Ouattara",
        "Paris",
        "Pasquier",
        "Pelletier",
        "Peres",
        "Picard",
    ),
    *("Poirier", "Prévost", "Quéré", "Raynaud", "Renault", "Rey", "Rivière", "Robin", "Rolland", "Rousset", "Roy"),
    *("Sabatier", "Salmon", "Sanchez", "Schmitt", "Simonet", "Sow", "Tanguy", "Tessier", "Thiam", "Torres", "Tran"),
    *("Traoré", "Vallet", "Vasseur", "Vautrin", "Verdier", "Vidal", "Villard", "Weber", "Yildiz", "Zerrouki"),
)
PROGRAMMES: Mapping[str, Sequence[str]] = {
    "Faculté des lettres": ("Histoire", "Lettres modernes", "Philosophie", "Langues étrangères", "Cinéma"),
    "Faculté des sciences": ("Biologie", "Chimie", "Informatique", "Mathématiques", "Physique"),
    "Faculté de géographie": ("Géographie", "Aménagement", "Urbanisme", "Sciences de l’eau"),
    "Faculté de droit": ("Droit", "Science politique", "Administration publique"),
    "École d’ingénieurs": ("Génie civil", "Hydraulique", "Énergies"),
    "Institut de musique": ("Musicologie", "Direction de chœur"),
}
YEARS: Sequence[str] = ("L1", "L2", "L3", "M1", "M2")
SERVICES: Sequence[str] = (
    "Bibliothèque Citadelle",
    "Direction de la communication",
    "Direction du numérique",
    "Scolarité",
    "Service des sports",
    "Relations internationales",
    "Santé étudiante",
)
POSTS: Sequence[str] = (
    "Responsable de licence",
    "Responsable de master",
    "Équipe de recherche",
    "Thèse en cours",
    "Membre du laboratoire",
    "Chaire invitée",
)
"""Epicene: names are drawn without a gender."""
COMPANIES: Sequence[str] = (
    "Atelier Rivières",
    "Imprimerie du Pont",
    "Coopérative Les Halles",
    "Bureau d’études Amont",
    "Valorne Énergies",
)
