"""How persons are protected: policy, what is withheld of each table, and what the proof covers. For the werkgroep, privacy officers and who runs it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app import address, frame, protection, sign_in, tiles
from app.markup import plain
from app.release import Release

STEPS = (
    "Een stap fijner is: van de regio naar districten of zorgregio's, van daar naar gemeenten of basisteams, van daar naar wijken. "
    "Ook van jaar naar kwartaal is een stap, van kwartaal naar maand, en elke uitsplitsing, zoals naar leeftijd."
)
CHECKER = "python pipelines/disclosure/check_worlds.py"


def show_for_everybody() -> None:
    """Say for whom this page is, and where others find what they need."""
    frame.show_html(frame.note("Deze pagina is voor de werkgroep, privacyfunctionarissen en de beheerder.", "uitleg"))
    frame.show_html(
        "<p>Wilt u weten waarom ergens geen getal staat? Dat leest u op de pagina Definities, onder Tekens.</p>",
        "<p>Hebt u deze pagina nodig voor uw werk? Vraag de beheerder van de Ketenmonitor om de rol die daarbij hoort.</p>",
    )
    st.page_link("views/definities.py", label="Naar Definities")


def show_policy(release: Release, names: dict[str, str]) -> None:
    """What is asked, for each audience beside the other; an exception names its indicators."""
    st.header("Het beleid", anchor=False)
    for (audience, reader), column in zip(protection.READERS.items(), st.columns(2), strict=True):
        with column:
            st.subheader(plain(reader), anchor=False)
            for number, (asked, ids) in enumerate(protection.policy_groups(release.certificates[audience])):
                about = protection.applies_to(ids, names, is_usual=number == 0)
                frame.show_html(f"<p>{frame.safe(about)}</p>", tiles.terms(protection.policy_terms(asked)))
    frame.show_html(f"<p>{frame.safe(STEPS)}</p>")


def show_withheld(release: Release, names: dict[str, str]) -> None:
    """What is withheld of one indicator (`?indicator=`): a sentence for each audience, and its tables."""
    st.header("Wat er geheim is", anchor=False)
    ids = protection.protected_ids(release.certificates, names)
    if not ids:
        frame.show_html(frame.note("Deze release zegt niet hoeveel cijfers geheim zijn.", "uitleg"))
        return
    address.seed("indicator", ids, ids[0])
    st.selectbox("Indicator", ids, format_func=lambda one: names[one], key="indicator", width=420)
    chosen = address.publish("indicator", ids[0])
    said = [(reader, protection.summary(release.certificates[audience], chosen)) for audience, reader in protection.READERS.items()]
    frame.show_html(
        tiles.terms(said),
        "<p>Heel getoond: elk cijfer van de tabel staat er. Met geheime cijfers: de tabel staat er, maar een deel van de cijfers is geheim. ",
        "Heel geheim: er staat geen enkel cijfer. Een cijfer met het teken . (onbekend) telt hier niet mee.</p>",
    )
    if rows := protection.table_rows(release.certificates, chosen):
        with st.expander(f"Alle tabellen van deze indicator ({len(rows)})"):
            show_rows(rows, "Tabel", f"Geheime cijfers van {names[chosen]} per tabel")


def show_rows(rows: Sequence[dict[str, str]], head: str, alt: str) -> None:
    """A table of texts; `head` is the column that names a row."""
    st.table(pd.DataFrame([{name: plain(text) for name, text in row.items()} for row in rows]).set_index(head), border="horizontal", alt=alt)


def show_proof(release: Release) -> None:
    """Against whom, how far, what not, and how to check it."""
    st.header("Tegen wie dit beschermt", anchor=False)
    frame.show_html(
        "<p>Een aanvaller is hier iemand die een geheim cijfer probeert terug te rekenen. Deze release is nagerekend tegen:</p>",
        tiles.terms(protection.attacker_terms(release.certificates)),
    )
    st.header("Hoe onzeker een geheim cijfer blijft", anchor=False)
    widths = [(reader, protection.width_sentence(release.certificates[audience])) for audience, reader in protection.READERS.items()]
    frame.show_html(
        "<p>Wat een geheim aantal is, ligt niet vast: het laagste en het hoogste dat nog kan, liggen een eind uit elkaar. ",
        "Dat geldt voor wie alles heeft wat is gepubliceerd, samen met de eerdere releases.</p>",
        tiles.terms(widths),
    )
    st.header("Wat dit niet afdekt", anchor=False)
    frame.show_html(f"<ul>{''.join(f'<li>{frame.safe(limit)}</li>' for limit in protection.NOT_COVERED)}</ul>")
    st.header("Zelf nagaan", anchor=False)
    commands = [f"{CHECKER} releases/{release.id}/{audience}/proof" for audience in protection.READERS]
    frame.show_html(
        "<p>Bij elke release zit een bewijs. Dat zijn mogelijke werelden: lijsten met aantallen die elk kloppen met alles wat is gepubliceerd, ",
        "en die van elkaar verschillen in wat geheim is.</p>",
        "<p><code>ketenmonitor releases verify</code> controleert de hele release: bestanden, beleid, deze aantallen en het bewijs.</p>",
        "<p>Een los programma rekent alleen het bewijs na. Het gebruikt niets van de code die de cijfers geheim maakte, ",
        "en heeft behalve Python alleen numpy en pyarrow nodig:</p>",
        *(f"<p><code>{frame.safe(command)}</code></p>" for command in commands),
    )


def show_all(release: Release, names: dict[str, str]) -> None:
    """Every indicator about persons in one long table."""
    if not (rows := protection.indicator_rows(release.certificates, names)):
        return
    st.header("Alle indicatoren over personen", anchor=False)
    totals = [(reader, protection.whole(release.certificates[audience]).sentence) for audience, reader in protection.READERS.items()]
    frame.show_html(tiles.terms(totals))
    show_rows(rows, "Indicator", "Geheime cijfers per indicator")


release = frame.release_in_view()
st.title("Bescherming van personen")
if frame.reader().rights.protection:
    names = {indicator.id: indicator.name for indicator in release.indicators}
    frame.show_html(
        "<p>Bij een klein aantal is soms te herkennen om wie het gaat. Daarom zijn veel aantallen personen geheim. ",
        "Hier leest u volgens welke regels, hoeveel cijfers dat zijn, en wat deze bescherming wel en niet kan.</p>",
    )
    show_policy(release, names)
    show_withheld(release, names)
    show_proof(release)
    show_all(release, names)
    frame.show_rejected_address()
else:
    sign_in.refuse("bescherming", frame.reader())
    show_for_everybody()
