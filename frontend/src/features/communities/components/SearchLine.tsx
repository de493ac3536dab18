import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './communities.module.css'

interface SearchLineProps {
  /** What the address says is looked for. */
  told: string
  /** How many filters are chosen. */
  chosen: number
  onSearch: (words: string) => void
  onFilters: () => void
}

/** The words looked for, sent by Enter or the button; on small screens, the way to the filters beside them. */
export function SearchLine({ told, chosen, onSearch, onFilters }: SearchLineProps) {
  const t = useText(texts)
  const [written, setWritten] = useWritten(told)
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSearch(written.trim())
  }
  return (
    <form role="search" aria-label={t('communities')} className={styles.line} onSubmit={send}>
      <label className={styles.field}>
        <Icon as={IconSearch} />
        <VisuallyHidden>{t('search')}</VisuallyHidden>
        <input
          type="search"
          value={written}
          placeholder={t('search')}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setWritten(event.target.value)}
        />
      </label>
      <Button type="submit" size="large" className={styles.find}>
        {t('find')}
      </Button>
      <IconButton
        icon={IconAdjustmentsHorizontal}
        label={chosen > 0 ? t('filtersChosen', { count: chosen }) : t('filters')}
        className={styles.sliders}
        onClick={onFilters}
      />
    </form>
  )
}

/** What is being written; what comes from elsewhere, such as going back, replaces it. */
function useWritten(told: string) {
  const [written, setWritten] = useState(told)
  const [heard, setHeard] = useState(told)
  if (told !== heard) {
    setHeard(told)
    setWritten(told)
  }
  return [written, setWritten] as const
}
