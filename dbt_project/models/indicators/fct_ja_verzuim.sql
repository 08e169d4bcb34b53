{%- set verzuim = {
    'rows': ref('int_leerplicht_split_by_soort'),
    'delivery': 'leerplicht_verzuim',
    'base_grain': 'schooljaar',
    'numerator': 'absent_count',
    'denominator': 'pupil_count',
    'coverage': 'every_leaf',
} -%}
-- the figure is relatief verzuim; absoluut verzuim stands beside it and is no part of it
select * from ({{ indicator('ja_verzuim', where="soort = 'relatief verzuim'", denominator_where="soort = 'relatief verzuim'", **verzuim) }}) as relative_absence
union all
select * from ({{ indicator('ja_verzuim', breakdowns=['soort'], total=false, **verzuim) }}) as absence_by_kind
