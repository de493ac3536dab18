import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isProblem } from '@/api/problem'
import { MixBar } from '@/components/people/MixBar'
import { useText } from '@/lib/i18n'
import styles from './audience.module.css'
import { type AudienceCount as Count, countQuery } from './queries'
import type { Rule } from './rule'
import { texts } from './texts'

const PATIENCE = 250

/** How many people a rule takes in, counted anew a moment after it changed. */
export function AudienceCount({ rule }: { rule: Rule }) {
  const t = useText(texts)
  const settled = useSettled(rule)
  const { data, error, isPlaceholderData } = useQuery(countQuery(settled))
  const said = error ? whyNot(error) || t('countFailed') : data ? undefined : t('counting')
  return (
    <div role="status" className={styles.count} aria-busy={isPlaceholderData || settled !== rule || undefined}>
      {said === undefined && data ? <Counted count={data} /> : <p>{said}</p>}
    </div>
  )
}

/** A count as it may be told. */
export function Counted({ count }: { count: Count }) {
  const t = useText(texts)
  const groups = Object.fromEntries(count.publics.flatMap(({ public: one, people }) => (people ? [[one, people]] : [])))
  return (
    <>
      <p>
        <b>{toldOf(count, t)}</b>
        {Object.keys(groups).length > 0 && <MixBar counts={groups} />}
      </p>
      {count.about && <p className={styles.why}>{t('aboutWhy', { count: count.fewer_than })}</p>}
    </>
  )
}

/** « 1 284 personnes », « Moins de 5 personnes ». */
export function toldOf(count: Count, t: ReturnType<typeof useText<(typeof texts)['fr']>>): string {
  if (count.people === null) return count.about ? t('fewAbout') : t('few', { count: count.fewer_than })
  return t(count.about ? 'countAbout' : 'count', { count: count.people })
}

const whyNot = (error: unknown) =>
  isProblem(error) ? [...new Set(error.fields.map(({ message }) => message))].join(' ') : ''

function useSettled(rule: Rule): Rule {
  const [settled, setSettled] = useState(rule)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(rule), PATIENCE)
    return () => clearTimeout(timer)
  }, [rule])
  return settled
}
