import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type DirectorySearch, type Sort, sorts } from '../search'

interface SortMenuProps {
  search: DirectorySearch
  onSort: (sort: Sort | undefined) => void
}

/** In which order; by relevance only where words are looked for. */
export function SortMenu({ search, onSort }: SortMenuProps) {
  const t = useText(texts)
  const usual: Sort = search.q ? 'relevance' : 'name'
  const offered = sorts.filter((sort) => search.q || sort !== 'relevance')
  const current = offered.find((sort) => sort === search.sort) ?? usual
  const items = offered.map((sort) => ({
    label: t(sort),
    ...(sort === current && { icon: IconCheck }),
    onSelect: () => onSort(sort === usual ? undefined : sort),
  }))
  return (
    <Menu items={items}>
      <Button look="quiet" size="small" icon={IconArrowsSort} aria-label={t('sortedBy', { order: t(current) })}>
        {t(current)}
      </Button>
    </Menu>
  )
}
