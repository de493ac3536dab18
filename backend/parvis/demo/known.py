"""Those whom the pages of this project know by name; the first six can be signed in as."""

from datetime import UTC, date, datetime

from .known_profiles import SAID
from .people import ELSEWHERE, STAFF, STUDENTS, Held, Person, academic_year


def opening(year: int) -> datetime:
    """When Valorne opened its Parvis: the spring of the academic year before."""
    return datetime(year - 1, 3, 2, 8, tzinfo=UTC)


def known(today: date) -> list[Person]:
    """Eight people, the same in every size."""
    year = academic_year(today)
    opened = opening(year)
    return [
        Person(
            "Inès Benali",
            f"ines.benali@{STUDENTS}",
            (
                Held(
                    "student", "Faculté de géographie", date(year - 2, 9, 1), programme="L3 Géographie", cohort=year + 1
                ),
            ),
            label="étudiante",
            entered_at=opened,
            said=SAID["Inès Benali"],
            circles=("L3 Géographie", "geography"),
        ),
        Person(
            "Claire Vasseur",
            f"claire.vasseur@{ELSEWHERE}",
            (
                Held(
                    "student",
                    "Faculté de géographie",
                    date(2012, 9, 1),
                    date(2014, 7, 1),
                    programme="M2 Urbanisme",
                    cohort=2014,
                ),
                Held(
                    "alum",
                    "Faculté de géographie",
                    date(2014, 7, 1),
                    programme="M2 Urbanisme",
                    title="Urbaniste à Montréal",
                    cohort=2014,
                ),
            ),
            label="alumna",
            interests=("fieldwork", "first-job", "gardens"),
            entered_at=opened,
            welcomed=True,
            said=SAID["Claire Vasseur"],
            circles=("M2 Urbanisme 2014", "planning"),
        ),
        Person(
            "Nadia Cherkaoui",
            f"nadia.cherkaoui@{STAFF}",
            (Held("faculty", "Faculté de géographie", date(2011, 9, 1), title="Maîtresse de conférences"),),
            label="enseignante",
            interests=("fieldwork", "research", "stage"),
            entered_at=opened,
            welcomed=True,
            said=SAID["Nadia Cherkaoui"],
            circles=("Département de géographie", "geography"),
        ),
        Person(
            "Sophie Marchetti",
            f"sophie.marchetti@{STAFF}",
            (Held("staff", "Direction de la communication", date(2018, 3, 1)),),
            roles=("communicator",),
            label="communication",
            entered_at=opened,
            circles=("Direction de la communication", "administration"),
        ),
        Person(
            "Malo Ricard",
            f"malo.ricard@{ELSEWHERE}",
            (Held("affiliate", "Atelier Rivières", date(2021, 1, 1)),),
            label="entreprise",
            entered_at=opened,
            said=SAID["Malo Ricard"],
            circles=("Atelier Rivières", "company"),
        ),
        Person(
            "Hélène Aubert",
            f"helene.aubert@{STAFF}",
            (Held("staff", "Direction du numérique", date(2009, 9, 1)),),
            roles=("administrator",),
            label="administratrice",
            entered_at=opened,
            circles=("Direction du numérique", "administration"),
        ),
        Person(
            "Thomas Nguyen",
            f"thomas.nguyen@{ELSEWHERE}",
            (Held("alum", "École d’ingénieurs", date(2009, 7, 1), title="Hydrologue à Rotterdam"),),
            interests=("fieldwork", "first-job"),
            entered_at=opened,
            welcomed=True,
            said=SAID["Thomas Nguyen"],
            circles=("3A Hydraulique 2009", "engineering"),
        ),
        Person(
            "Hugo Ferreira",
            f"hugo.ferreira@{STUDENTS}",
            (Held("student", "Faculté des lettres", date(year - 2, 9, 1), programme="L3 Histoire", cohort=year + 1),),
            interests=("campus", "solidarity", "stage"),
            entered_at=opened,
            welcomed=True,
            said=SAID["Hugo Ferreira"],
            circles=("L3 Histoire", "history"),
        ),
    ]
