import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Icon } from '@/components/Icon'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { publicNames } from '@/components/people/publics'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { pageTexts } from '../page.texts'
import { authorNameQuery, placeQuery } from '../queries'
import type { GlobalSearch } from '../search'
import styles from './view.module.css'

interface ChosenFiltersProps {
  search: GlobalSearch
  onSearch: (search: GlobalSearch) => void
}

/** What is chosen, each to be taken away. */
export function ChosenFilters({ search, onSearch }: ChosenFiltersProps) {
  const t = useText(texts)
  const tp = useText(pageTexts)
  const names = useText(publicNames)
  const language = useLanguage()
  const { place, author, since, until } = search
  const where = useQuery({ ...placeQuery(place ?? ''), enabled: place !== undefined }).data
  const authorName = useQuery({ ...authorNameQuery(author ?? ''), enabled: author !== undefined }).data
  const without = (name: keyof GlobalSearch) => onSearch({ ...search, [name]: undefined })
  return (
    <div className={styles.chosen}>
      {place && (
        <Removable
          label={where ? t('within', { name: where.name || t('conversation') }) : tp('onePlace')}
          onRemove={() => without('place')}
        />
      )}
      {author && <Removable label={authorName ?? tp('author')} onRemove={() => without('author')} />}
      {search.public && (
        <Removable
          label={names(search.public)}
          sign={<PublicGlyph public={search.public} />}
          onRemove={() => without('public')}
        />
      )}
      {since && (
        <Removable label={tp('sinceDay', { day: formatDate(since, language) })} onRemove={() => without('since')} />
      )}
      {until && (
        <Removable label={tp('untilDay', { day: formatDate(until, language) })} onRemove={() => without('until')} />
      )}
    </div>
  )
}

function Removable({ label, sign, onRemove }: { label: string; sign?: React.ReactNode; onRemove: () => void }) {
  const t = useText(pageTexts)
  return (
    <button type="button" className={styles.chip} aria-label={t('remove', { label })} onClick={onRemove}>
      {sign}
      {label}
      <Icon as={IconX} size={14} />
    </button>
  )
}
