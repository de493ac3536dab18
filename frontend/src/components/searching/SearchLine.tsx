import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useText } from '@/lib/i18n'
import { Button } from '../buttons/Button'
import { IconButton } from '../buttons/IconButton'
import { Icon } from '../Icon'
import { texts } from '../texts'
import { VisuallyHidden } from '../VisuallyHidden'
import styles from './searching.module.css'

interface SearchLineProps {
  /** What is searched, for who does not see the page. */
  label: string
  /** What words are looked for. */
  field: string
  /** What the address says is looked for. */
  told: string
  /** How many filters are chosen. */
  chosen: number
  onSearch: (words: string) => void
  /** The way to the filters; absent where they are none. */
  onFilters?: (() => void) | undefined
}

/** The words looked for, sent by Enter or the button; on small screens, the way to the filters beside them. */
export function SearchLine({ label, field, told, chosen, onSearch, onFilters }: SearchLineProps) {
  const t = useText(texts)
  const [written, setWritten] = useWritten(told)
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSearch(written.trim())
  }
  return (
    <form role="search" aria-label={label} className={styles.line} onSubmit={send}>
      <label className={styles.field}>
        <Icon as={IconSearch} />
        <VisuallyHidden>{field}</VisuallyHidden>
        <input
          type="search"
          value={written}
          placeholder={field}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setWritten(event.target.value)}
        />
      </label>
      <Button type="submit" size="large" className={styles.find}>
        {t('find')}
      </Button>
      {onFilters && (
        <IconButton
          icon={IconAdjustmentsHorizontal}
          label={chosen > 0 ? t('filtersChosen', { count: chosen }) : t('filters')}
          className={styles.sliders}
          onClick={onFilters}
        />
      )}
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
