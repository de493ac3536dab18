import { IconSparkles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Icon } from '@/components/Icon'
import { CommunityCard } from '@/entities/community/CommunityCard'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Suggestion, suggestionsQuery } from '../queries'
import styles from './communities.module.css'

const AT_ONCE = 4

/** Communities that may suit one, each with the reason in words. Nothing while there is none: it is no page of its own. */
export function Suggestions({ addressOf }: { addressOf: (id: string) => string }) {
  const t = useText(texts)
  const { data } = useQuery(suggestionsQuery)
  if (!data?.items.length) return null
  return (
    <section className={styles.suggested} aria-labelledby="suggested">
      <h2 id="suggested">{t('suggested')}</h2>
      <ul className={styles.grid}>
        {data.items.slice(0, AT_ONCE).map((suggestion) => (
          <CommunityCard
            key={suggestion.community.id}
            community={suggestion.community}
            to={addressOf(suggestion.community.id)}
          >
            <p className={styles.why}>
              <Icon as={IconSparkles} size={16} />
              <Why suggestion={suggestion} />
            </p>
          </CommunityCard>
        ))}
      </ul>
    </section>
  )
}

function Why({ suggestion: { why, people, known, subjects } }: { suggestion: Suggestion }) {
  const t = useText(texts)
  const [one, two] = known.map((person) => person.name)
  if (why === 'subjects') return t('whySubjects', { subjects: subjects.join(', ') })
  if (why === 'programme') return t('whyProgramme', { count: people })
  if (why === 'lively' || !one) return t('whyLively')
  if (!two) return people > 1 ? t('whyKnownAndOthers', { names: one, count: people - 1 }) : t('whyKnown', { name: one })
  if (people > 2) return t('whyKnownAndOthers', { names: `${one}, ${two}`, count: people - 2 })
  return t('whyTwoKnown', { one, two })
}
