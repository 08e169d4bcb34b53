"""The accessibility statement. It says what was done and found and nothing else, and needs no release."""

import streamlit as st

from app import frame

TESTED = (
    "Bij elke wijziging van de software zoekt het testprogramma axe-core op elke pagina naar fouten tegen WCAG 2.1, niveau A en AA, in het lichte en in "
    "het donkere thema. Het vindt er geen. Zo'n programma vindt wel maar een deel van alle problemen.",
    "Van alle kleuren is het contrast berekend, ook van tekst en lijnen in kaarten en grafieken, in beide thema's.",
    "Op een scherm van 320 pixels breed hoeft u een pagina niet opzij te schuiven. Alleen een brede tabel schuift, binnen haar eigen vak.",
    "Een gebied kiezen, de links onder aan een pagina en de keuze van een download zijn met alleen het toetsenbord getest.",
    "Kleur is nergens het enige teken. Een geheim of onbekend cijfer heeft ook een letter of een punt, en op de kaart een arcering.",
)
NOT_TESTED = (
    "Niemand heeft de pagina's met een schermlezer doorgenomen.",
    "Er zijn geen tests gedaan door mensen met een beperking.",
    "Een onafhankelijke deskundige heeft de Ketenmonitor nog niet onderzocht.",
    "De bestanden die u kunt downloaden, zijn niet op toegankelijkheid onderzocht.",
)
LIMITS = (
    (
        "De gebieden op een kaart bereikt u niet een voor een met het toetsenbord",
        "Kies het gebied in de lijst Gebied. De tabel onder de kaart heeft dezelfde cijfers.",
    ),
    (
        "Een grafiek of kaart heeft een korte beschrijving, en geen lange",
        "De cijfers zelf staan in de tabel of in de zinnen erbij. Het schema van partners staat ook in woorden op de pagina.",
    ),
    ("Zonder JavaScript werken de pagina's niet", "Zet JavaScript aan in uw browser."),
    (
        "Valt de verbinding weg, dan kan een keuze verloren gaan",
        "De meeste keuzes staan in het adres van de pagina. Bewaar dat adres, dan vindt u ze terug.",
    ),
)


def listed(sentences: tuple[str, ...]) -> str:
    """Sentences as a list."""
    return f"<ul>{''.join(f'<li>{frame.safe(one)}</li>' for one in sentences)}</ul>"


st.title("Toegankelijkheid")
frame.show_html(
    "<p>Iedereen moet de Ketenmonitor kunnen gebruiken, ook wie niet goed ziet, geen muis gebruikt of alleen een telefoon heeft. ",
    "Wij willen voldoen aan WCAG 2.1, niveau AA. Hier leest u hoe ver wij zijn.</p>",
)
st.header("Status", anchor=False)
frame.show_html(
    "<p><strong>Eerste maatregelen genomen.</strong> Zo heet dit in het Nederlandse model voor toegankelijkheidsverklaringen: ",
    "er is veel gedaan en getest, maar er is nog geen volledig onderzoek. Wij weten dus niet zeker dat de pagina's aan alle eisen voldoen.</p>",
)
st.header("Wat is getest", anchor=False)
frame.show_html(listed(TESTED))
st.header("Wat niet is getest", anchor=False)
frame.show_html(listed(NOT_TESTED))
st.header("Wat nog niet goed gaat", anchor=False)
frame.show_html(f'<dl class="km-terms">{"".join(f"<dt>{frame.safe(what)}</dt><dd>{frame.safe(instead)}</dd>" for what, instead in LIMITS)}</dl>')
st.header("Lukt iets niet?", anchor=False)
frame.show_html(
    "<p>Meld het bij de beheerder van de Ketenmonitor. Zeg op welke pagina het was, wat u wilde doen, en met welk hulpmiddel u werkt. ",
    "Heeft u een cijfer nodig dat u niet kunt bereiken? Vraag het dan ook daar.</p>",
    "<p>Deze verklaring is van 28 november 2026.</p>",
)
