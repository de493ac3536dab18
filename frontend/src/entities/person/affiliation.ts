import type { components } from '@/api/schema.gen'
import type { Translate } from '@/lib/i18n'
import type { texts } from './texts'

type Card = Pick<components['schemas']['PersonCardOut'], 'public' | 'affiliations'>

/** One line of what somebody is, of the public that is shown: « Alumni 2014, Géographie », « L3 Géographie ». */
export function affiliationLine({ public: shown, affiliations }: Card, t: Translate<(typeof texts)['fr']>) {
  const held = affiliations.find((one) => one.public === shown) ?? affiliations[0]
  if (held === undefined) return null
  if (held.public === 'alum') {
    const place = held.programme ?? held.unit
    const year = held.since.slice(0, 4)
    return place === null ? t('alum', { year }) : t('alumOf', { year, place })
  }
  const words = held.public === 'student' ? (held.programme ?? held.unit) : (held.unit ?? held.title)
  return words ?? (held.public && t(held.public))
}
