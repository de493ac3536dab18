import { AudienceChip } from '@/components/people/AudienceChip'
import { type Public, publicNames } from '@/components/people/publics'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { ShownAffiliation } from '../queries'

/** « Alumni 2014, Géographie »: what somebody is to the university today, in the shape of the public that it makes. */
export function AffiliationChip({ affiliation, public: kind }: { affiliation: ShownAffiliation; public: Public }) {
  const name = useText(publicNames)
  const words = useWords(affiliation, kind)
  return (
    <AudienceChip public={kind}>
      {kind !== 'alum' && <VisuallyHidden>{name(kind)} </VisuallyHidden>}
      {words}
    </AudienceChip>
  )
}

function useWords({ title, programme, unit, cohort, starts_on }: ShownAffiliation, kind: Public): string {
  const t = useText(texts)
  const name = useText(publicNames)
  const year = starts_on.slice(0, 4)
  if (kind === 'alum') return [t('alumniSince', { year }), programme?.name ?? unit?.name].filter(Boolean).join(', ')
  const words = title ?? programme?.name ?? unit?.name ?? name(kind)
  if (kind === 'student') return cohort ? t('classOf', { words, year: String(cohort.year) }) : words
  return t('sinceYear', { words, year })
}
