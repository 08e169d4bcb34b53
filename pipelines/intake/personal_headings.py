"""Which headings say by themselves that a column holds personal data."""

from __future__ import annotations

import re

from pipelines.intake.reading import normalise

BSN, BIRTH, IBAN = "een BSN", "een geboortedatum", "een IBAN"
PHONE, EMAIL, POSTCODE, ADDRESS, NAME = "een telefoonnummer", "een e-mailadres", "een volledige postcode", "een adres", "een naam"
PERSON_NUMBER = "een persoonsnummer"
WORDS = {
    BSN: "bsn bsnr bsnnummer burgerservicenummer sofi sofinr sofinummer",
    PERSON_NUMBER: "v_nummer vnummer vreemdelingennummer paspoortnummer identiteitsnummer",
    BIRTH: "geboortedatum geboortedat geboorte_datum geboortedag geb_datum geb_dat geb_dd gebdatum gebdat geboren geboren_op date_of_birth birthdate dob",
    IBAN: "iban ibannr rekeningnummer rekeningnr rekening_nummer bankrekening banknummer bankrekeningnummer",
    PHONE: "telefoon telefoonnummer telefoonnr tel telnr tel_nr telnummer mobiel mobielnummer mobielnr gsm gsm_nummer phone",
    EMAIL: "email e_mail emailadres e_mailadres mailadres mail_adres",
    ADDRESS: "adres woonadres verblijfadres postadres huisadres straat straatnaam huisnummer huisnr huis_nr huisletter",
    NAME: "voornaam voornamen achternaam achternamen familienaam geslachtsnaam meisjesnaam roepnaam voorletters voorletter initialen "
    "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels volledige_naam naam_volledig first_name last_name surname firstname lastname full_name",
}
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split()}
PERSONS = (
    "slachtoffer verdachte client clienten persoon betrokkene dader jongere leerling ouder kind aangever getuige moeder vader deelnemer medewerker "
    "contactpersoon bewoner patient burger minderjarige verzorger gezaghebbende belanghebbende"
)


def kind_of_heading(heading: str) -> str | None:
    """What a heading promises: `Geb. datum verdachte` a birth date, `Naam slachtoffer` a name, `Naam school` nothing."""
    words = normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)).split("_")[:12]  # voorNaam, naamVerdachte
    parts = {"_".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)} | {"".join(words)}
    if words == ["naam"] or words == ["contactpersoon"] or ("naam" in words and set(PERSONS.split()) & set(words)):
        return NAME
    return next((kind for part, kind in KINDS.items() if part in parts), None)
