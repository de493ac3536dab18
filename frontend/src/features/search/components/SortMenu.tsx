import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { pageTexts } from '../page.texts'
import type { GlobalSearch } from '../search'

interface SortMenuProps {
  search: GlobalSearch
  onSort: (sort: GlobalSearch['sort']) => void
}

/** In which order: what fits best first, or what is newest. */
export function SortMenu({ search, onSort }: SortMenuProps) {
  const t = useText(pageTexts)
  const current = search.sort ?? 'match'
  const items = (['match', 'recent'] as const).map((sort) => ({
    label: t(sort),
    ...(sort === current && { icon: IconCheck }),
    onSelect: () => onSort(sort === 'recent' ? 'recent' : undefined),
  }))
  return (
    <Menu items={items}>
      <Button look="quiet" size="small" icon={IconArrowsSort} aria-label={t('sortedBy', { order: t(current) })}>
        {t(current)}
      </Button>
    </Menu>
  )
}
