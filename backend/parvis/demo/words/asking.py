"""What people write when they ask for something, and when they answer."""

REQUESTS = (
    "",
    "",
    "Nous nous sommes croisés à la journée des associations.",
    "Votre parcours m’intéresse beaucoup.",
    "Nous avons suivi le même cours, à quelques années près.",
    "J’aimerais suivre ce que vous faites.",
)
WISHES = (
    "Je cherche un stage pour le printemps et j’aimerais votre avis sur mes pistes.",
    "J’hésite entre deux masters. Une demi-heure m’aiderait beaucoup.",
    "Pourriez-vous me parler de vos débuts dans le métier ?",
    "Je prépare un départ à l’étranger et j’ai trois questions.",
    "Un regard extérieur sur mon mémoire me serait précieux.",
)
ANSWERS = {
    "asked": ("",),
    "accepted": ("Avec plaisir. Jeudi vers 18 h ?", "Volontiers. Écrivez-moi vos questions avant."),
    "declined": ("Je n’ai plus le temps ce semestre. Bonne chance dans vos recherches.", ""),
    "ended": ("Avec plaisir.", "Volontiers."),
}
