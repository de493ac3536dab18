"""Communities that a rule fills: kept true as people change, never against who left or was put out."""

from datetime import timedelta
from typing import Any

from parvis.audiences.service.automatic import TOGETHER
from parvis.audiences.service.keeping import AFTER_MIDNIGHT
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, listen, run_jobs
from tests.make.audiences import make_students
from tests.make.communities import Place, Someone, arrive, make_closed, make_community
from tests.make.directory import list_everybody, say
from tests.make.people import affiliate, make_cohort, make_programme

NOT_YET = {"if-match": '"0"'}


async def bind(owner: Someone, place: Place, rule: dict[str, Any], **tag: str) -> Any:
    headers = tag or {"if-match": (await owner.browser.get(f"{place.url}/automatic-membership")).headers["etag"]}
    return await owner.browser.put(f"{place.url}/automatic-membership", json={"rule": rule}, headers=headers)


async def settled(parvis: Parvis, moved_clock: clock.MovableClock) -> None:
    """What was recorded is heard, the directory and the rules are true."""
    await listen(parvis)
    moved_clock.advance(timedelta(seconds=2 * TOGETHER))
    await run_jobs(parvis)
    await listen(parvis)


async def test_a_community_follows_its_rule(
    parvis: Parvis, sign_in: SignIn, moved_clock: clock.MovableClock, claire: Someone, nadia: Someone, ines: Someone
) -> None:
    programme = await make_programme(parvis, "Licence 3 Géographie")
    cohort = await make_cohort(parvis, programme, 2027)
    names = ("Hugo Ferreira", "Lina Roux", "Yann Le Goff", "Sofia Costa", "Malo Petit", "Zoé Banse")
    hugo, lina, yann, sofia, malo, zoe = [await arrive(parvis, sign_in, name) for name in names]
    # Malo's studies end in ten days; Zoé shows to her contacts alone what she studies.
    ends = clock.now().date() + timedelta(days=10)
    for one in (hugo, lina, yann, sofia, zoe):
        await affiliate(parvis, one.member, "student", programme_id=programme.id, cohort_id=cohort.id)
    await affiliate(parvis, malo.member, "student", programme_id=programme.id, cohort_id=cohort.id, ends_on=ends)
    await say(parvis, zoe.member, "affiliations", None, "contacts")
    await list_everybody(parvis)
    place = await make_community(claire, "L3 Géographie")
    assert (await place.join(lina)).status_code == 200
    assert (await claire.browser.put(f"{place.url}/bans/{sofia.id}", json={})).status_code == 204

    rule = {"all": [{"kind": "cohort", "ids": [str(cohort.id)], "public": "student"}]}
    bound = await bind(claire, place, rule)
    assert (bound.status_code, bound.json()["version"], bound.json()["abilities"]) == (200, 1, ["set", "end"])
    await settled(parvis, moved_clock)
    assert sorted(await place.people(claire)) == [
        "Claire Vasseur", "Hugo Ferreira", "Lina Roux", "Malo Petit", "Yann Le Goff",
    ]  # fmt: skip
    assert (await place.seen_by(claire))["people"] == 5
    state = f"{place.url}/automatic-membership"
    mine = {one.name: (await one.browser.get(state)).json()["mine"] for one in (hugo, lina, zoe, claire)}
    assert mine == {"Hugo Ferreira": "put_in", "Lina Roux": None, "Zoé Banse": None, "Claire Vasseur": None}
    assert (await hugo.browser.get(state)).json()["names"] == [
        {"id": str(cohort.id), "name": "Licence 3 Géographie (2027)"}
    ]

    # Hugo leaves, and so does Lina, who had come by herself; Yann is put out. None is put in again.
    assert (await place.leave(hugo)).status_code == 204
    assert (await place.leave(lina)).status_code == 204
    assert (await claire.browser.delete(f"{place.url}/members/{yann.id}")).status_code == 204
    await affiliate(parvis, ines.member, "student", programme_id=programme.id, cohort_id=cohort.id)
    changed = await ines.browser.patch("/api/v1/me/profile", json={"headline": "Géographe"})
    assert changed.status_code == 200
    await list_everybody(parvis)
    await settled(parvis, moved_clock)
    assert sorted(await place.people(claire)) == ["Claire Vasseur", "Inès Benali", "Malo Petit"]
    assert (await hugo.browser.get(state)).json()["mine"] == "left"
    # He comes back by himself: he then stays, whatever the rule says.
    assert (await place.join(hugo)).status_code == 200
    assert (await hugo.browser.get(state)).json()["mine"] is None

    # A day comes when the rule holds of Malo no more; Inès hides what she is.
    await say(parvis, ines.member, "affiliations", None, "contacts")
    moved_clock.advance(timedelta(days=11) + AFTER_MIDNIGHT)
    await run_jobs(parvis)
    await list_everybody(parvis)
    moved_clock.advance(timedelta(days=1))
    await run_jobs(parvis)
    assert sorted(await place.people(claire)) == ["Claire Vasseur", "Hugo Ferreira"]

    # Without a rule, who was put in stays.
    assert (await bind(claire, place, {"all": [{"kind": "public", "publics": ["staff"]}]})).status_code == 200
    await settled(parvis, moved_clock)
    assert sorted(await place.people(claire)) == ["Claire Vasseur", "Hugo Ferreira", "Nadia Cherkaoui"]
    tag = {"if-match": (await claire.browser.get(state)).headers["etag"]}
    assert (await claire.browser.delete(state, headers=tag)).status_code == 204
    await settled(parvis, moved_clock)
    assert "Nadia Cherkaoui" in await place.people(claire)
    assert (await nadia.browser.get(state)).json()["mine"] is None


async def test_only_owners_who_announce_and_administrators_fill_a_community(
    parvis: Parvis, sign_in: SignIn, claire: Someone, nadia: Someone, ines: Someone
) -> None:
    root = await arrive(parvis, sign_in, "Paul Aubry", "staff", roles=("administrator",))
    place = await make_closed(ines, claire, access="on_request")
    secret = await make_closed(ines, claire, access="secret", name="Secrète")
    rule = {"all": [{"kind": "public", "publics": ["student"]}]}
    state = "automatic-membership"
    answers = {
        "its owner, who does not announce": (await bind(ines, place, rule)).status_code,
        "a member who announces": (await bind(claire, place, rule)).status_code,
        "who announces elsewhere": (await bind(nadia, place, rule)).status_code,
        "who may not know of it": (await bind(nadia, secret, rule, **NOT_YET)).status_code,
        "who may not know of it, reading": (await nadia.browser.get(f"{secret.url}/{state}")).status_code,
        "an administrator who may not": (await bind(root, secret, rule, **NOT_YET)).status_code,
        "no version": (await root.browser.put(f"{place.url}/{state}", json={"rule": rule})).status_code,
        "an old version": (await bind(root, place, rule, **{"if-match": '"7"'})).status_code,
        "an administrator": (await bind(root, place, rule, **NOT_YET)).status_code,
        "its owner ends it": (
            await ines.browser.delete(f"{place.url}/{state}", headers={"if-match": '"1"'})
        ).status_code,
        "there is none any more": (
            await ines.browser.delete(f"{place.url}/{state}", headers={"if-match": '"1"'})
        ).status_code,
    }
    assert answers == {
        "its owner, who does not announce": 403,
        "a member who announces": 403,
        "who announces elsewhere": 403,
        "who may not know of it": 404,
        "who may not know of it, reading": 404,
        "an administrator who may not": 404,
        "no version": 428,
        "an old version": 412,
        "an administrator": 200,
        "its owner ends it": 204,
        "there is none any more": 404,
    }
    for criterion in (
        {"kind": "community", "ids": [place.id]},
        {"kind": "affiliation", "kinds": ["student"], "held_on": "2020-01-01"},
    ):
        told = await bind(root, place, {"none": [criterion]}, **NOT_YET)
        assert (told.status_code, told.json()["fields"][0]["code"]) == (422, "would_tell")


async def test_why_somebody_is_in_an_audience_is_told_to_who_manages_people_and_entered(
    parvis: Parvis, sign_in: SignIn, claire: Someone, ines: Someone
) -> None:
    paul = await arrive(parvis, sign_in, "Paul Aubry", "staff", roles=("people_administrator",))
    root = await arrive(parvis, sign_in, "Reine Royer", "staff", roles=("administrator",))
    await say(parvis, ines.member, "place", {"city": "Lyon", "country": "FR"})
    rule = {
        "all": [{"kind": "public", "publics": ["student"]}],
        "any": [{"kind": "city", "cities": ["Nice"]}, {"kind": "city", "cities": ["Lyon"]}],
        "none": [{"kind": "affiliation", "kinds": ["alum"]}],
    }
    url = f"/api/v1/people/{ines.id}/audience-explanations"
    told = await paul.browser.post(url, json={"rule": rule})
    assert told.json() == {
        "inside": True,
        "listed": True,
        "verdicts": [
            {"group": "all", "place": 0, "holds": True},
            {"group": "any", "place": 0, "holds": False},
            {"group": "any", "place": 1, "holds": True},
            {"group": "none", "place": 0, "holds": False},
        ],
    }
    guest = await arrive(parvis, sign_in, "Gaël Invité", None)
    out = await paul.browser.post(f"/api/v1/people/{guest.id}/audience-explanations", json={"rule": {}})
    assert (out.json()["inside"], out.json()["listed"]) == (False, False)
    assert (await claire.browser.post(url, json={"rule": rule})).status_code == 403
    assert (await ines.browser.post(url, json={"rule": rule})).status_code == 403
    entries = (await root.browser.get("/api/v1/audit-entries")).json()["items"]
    assert [(one["action"], one["subject_id"], one["detail"]) for one in entries] == [
        ("audience.explained", guest.id, {"criteria": [], "inside": False}),
        (
            "audience.explained",
            ines.id,
            {"criteria": ["public", "city", "city", "affiliation"], "inside": True},
        ),
    ]


async def test_many_are_put_in_a_few_at_a_time(
    parvis: Parvis, moved_clock: clock.MovableClock, claire: Someone
) -> None:
    """In batches of 500, counted with the change."""
    number = 1_100
    await make_students(parvis, number)
    place = await make_community(claire, "Tous les étudiants")
    assert (await bind(claire, place, {"all": [{"kind": "public", "publics": ["student"]}]})).status_code == 200
    await settled(parvis, moved_clock)
    seen = await place.seen_by(claire)
    assert (seen["people"], seen["mix"]["student"]) == (number + 1, number)
