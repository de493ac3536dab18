import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type CommunitySearch, sorts } from '../search'

interface SortMenuProps {
  search: CommunitySearch
  onSort: (sort: CommunitySearch['sort']) => void
}

export function SortMenu({ search, onSort }: SortMenuProps) {
  const t = useText(texts)
  const current = search.sort ?? 'active'
  const items = sorts.map((sort) => ({
    label: t(sort),
    ...(sort === current && { icon: IconCheck }),
    onSelect: () => onSort(sort === 'active' ? undefined : sort),
  }))
  return (
    <Menu items={items}>
      <Button look="quiet" size="small" icon={IconArrowsSort} aria-label={t('sortedBy', { order: t(current) })}>
        {t(current)}
      </Button>
    </Menu>
  )
}
