"""What a person's name looks like in a Dutch table: short lists of frequent names, particles, initials, forms of address.

The lists are our own and short on purpose: a column of names is recognised by the share of its cells that hold a listed one,
a single cell by its form. Names that are ordinary words as well (Max, Roos, Amber, Mark; Klein, Groot, Bos) are left out.
"""

from __future__ import annotations

import polars as pl

GIVEN = """
Aad Aaron Aart Abdel Abdullah Abel Achmed Adam Adriaan Agnes Ahmed Ahmet Aisha Albert Alex Alexander Ali Alice Amin Amina Amira Amy Andrea Andrei Andrzej
Angela Anja Ank Anke Anna Anne Anneke Annelies Annemarie Annemijn Annie Anouk Ans Antoinette Anton Arie Arjan Arjen Arnold Aron Arthur Astrid Ayoub Ayse
Bart Bas Bastiaan Ben Benjamin Bernard Bert Bianca Bilal Boaz Bob Bram Brenda Brian Britt Carla Carlos Caroline Catharina Cees Chantal Charlotte Chloe
Chloë Chris Christiaan Christina Christine Claudia Coen Colin Collin Cor Cornelis Corrie Daan Damian Damien Dani Daniel Danielle Daniël Daphne Dave David
Dean Debbie Demi Dennis Derk Desiree Dex Diana Dick Dirk Djenna Dominique Duuk Dylan Edwin Eefje Elias Elif Eline Elisa Elisabeth Elise Elizabeth Ella
Ellen Els Elsa Emiel Emily Emine Emir Emma Emre Eric Erik Erika Erwin Esmee Esmée Esther Eva Evelien Evi Evy Fabian Farid Fatiha Fatima Fatma Fay Fedde
Feline Felix Femke Fenna Fenne Ferdinand Fien Finn Floortje Floris Frank Frans Fred Frederik Frederique Freek Gabriel Geert Geertje Georgina Gerard Gerda
Gerrit Gert Gertjan Giel Gijs Gitta Greet Guido Guus Guusje Gülsen Hailey Hamza Hanna Hannah Hanneke Hannie Hans Harm Harrie Harry Hasan Hassan Heleen
Helena Hendrik Hendrika Henk Hennie Henny Henri Herman Hidde Hilde Hubert Hugo Huseyin Ibrahim Ilse Imane Imke Ine Ineke Inge Ingrid Ioana Irene Iris Isa
Isabel Isabella Isabelle Isis Ivo Ivy Jaap Jace Jack Jacob Jacoba Jacqueline Jacques Jade Jamie Jan Janine Janna Janneke Jannie Jari Jasmijn Jason Jasper
Jayda Jayden Jazz Jeanette Jelle Jens Jente Jeroen Jesse Jessica Jet Jill Jim Jip Jo Joanna Jochem Joep Johan Johanna Johannes John Joke Jolanda Jolie
Jolijn Joop Joost Joris Jos Jose Josephine Joshua Joël Judith Julia Julian Julie Juliette Jurgen Jurre Justin Juul Karel Karim Karin Kasper Katarzyna Kay
Kees Kelly Kenneth Kevin Khadija Kian Kick Kim Klaas Koen Krzysztof Kyan Kyara Lana Lars Laura Lauren Laurens Layla Leen Leendert Lena Lenn Lenny Leo Leon
Leonie Levi Lex Liam Lian Lianne Lieke Lies Liesbeth Lieve Lily Lina Linda Linde Lisa Lisanne Liv Lize Lizz Lizzy Loes Lorenzo Lotte Louis Louisa Louise
Luc Luca Lucas Lucia Lucy Lukas Luke Luuk Lynn Maaike Maarten Maartje Madelief Mads Maja Marc Marcel Marco Margaretha Margriet Maria Mariam Marianne
Marieke Marijke Marijn Mariska Marit Marja Marjan Marjolein Marlies Marloes Martijn Martin Martine Marwa Maryam Mason Mats Matthias Matthijs Maud Maurice
Maurits Maxim Mehdi Mehmet Melanie Melissa Mercedes Meryem Michael Michel Michelle Michiel Mick Mieke Miguel Mike Mila Milan Milou Mirjam Mirthe Mitchell
Mo Mohamed Mohammad Mohammed Moniek Monique Mostafa Muhammed Murat Mustafa Myrthe Nadia Naomi Natalie Nathalie Nick Nico Nicole Niek Niels Nienke Nikita
Nikki Nina Noa Noah Noor Noortje Nora Noud Nour Nova Olaf Olga Olivia Olivier Omar Oscar Otto Owen Pascal Patricia Patrick Paul Paula Pauline Pepijn Peter
Petra Philip Pien Piet Pieter Pieternella Piotr Pippa Quinn Quinten Quinty Rachel Rachid Raf Rafael Ralph Ramon Raoul Rashid Rayan Rebecca Remco Renate
Rens René Rianne Richard Rick Rien Rik Rob Robbert Robert Robin Roel Roelof Romy Ron Ronald Rosa Rosalie Roy Ruben Rudolf Ruud Ryan Saar Sabine Said Salima
Salma Sam Samantha Samira Samuel Sander Sandra Sanne Sara Sarah Saskia Selma Sem Senn Senna Sepp Serge Shanti Sharon Siem Sienna Silvia Simon Simone Sjaak
Sjoerd Sofia Sofie Sophia Sophie Stan Stef Stefan Sterre Steven Stijn Suus Suzanne Sven Sybren Sylvia Tamara Tess Teun Thea Theo Thijmen Thijs Thom Thomas
Ties Tijmen Tijn Tijs Tim Tineke Tinus Tirza Tobias Tom Tomasz Tony Toon Tristan Trudy Truus Tyler Vajèn Valentijn Valentina Vanessa Vera Veronique Victor
Victoria Vigo Vince Vincent Walter Wendy Wesley Wessel Wilhelmina Willem Willemijn Willy Wim Wout Wouter Xander Xavi Yara Yasmin Yasmina Yousra Youssef
Yuna Yusuf Yvette Yvonne Zainab Zara Zeynep Zoe Zoë
"""
SURNAMES = """
Aalbers Aarts Achterberg Adriaans Ahmadi Akkerman Alberts Ali Amrani Baars Baas Bakker Beekman Berends Bergman Beukers Beumer Blom Boer Boers Boersma
Bogaard Bogaerts Bongers Boom Boon Boonstra Bosch Bosman Bosma Bouman Bouwman Braak Brands Brink Broekman Brouwer Brouwers Bruijn Bruin Buijs Burger
Carlier Celik Claassen Coenen Cohen Corstjens Damen Dekker Dekkers Demir Dijk Dijkman Dijkstra Doorn Driessen Eijk Elzinga Evers Faber Franken Gelder
Gerrits Gerritsen Geurts Goossens Groen Groot Haan Haas Hamers Heijden Heijmans Hendriks Hendriksen Hermans Hermsen Hoekstra Hofman Hofstra Hoogland Houten
Huisman Hulst Ivanov Jager Jacobs Jansen Jansens Janssen Janssens Jong Jonker Kaya Karimi Kapteijn Keizer Kelderman Khan Klerk Kok Koning Konings Koopman
Koopmans Koster Kowalski Kramer Kruijf Kuiper Kuipers Kumar Leeuw Leeuwen Lems Louwers Luijten Maas Martens Meijer Meijers Meulen Mesman Meyer Mohan Mol
Molenaar Mulder Muller Nguyen Nijland Nowak Oomen Otten Öztürk Paans Peeters Peters Petersen Pieters Pinas Popescu Postma Ramdin Ridder Rooij Ruiter Sahin
Sanders Schaik Schipper Schouten Schot Scholten Schuurman Simons Singh Smeets Smit Smits Smith Snijders Stevens Stoffels Timmerman Timmermans Tran Veen
Veenstra Verbeek Verhagen Verhoef Verhoeven Vermeer Vermeulen Verschuren Versteeg Verweij Visser Vliet Voort Vos Vries Vrolijk Vroom Wiel Willems Willemsen
Wit Wolff Wolters Yilmaz Yildiz Zanden Zijlstra
"""
PARTICLE = (
    r"(?i:(?:(?:op|in|aan|bij|uit) (?:de|den|der|'t|het)|van|v\.|de|d'|den|der|die|ten|ter|te|'t|’t|el|al|la|le|di|da|dos|von|ben|bint|ait|aït|v\.?d\.?) ?)"
)
CAPITAL = r"\p{Lu}[\p{L}'’]+(?:[ -]?-[ -]?(?:" + PARTICLE + r" ?)*\p{Lu}[\p{L}'’]+)?"
INITIAL = r"(?:\p{Lu}[a-z]?\. ?)"
GIVEN_NAME = "(?:" + "|".join(GIVEN.split()) + ")"
SURNAME = "(?:" + "|".join(SURNAMES.split()) + r"|\p{Lu}\p{L}+(?:stra|sma|inga|enga|mans))"
ADDRESSED = r"(?i:\b(?:dhr|mw|mevr|mevrouw|de heer|meneer)\b\.?)"
INSTITUTION = (
    r"(?i)\p{L}(?:straat|laan|plein|park|buurt|wijk|kwartier|polder|college|lyceum|school|academie)\b"
    r"|\b(?:college|lyceum|school|mavo|gymnasium|academie|instituut|stichting|ziekenhuis|museum|kerk|huis|stadion|zaal|paulowna|den haag)\b"
)
"""A street, school or hall that is called after a person."""

FULL = rf"\b{GIVEN_NAME}(?:[ -]{GIVEN_NAME})*(?: {INITIAL})* {PARTICLE}*{CAPITAL}(?: \p{{L}}+)?"
FORMAL = rf"{ADDRESSED} (?:{INITIAL}+)?{PARTICLE}*{CAPITAL}|\b(?:\p{{Lu}}\.){{2,}} ?{PARTICLE}*{CAPITAL}"
WHOLE = "|".join(
    (
        rf"^{INITIAL}+ ?{PARTICLE}+{CAPITAL}$",
        rf"^\p{{Lu}}\. ?{SURNAME}$",
        rf"^{CAPITAL}(?: {CAPITAL})* {PARTICLE}*{SURNAME}(?:[ -]{CAPITAL})?$",
        rf"^{CAPITAL},? (?:\p{{Lu}}\. ?){{1,4}}{PARTICLE}*$",
        rf"^{CAPITAL}, ?{PARTICLE}*{GIVEN_NAME}(?: {PARTICLE}*)?$",
    )
)
PERHAPS = rf"^(?:{GIVEN_NAME}|{SURNAME}|{PARTICLE}+{CAPITAL}|{INITIAL}+{CAPITAL})$"
TWO_CAPITALS = rf"^(?:{CAPITAL}(?: {INITIAL}*)(?: ?{PARTICLE})*{CAPITAL}(?: {CAPITAL})?|{INITIAL}+ ?{PARTICLE}*{CAPITAL}|{CAPITAL}, {CAPITAL})$"


def holds_name(text: pl.Expr) -> pl.Expr:
    """Whether a text holds a person's full name: a listed given name before a capital, a form of address or initials before one,
    or, as the whole cell, a name of which the surname is listed or ends like one. Streets and schools are let go."""
    found = _in_capitals(text).str.extract_all(f"{FULL}|{FORMAL}|{WHOLE}")
    return found.list.eval(~pl.element().str.contains(INSTITUTION)).list.any().fill_null(False)


def may_be_name(text: pl.Expr) -> pl.Expr:
    """Whether a text, as a whole, could be a person's name: proof only where a good part of a column is like this."""
    return _in_capitals(text).str.contains(PERHAPS) & ~text.str.contains(INSTITUTION)


def has_form_of_name(text: pl.Expr) -> pl.Expr:
    """Whether a text, as a whole, is two or three words with capitals: proof only where the contract has a list of what may stand."""
    return text.str.contains(TWO_CAPITALS) & ~text.str.contains(INSTITUTION)


def _in_capitals(text: pl.Expr) -> pl.Expr:
    """`jan de vries` and `JAN DE VRIES` as `Jan De Vries`; what is written in both cases stays."""
    return pl.when((text.str.to_lowercase() == text) | (text.str.to_uppercase() == text)).then(text.str.to_titlecase()).otherwise(text)
