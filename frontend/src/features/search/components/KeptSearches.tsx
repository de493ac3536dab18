import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useForgetSearches } from '../mutations'
import { pageTexts } from '../page.texts'
import { keptQuery } from '../queries'
import type { GlobalSearch } from '../search'
import { whereKept } from './Told'
import styles from './view.module.css'

/** Before anything is looked for: what one looked for lately, to take up again or to forget. */
export function KeptSearches({ onTake }: { onTake: (search: GlobalSearch) => void }) {
  const t = useText(texts)
  const tp = useText(pageTexts)
  const kept = useQuery(keptQuery).data?.items ?? []
  const forget = useForgetSearches()
  if (kept.length === 0) {
    return (
      <Slab className={styles.start}>
        <EmptyState title={t('startTitle')}>{t('startText')}</EmptyState>
      </Slab>
    )
  }
  return (
    <Slab
      title={t('kept')}
      className={styles.start}
      aside={
        <Button look="quiet" size="small" onClick={() => forget.mutate('all')}>
          {t('forgetAll')}
        </Button>
      }
    >
      <ul className={styles.kept}>
        {kept.map(({ id, q, kinds, place_id, place }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() =>
                onTake({
                  q,
                  ...(kinds.length > 0 && { kinds }),
                  ...(place_id && { place: place_id }),
                })
              }
            >
              {q}
              <small>{whereKept({ kinds, place_id, place }, t)}</small>
            </button>
            <IconButton icon={IconX} label={tp('forgetOne', { words: q })} onClick={() => forget.mutate(id)} />
          </li>
        ))}
      </ul>
    </Slab>
  )
}
