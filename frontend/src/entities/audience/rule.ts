import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']
export type Rule = Required<Schemas['Rule']>
export type Criterion = Rule['all'][number]
export type Kind = Criterion['kind']
export type CriterionOf<K extends Kind> = Extract<Criterion, { kind: K }>
export type Group = keyof Rule

/** A rule, and the names of what it names by its id. */
export interface SaidRule {
  rule: Rule
  names: Readonly<Record<string, string>>
}

export const groups = ['all', 'any', 'none'] as const satisfies readonly Group[]
export const kinds = [
  'public',
  'unit',
  'programme',
  'cohort',
  'year',
  'city',
  'skill',
  'community',
  'affiliation',
] as const satisfies readonly Kind[]
/** As many criteria, and things that they name, as the server takes. */
export const MOST_CRITERIA = 12
export const MOST_OF_ONE = 20

export const everybody: SaidRule = { rule: { all: [], any: [], none: [] }, names: {} }

export const criteriaOf = (rule: Rule): Criterion[] => groups.flatMap((group) => rule[group])
export const isFull = (rule: Rule) => criteriaOf(rule).length >= MOST_CRITERIA

/** Whether it names people by itself: « étudiants en L3 », where others say something of people: « à Lyon ». */
export const isNoun = (criterion: Criterion | undefined) =>
  criterion !== undefined && (criterion.kind === 'public' || ('public' in criterion && criterion.public !== null))

/** The same with one criterion more: what names people begins the sentence. */
export function withCriterion(said: SaidRule, group: Group, criterion: Criterion, names: SaidRule['names']): SaidRule {
  const before = said.rule[group]
  const leads = group === 'all' && isNoun(criterion) && !isNoun(before[0])
  const rule = { ...said.rule, [group]: leads ? [criterion, ...before] : [...before, criterion] }
  return { rule, names: { ...said.names, ...names } }
}

/** The same with another in its place; without it, where there is none. */
export function replaced(
  said: SaidRule,
  group: Group,
  place: number,
  criterion: Criterion | null,
  names: SaidRule['names'] = {},
): SaidRule {
  const kept = said.rule[group].flatMap((one, index) => (index !== place ? [one] : criterion ? [criterion] : []))
  return { rule: { ...said.rule, [group]: kept }, names: { ...said.names, ...names } }
}

/** What a criterion names, as a person reads it. */
export function valuesOf(criterion: Criterion): readonly string[] {
  switch (criterion.kind) {
    case 'public':
      return criterion.publics
    case 'city':
      return criterion.cities
    case 'skill':
      return criterion.skills
    case 'year':
      return criterion.years.map(String)
    case 'affiliation':
      return criterion.kinds
    default:
      return criterion.ids
  }
}

export const dayNames = [
  'held_on',
  'held_from',
  'held_until',
  'started_from',
  'started_before',
  'ended_from',
  'ended_before',
] as const
export type DayName = (typeof dayNames)[number]
