"""Members named in what is said: kept by id, told to who may read it, shown to who may see them."""

from parvis.kernel.runtime import Parvis
from tests.make.communities import Place, Someone, make_closed
from tests.make.posts import comment, discussed, say, seen, told, url_of


def name(someone: Someone, written: str = "Qui ?") -> str:
    return f"@[{written}](person:{someone.id})"


async def test_a_member_is_named_by_his_id_whatever_was_written(
    place: Place, ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, f"Voyez {name(claire, 'Clairette')} et `{name(claire)}`.")
    assert f"@[Claire Vasseur](person:{claire.id})" in said["body"]
    assert "Clairette" not in str(said)
    assert f'@<a href="/people/{claire.id}" rel="nofollow noopener noreferrer ugc">Claire Vasseur</a>' in said["html"]
    assert [fact.topic for fact in await told(parvis, "member.mentioned")] == [f"member:{claire.id}"]


async def test_nothing_is_shown_of_whom_a_reader_may_not_see(
    place: Place, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    said = await say(nadia, place, f"Voyez {name(claire)}.")
    await comment(nadia, said, f"Oui, {name(claire)} sait.")
    await claire.browser.put(f"/api/v1/me/blocks/{ines.id}")
    read = await ines.browser.get(url_of(said))
    assert (read.json()["body"], read.json()["html"]) == ("Voyez @….", "<p>Voyez @….</p>\n")
    assert claire.id not in read.text
    assert [one["body"] for one in await discussed(ines, said)] == ["Oui, @… sait."]
    assert "Claire Vasseur" in (await seen(nadia, said))["html"]


async def test_who_may_not_read_it_is_told_nothing(
    nadia: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    jury = await make_closed(nadia, claire, name="Jury d’agrégation")
    said = await say(nadia, jury, f"{name(omar)} passe à 10 h, {name(claire)} à 11 h, {name(nadia)} préside.")
    await comment(claire, said, f"Et {name(omar)} ?")
    assert [fact.topic for fact in await told(parvis, "member.mentioned")] == [f"member:{claire.id}"]


async def test_an_edit_tells_those_alone_who_are_new(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, f"Avec {name(claire)}.")
    await ines.browser.patch(url_of(said), json={"body": f"Avec {name(claire)} et {name(nadia)}."})
    topics = [fact.topic for fact in await told(parvis, "member.mentioned")]
    assert topics == [f"member:{claire.id}", f"member:{nadia.id}"]


async def test_everybody_is_called_by_those_who_run_the_community(
    place: Place, ines: Someone, nadia: Someone, parvis: Parvis
) -> None:
    for author in (ines, nadia):
        await say(author, place, "@communauté, rendez-vous à 8 h.")
    calls = [fact.data["calls_everybody"] for fact in await told(parvis, "post.published")]
    assert calls == [False, True]


async def test_a_text_is_previewed_as_its_writer_would_read_it(ines: Someone, claire: Someone, guest: Someone) -> None:
    body = f"**Merci** @[Claire](person:{claire.id}) <script>"
    url = "/api/v1/posts/previews"
    shown = (await ines.browser.post(url, json={"body": body})).json()["html"]
    assert f'<a href="/people/{claire.id}"' in shown
    assert "Claire Vasseur" in shown
    assert "<strong>Merci</strong>" in shown
    assert "<script>" not in shown
    hidden = (await guest.browser.post(url, json={"body": body})).json()["html"]
    assert "Claire" not in hidden
    assert claire.id not in hidden
    assert (await ines.browser.post(url, json={"body": ""})).status_code == 422
