"""What is said in English, among those who have come from elsewhere. The last said first."""

from collections.abc import Sequence

from .said import Said

IN_ENGLISH: Sequence[Said] = (
    Said(
        "event",
        "Welcome breakfast for exchange students",
        "Coffee, bread, and somebody from every faculty to ask your questions. Bring nothing but yourself.",
        ("Can I bring my flatmate?", "Of course."),
        day=6,
        hour=8,
        place="International office, building A",
        seats=30,
        language="en",
    ),
    Said(
        "question",
        "How do I register for exams as an exchange student?",
        "My name is on no list, and nobody in my department seems to know.",
        (
            "Your department adds you once the learning agreement is signed on both sides. Check two weeks before.",
            "Bring your student card and your passport to the registry; they did it while I waited.",
        ),
        language="en",
    ),
    Said(
        "question",
        "Where can a residence permit be renewed?",
        "Mine expires in April and the appointment page is empty.",
        (
            "Online first, three months ahead. The international office reads through your file on Tuesdays.",
            "Keep the receipt with you: it counts as a permit until the card is ready.",
        ),
        language="en",
    ),
    Said(
        "message",
        "Library opening hours during the holidays",
        "The Citadelle library closes at **6 pm** from 20 December, and opens on Saturdays. Empty your locker.",
        ("And the reading room of the faculty of law?", "Closed for both weeks."),
        language="en",
    ),
    Said(
        "question",
        "Is there a doctor on campus who speaks English?",
        "Nothing urgent, but I would rather explain it in a language I master.",
        ("Yes, at the student health centre. Tick the box when you book, and bring your insurance certificate.",),
        language="en",
    ),
    Said(
        "idea",
        "A buddy for everyone who arrives in January",
        "In September there is a crowd to follow. In January one is alone at the bus stop.",
        ("I would gladly be one.", "Me too, I arrived in January last year."),
        status="planned",
        outcome="Twelve volunteers so far. The first pairs are made **before** the holidays.",
        language="en",
    ),
    Said(
        "question",
        "Which bank opens an account without a French guarantor?",
        "I have been refused twice, politely.",
        (
            "The one opposite the station, with the certificate of enrolment and a proof of address.",
            "By law the central bank names one for you when you have been refused: ask for the letter of refusal.",
        ),
        language="en",
    ),
    Said(
        "poll",
        "Which evening for the French conversation table?",
        "Two hours, no grammar, and a different topic each week.",
        options=("Monday, 6 pm", "Wednesday, 7 pm", "Thursday, 6 pm"),
        language="en",
    ),
    Said(
        "message",
        "Housing subsidy: apply before the end of the month",
        "You need your lease, a bank statement and a birth certificate by a sworn translator. Allow six weeks.",
        ("Does a room in the halls of residence count?", "It does."),
        language="en",
    ),
    Said(
        "message",
        "How grades become European credits",
        "Ten out of twenty is a pass. The transcript lists the credits of each course; the registry issues it in July.",
        ("My home university wants the ranking as well.", "Ask for the diploma supplement: it says it."),
        language="en",
    ),
    Said(
        "message",
        "Found: a green notebook in lecture hall 3",
        "Full of beautiful drawings of bridges. It waits for its owner at the desk of building B.",
        ("Those are my bridges. Thank you so much!",),
        language="en",
    ),
)
