import { IconX } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { TagCount } from '../queries'
import type { CommunitySearch } from '../search'
import styles from './communities.module.css'

interface ChosenFiltersProps {
  tags: readonly TagCount[] | undefined
  search: CommunitySearch
  onSearch: (search: CommunitySearch) => void
}

/** What is chosen, each to be taken away. */
export function ChosenFilters({ tags, search, onSearch }: ChosenFiltersProps) {
  const t = useText(texts)
  const { tag, access } = search
  const label = tags?.find((one) => one.tag === tag)?.label ?? tag
  return (
    <div className={styles.chosen}>
      {access && <Removable label={t(access)} onRemove={() => onSearch({ ...search, access: undefined })} />}
      {label && <Removable label={label} onRemove={() => onSearch({ ...search, tag: undefined })} />}
    </div>
  )
}

function Removable({ label, onRemove }: { label: string; onRemove: () => void }) {
  const t = useText(texts)
  return (
    <button type="button" className={styles.chip} aria-label={t('remove', { label })} onClick={onRemove}>
      {label}
      <Icon as={IconX} size={14} />
    </button>
  )
}
