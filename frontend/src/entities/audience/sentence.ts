import { formatDate } from '@/lib/dates'
import type { Translate } from '@/lib/i18n'
import type { Language } from '@/lib/language'
import { type Criterion, type CriterionOf, dayNames, groups, isNoun, type Rule, type SaidRule, valuesOf } from './rule'
import type { texts } from './texts'

type Words = Translate<(typeof texts)['fr']>
type Names = SaidRule['names']

export const kindWords = {
  student: 'kindStudent',
  faculty: 'kindFaculty',
  staff: 'kindStaff',
  employee: 'kindEmployee',
  alum: 'kindAlum',
  affiliate: 'kindAffiliate',
  member: 'kindMember',
} as const

/** A criterion as it is said: « étudiants en L3 Géographie ou M1 Urbanisme ». */
export function phraseOf(criterion: Criterion, names: Names, t: Words, language: Language): string {
  const values = valuesOf(criterion).map((value) => nameOf(criterion, value, names, t))
  const said = { values: alternatives(values, t('or')) }
  switch (criterion.kind) {
    case 'public':
      return t('ofPublic', said)
    case 'unit':
      return criterion.public ? t('ofUnitAs', { ...said, public: t(criterion.public) }) : t('ofUnit', said)
    case 'programme':
      return criterion.public ? t('ofProgrammeAs', { ...said, public: t(criterion.public) }) : t('ofProgramme', said)
    case 'cohort':
      return criterion.public ? t('ofCohortAs', { ...said, public: t(criterion.public) }) : t('ofCohort', said)
    case 'year':
      return criterion.public ? t('ofYearAs', { ...said, public: t(criterion.public) }) : t('ofYear', said)
    case 'city':
      return t('inCity', said)
    case 'skill':
      return t('withSkill', said)
    case 'community':
      return t('inCommunity', said)
    case 'affiliation':
      return [t('ofAffiliation', said), ...daysOf(criterion, t, language)].join(' ')
  }
}

/** The whole rule in one line, for lists. */
export function sentenceOf({ rule, names }: SaidRule, t: Words, language: Language): string {
  const said = (of: Rule[keyof Rule]) => of.map((criterion) => phraseOf(criterion, names, t, language))
  const [all, any, none] = groups.map((group) => said(rule[group])) as [string[], string[], string[]]
  if (all.length + any.length + none.length === 0) return t('everybody')
  const parts = [
    all.length > 0
      ? `${t(isNoun(rule.all[0]) ? 'theNoun' : 'people')} ${all.join(` ${t('and')} `)}`
      : any.length === 0
        ? t('everybody')
        : '',
    any.length > 0 ? `${all.length > 0 ? t('andOneOf') : t('oneOf')} ${any.join(` ${t('or')} `)}` : '',
    none.length > 0 ? `${t(isNoun(rule.none[0]) ? 'exceptNoun' : 'except')} ${none.join(` ${t('or')} `)}` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

function nameOf(criterion: Criterion, value: string, names: Names, t: Words): string {
  if (criterion.kind === 'public') return t(value as CriterionOf<'public'>['publics'][number])
  if (criterion.kind === 'affiliation') return t(kindWords[value as keyof typeof kindWords])
  if (criterion.kind === 'city' || criterion.kind === 'skill' || criterion.kind === 'year') return value
  return names[value] ?? t('gone')
}

function daysOf(criterion: CriterionOf<'affiliation'>, t: Words, language: Language): string[] {
  return dayNames.flatMap((name) => {
    const day = criterion[name]
    return day ? [t(name, { day: formatDate(day, language) })] : []
  })
}

const alternatives = (values: readonly string[], or: string) =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${or} ${values.at(-1)}`
